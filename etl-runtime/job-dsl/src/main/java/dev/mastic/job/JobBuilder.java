package dev.mastic.job;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Where a job is described: hands out the run's arguments and collects the steps. Not thread-safe. */
public final class JobBuilder {
    private final String jobName;
    private final Map<String, String> arguments;
    private final List<Step> steps = new ArrayList<>();
    private final StepNames names = new StepNames();
    private Function<String, ? extends Step> last = name -> {
        throw new IllegalArgumentException("There is no step to name '" + name + "' yet");
    };

    JobBuilder(String jobName, Map<String, String> arguments) {
        this.jobName = jobName;
        this.arguments = Map.copyOf(arguments);
    }

    /** The job's name. */
    public String name() {
        return jobName;
    }

    /**
     * The run argument {@code --name}.
     *
     * @param name with or without its dashes
     * @throws IllegalArgumentException when the run has no such argument
     */
    public String argument(String name) {
        String value = arguments.get(dashed(name));
        if (value == null) {
            String nearest = Nearest.suggestion(
                    dashed(name).replaceFirst("^--", ""),
                    arguments.keySet().stream()
                            .map(key -> key.replaceFirst("^--", ""))
                            .toList());
            throw new IllegalArgumentException("Job argument " + dashed(name)
                    + " is missing; pass it in Arguments or set it in DefaultArguments"
                    + (nearest.equals(".") ? "" : nearest));
        }
        return value;
    }

    /** The run argument {@code --name}, or a default when the run has none. */
    public String argument(String name, String defaultValue) {
        return arguments.getOrDefault(dashed(name), defaultValue);
    }

    /** Reads rows. The name is what the bookmark of the source hangs on: keep it when the job changes. */
    public Frame read(String name, Source source) {
        return add(new Step.Read(Names.step(name), source));
    }

    /** The rows that a query in Spark's SQL makes of frames: {@code job.sql("top", "select ...", orders.as("orders"))}. */
    public Frame sql(String name, String query, NamedFrame... frames) {
        List<CodeStep.Sql.Frames> named = new ArrayList<>();
        for (NamedFrame frame : frames) {
            named.add(new CodeStep.Sql.Frames(frame.alias(), own(frame.frame()).step()));
        }
        return add(new CodeStep.Sql(Names.step(name), query, named));
    }

    /** Adds a step that its author named. */
    Frame add(Step step) {
        last = name -> {
            throw new IllegalArgumentException(
                    "Step '" + step.name() + "' has a name; give it '" + name + "' where it is made");
        };
        return append(step);
    }

    /** Adds a step that is named after its kind. */
    Frame add(String input, String kind, Function<String, Step> maker) {
        Frame frame = append(maker.apply(names.after(input, kind)));
        last = maker;
        return frame;
    }

    private Frame append(Step step) {
        if (!names.add(step.name())) {
            throw new IllegalArgumentException("Job '" + jobName + "' already has a step named '" + step.name() + "'");
        }
        steps.add(step);
        return new Frame(this, step.name());
    }

    /** Gives the step that was added last another name. */
    Frame rename(String step, String name) {
        Step present = steps.get(steps.size() - 1);
        if (!present.name().equals(step)) {
            throw new IllegalArgumentException(
                    "named(\"" + name + "\") must follow the method that makes the step at once;" + " since '" + step
                            + "' there is '" + present.name() + "'");
        }
        Step renamed = last.apply(StepNames.chosen(name));
        steps.remove(steps.size() - 1);
        names.release(step);
        return add(renamed);
    }

    /** A frame of this very job. */
    Frame own(Frame frame) {
        if (steps.stream().noneMatch(step -> step.name().equals(frame.step()))) {
            throw new IllegalArgumentException("Job '" + jobName + "' has no step '" + frame.step()
                    + "'; frames of another job, or from before named(...), cannot be used");
        }
        return frame;
    }

    Branch addBranch(BranchStep step) {
        add(step);
        return new Branch(step);
    }

    /** A step with several outputs; each becomes a step when it is taken first. */
    final class Branch {
        private final BranchStep step;
        private final Map<String, Frame> taken = new HashMap<>();

        private Branch(BranchStep step) {
            this.step = step;
        }

        Frame take(String output) {
            step.require(output);
            Frame before = taken.get(output);
            if (before != null) {
                return before;
            }
            Frame frame = add(new Step.Output(step.name() + "." + output, step.name(), output));
            taken.put(output, frame);
            return frame;
        }
    }

    JobGraph build() {
        return new JobGraph(jobName, steps);
    }

    private static String dashed(String name) {
        return name.startsWith("--") ? name : "--" + name;
    }
}
