package dev.mastic.job;

import java.util.List;
import java.util.stream.Collectors;

/** A step whose work is not described by the DSL. Immutable. */
public sealed interface CodeStep extends Step {

    /** Rows as a custom transform gives them, which the engine finds on its class path. */
    record Transform(String name, String input, String transform, List<Option> options) implements CodeStep {
        public Transform {
            if (transform.isBlank()) {
                throw new IllegalArgumentException("Step '" + name + "' names no transform");
            }
            options = List.copyOf(options);
            Names.different(
                    "Step '" + name + "'", options.stream().map(Option::name).toList());
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public String kind() {
            return "";
        }

        @Override
        public String describe() {
            return "transforms by " + transform
                    + options.stream()
                            .map(option -> ", " + option.name() + " = " + GraphText.of(option.value()))
                            .collect(Collectors.joining());
        }

        @Override
        public Calls calls() {
            return Calls.of(
                    "transform",
                    name,
                    transform,
                    options.stream().map(Option::calls).toList());
        }
    }

    /**
     * A query in Spark's SQL over the rows of other steps.
     *
     * @param frames the steps by the names that the query knows them by
     */
    record Sql(String name, String query, List<Frames> frames) implements CodeStep {
        /** The rows of a step by the name that a query knows them by. */
        public record Frames(String alias, String step) {
            public Frames {
                Names.alias(alias);
            }
        }

        public Sql {
            frames = List.copyOf(frames);
            if (query.isBlank()) {
                throw new IllegalArgumentException("Step '" + name + "' has an empty query");
            }
            if (frames.isEmpty()) {
                throw new IllegalArgumentException("Step '" + name
                        + "' queries no frames; name them: job.sql(\"top\", \"...\", orders.as(\"orders\"))");
            }
            Names.different(
                    "Step '" + name + "'", frames.stream().map(Frames::alias).toList());
        }

        @Override
        public List<String> inputs() {
            return frames.stream().map(Frames::step).toList();
        }

        @Override
        public String kind() {
            return "";
        }

        @Override
        public String describe() {
            return "queries " + query.strip().replaceAll("\\s+", " ");
        }

        @Override
        public Calls calls() {
            return Calls.of(
                    "sql",
                    name,
                    query,
                    frames.stream()
                            .map(frame -> new Calls.RowsAs(frame.step(), frame.alias()))
                            .toList());
        }
    }
}
