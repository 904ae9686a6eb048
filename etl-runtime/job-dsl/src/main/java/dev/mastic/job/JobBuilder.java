package dev.mastic.job;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where a job is described: hands out the run's arguments and collects the steps. Not thread-safe. */
public final class JobBuilder {
    private final String jobName;
    private final Map<String, String> arguments;
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, Integer> counters = new HashMap<>();

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
            throw new IllegalArgumentException(
                    "Job argument " + dashed(name) + " is missing; pass it in Arguments or set it in DefaultArguments");
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

    Frame add(Step step) {
        for (Step earlier : steps) {
            if (earlier.name().equals(step.name())) {
                throw new IllegalArgumentException(
                        "Job '" + jobName + "' already has a step named '" + step.name() + "'");
            }
        }
        steps.add(step);
        return new Frame(this, step.name());
    }

    /** A name for a step that its author need not name: {@code orders.filter1}. */
    String nameAfter(String input, String kind) {
        int dot = input.indexOf('.');
        String stem = (dot < 0 ? input : input.substring(0, dot)) + "." + kind;
        return stem + counters.merge(stem, 1, Integer::sum);
    }

    JobGraph build() {
        return new JobGraph(jobName, steps);
    }

    private static String dashed(String name) {
        return name.startsWith("--") ? name : "--" + name;
    }
}
