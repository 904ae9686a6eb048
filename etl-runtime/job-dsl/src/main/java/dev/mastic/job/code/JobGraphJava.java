package dev.mastic.job.code;

import dev.mastic.job.BranchStep;
import dev.mastic.job.Calls;
import dev.mastic.job.CodeStep;
import dev.mastic.job.JobGraph;
import dev.mastic.job.Step;
import dev.mastic.job.StepNames;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A {@link JobGraph} as the Java source of a job, as a person would write it: chains of calls, and a variable only where
 * rows are used twice or by another chain. Compiled and run, the source gives an equal graph.
 */
public final class JobGraphJava {
    private static final Set<String> KEYWORDS = Set.of(
            ("abstract assert boolean break byte case catch char class const continue default do double else enum extends"
                            + " false final finally float for goto if implements import instanceof int interface long native"
                            + " new null package private protected public return short static super switch synchronized"
                            + " this throw throws transient true try void volatile while")
                    .split(" "));

    private final JobGraph graph;
    private final Map<String, Step> steps = new HashMap<>();
    private final Map<String, String> variables = new HashMap<>();
    private final Set<String> words = new HashSet<>(Set.of("job", "define"));
    private final StepNames names = new StepNames();
    private final StringBuilder body = new StringBuilder();
    private List<String> chain = new ArrayList<>();
    private String current = "";

    private JobGraphJava(JobGraph graph) {
        this.graph = graph;
        graph.steps().forEach(step -> steps.put(step.name(), step));
    }

    /** @param className the name of the class, which is in no package */
    public static String write(JobGraph graph, String className) {
        JobGraphJava source = new JobGraphJava(graph);
        Set<String> shared = source.shared();
        for (Step step : graph.steps()) {
            source.add(step, shared);
        }
        source.end();
        return """
                import dev.mastic.job.*;

                import static dev.mastic.job.Dsl.*;

                public class %s implements Job {
                    @Override
                    public void define(JobBuilder job) {
                %s    }
                }
                """.formatted(className, source.body);
    }

    /** The steps whose rows need a variable: some use of them cannot go on the chain that makes them. */
    private Set<String> shared() {
        Set<String> shared = new HashSet<>();
        String open = "";
        for (Step step : graph.steps()) {
            List<String> inputs = step.inputs();
            boolean uponJob = isUponJob(step);
            for (int i = 0; i < inputs.size(); i++) {
                boolean receiver = i == 0 && !uponJob;
                if (!receiver || !inputs.get(i).equals(open)) {
                    shared.add(inputs.get(i));
                }
            }
            open = step instanceof Step.Write write ? write.input() : step.name();
        }
        return shared;
    }

    private static boolean isUponJob(Step step) {
        return step.inputs().isEmpty() || step instanceof CodeStep.Sql;
    }

    private void add(Step step, Set<String> shared) {
        String receiver = isUponJob(step) ? "job" : step.inputs().get(0);
        if (chain.isEmpty() || !receiver.equals(current)) {
            end();
            chain.add(receiver.equals("job") && isUponJob(step) ? "job" : variable(receiver));
        }
        for (Calls.Call call : calls(step).chain()) {
            chain.add("." + CallsJava.chain(new Calls("", List.of(call)), this::variable));
        }
        if (!step.kind().isEmpty()
                && !names.peek(step.inputs().get(0), step.kind()).equals(step.name())) {
            chain.add(".named(" + JavaText.quoted(step.name()) + ")");
        } else if (!step.kind().isEmpty()) {
            names.after(step.inputs().get(0), step.kind());
        }
        names.add(step.name());
        current = step instanceof Step.Write write ? write.input() : step.name();
        if (!(step instanceof Step.Write) && shared.contains(step.name())) {
            assign(step);
        }
    }

    private Calls calls(Step step) {
        return step instanceof Step.Output output && steps.get(output.input()) instanceof BranchStep branch
                ? branch.callsOf(output.output())
                : step.calls();
    }

    private void assign(Step step) {
        String name = unused(step.name());
        variables.put(step.name(), name);
        chain.set(0, type(step) + " " + name + " = " + chain.get(0));
        end();
    }

    private static String type(Step step) {
        if (step instanceof BranchStep.Split) {
            return "Routes";
        }
        if (step instanceof BranchStep.Check) {
            return "Checked";
        }
        return step instanceof BranchStep.Relationalize ? "Relations" : "Frame";
    }

    private void end() {
        if (chain.isEmpty()) {
            return;
        }
        body.append("        ").append(chain.get(0));
        if (chain.size() > 1) {
            body.append(chain.get(1));
        }
        for (String call : chain.subList(Math.min(2, chain.size()), chain.size())) {
            body.append("\n                ").append(call);
        }
        body.append(";\n");
        chain = new ArrayList<>();
        current = "";
    }

    private String variable(String step) {
        @Nullable String variable = variables.get(step);
        if (variable == null) {
            throw new IllegalStateException("The rows of '" + step + "' have no variable");
        }
        return variable;
    }

    /** {@code paid_orders} as {@code paidOrders}. */
    private String unused(String step) {
        StringBuilder name = new StringBuilder();
        for (String part : step.split("[^A-Za-z0-9]+", -1)) {
            if (!part.isEmpty()) {
                name.append(
                        name.isEmpty() ? Character.toLowerCase(part.charAt(0)) : Character.toUpperCase(part.charAt(0)));
                name.append(part.substring(1));
            }
        }
        if (name.isEmpty() || Character.isDigit(name.charAt(0))) {
            name.insert(0, "rows");
        }
        String stem = KEYWORDS.contains(name.toString()) ? name + "Rows" : name.toString();
        String free = stem;
        for (int i = 2; !words.add(free); i++) {
            free = stem + i;
        }
        return free;
    }
}
