package dev.mastic.job;

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
        Set<String> names = new HashSet<>();
        Set<String> places = new HashSet<>();
        for (Step step : steps) {
            for (String input : step.inputs()) {
                if (!names.contains(input)) {
                    throw new IllegalArgumentException("Job '" + name + "': step '" + step.name()
                            + "' takes rows from '" + input + "', which is no step before it");
                }
            }
            if (!names.add(step.name())) {
                throw new IllegalArgumentException("Job '" + name + "' already has a step named '" + step.name() + "'");
            }
            if (step instanceof Step.Write write && !places.add(write.output().place())) {
                throw new IllegalArgumentException("Job '" + name + "' writes to "
                        + write.output().place() + " in two steps; give step '" + write.name() + "' its own target");
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
