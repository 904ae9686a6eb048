package dev.mastic.job;

import java.util.List;

/**
 * One node of a {@link JobGraph}. Steps name the steps that they take rows from, which come before them in the graph.
 * Immutable.
 */
public sealed interface Step {

    /** The step's name, unique in its job; bookmarks, metrics and errors speak of it. */
    String name();

    /** Names of the steps whose rows this one takes. */
    List<String> inputs();

    /** Reads rows. */
    record Read(String name, Source source) implements Step {
        @Override
        public List<String> inputs() {
            return List.of();
        }
    }

    /** Keeps some columns, in the order given. */
    record Select(String name, String input, List<String> columns) implements Step {
        public Select {
            columns = List.copyOf(columns);
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /** Gives a column another name. */
    record Rename(String name, String input, String from, String to) implements Step {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /** Leaves columns out. */
    record Drop(String name, String input, List<String> columns) implements Step {
        public Drop {
            columns = List.copyOf(columns);
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /** Adds a column, or replaces the one of that name. */
    record Derive(String name, String input, String column, Expression value) implements Step {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /** Keeps the rows for which a condition holds. */
    record Filter(String name, String input, Expression condition) implements Step {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /** Puts rows of two steps side by side. The right side's key columns are left out of the result. */
    record Join(String name, String left, String right, JoinKind kind, List<JoinKey> keys) implements Step {
        public Join {
            keys = List.copyOf(keys);
            if (keys.isEmpty()) {
                throw new IllegalArgumentException("Join of " + left + " and " + right
                        + " has no keys; add on(\"left_column\", \"right_column\")");
            }
        }

        @Override
        public List<String> inputs() {
            return List.of(left, right);
        }
    }

    /** Makes one row of each group of rows. Without group columns all rows are one group. */
    record Aggregate(String name, String input, List<String> groupBy, List<Aggregation.Named> aggregations)
            implements Step {
        public Aggregate {
            groupBy = List.copyOf(groupBy);
            aggregations = List.copyOf(aggregations);
            if (aggregations.isEmpty()) {
                throw new IllegalArgumentException(
                        "Step " + name + " aggregates nothing; add for instance count().as(\"rows\")");
            }
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /** Writes rows. */
    record Write(String name, String input, Target output) implements Step {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }
}
