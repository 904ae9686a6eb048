package dev.mastic.job;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a job does, as data: steps in an order in which each follows its inputs. Immutable; equal graphs do the same.
 *
 * @param name the job's name
 */
public record JobGraph(String name, List<Step> steps) {
    public JobGraph {
        steps = List.copyOf(steps);
        Map<String, Step> names = new HashMap<>();
        Set<String> places = new HashSet<>();
        for (Step step : steps) {
            for (String input : step.inputs()) {
                Step from = names.get(input);
                if (from == null) {
                    throw new IllegalArgumentException("Job '" + name + "': step '" + step.name()
                            + "' takes rows from '" + input + "', which is no step before it");
                }
                requireRows(name, step, from);
            }
            if (names.putIfAbsent(step.name(), step) != null) {
                throw new IllegalArgumentException("Job '" + name + "' already has a step named '" + step.name() + "'");
            }
            if (step instanceof Step.Write write && !places.add(write.output().place())) {
                throw new IllegalArgumentException("Job '" + name + "' writes to "
                        + write.output().place() + " in two steps; give step '" + write.name() + "' its own target");
            }
        }
    }

    private static void requireRows(String job, Step step, Step from) {
        if (step instanceof Step.Output output) {
            if (from instanceof BranchStep branch) {
                branch.require(output.output());
                return;
            }
            throw new IllegalArgumentException(
                    "Job '" + job + "': step '" + from.name() + "' has one output only, not '" + output.output() + "'");
        }
        if (from instanceof BranchStep || from instanceof Step.Write) {
            String why = from instanceof Step.Write write
                    ? "a write; take them from '" + write.input() + "'"
                    : "a step of several outputs; take one of them";
            throw new IllegalArgumentException(
                    "Job '" + job + "': step '" + step.name() + "' takes rows from '" + from.name() + "', " + why);
        }
    }

    private void requireUse() {
        Set<String> used = new HashSet<>();
        steps.forEach(step -> used.addAll(step.inputs()));
        for (Step step : steps) {
            if (!(step instanceof Step.Write) && !used.contains(step.name())) {
                throw new IllegalArgumentException("Job '" + name + "': nothing uses the rows of step '" + step.name()
                        + "'; write them, or leave the step out");
            }
        }
    }

    /**
     * The graph that a job defines.
     *
     * @param arguments the run's arguments by name with their dashes, {@code --output} for instance
     * @throws IllegalArgumentException when the definition is wrong; the message names the step and the fix
     */
    public static JobGraph of(String name, Map<String, String> arguments, Job job) {
        JobBuilder builder = new JobBuilder(name, arguments);
        job.define(builder);
        JobGraph graph = builder.build();
        if (graph.writes().isEmpty()) {
            throw new IllegalArgumentException(
                    "Job '" + name + "' writes nothing; end it with .write(\"name\", Parquet.at(...))");
        }
        graph.requireUse();
        return graph;
    }

    /** The read steps. */
    public List<Step.Read> reads() {
        return steps.stream()
                .filter(Step.Read.class::isInstance)
                .map(Step.Read.class::cast)
                .toList();
    }

    /** The write steps. */
    public List<Step.Write> writes() {
        return steps.stream()
                .filter(Step.Write.class::isInstance)
                .map(Step.Write.class::cast)
                .toList();
    }

    /** The graph for people: a line for each step. */
    public String describe() {
        return GraphText.of(this);
    }
}
