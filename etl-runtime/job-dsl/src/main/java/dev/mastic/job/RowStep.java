package dev.mastic.job;

import java.util.List;

/** A step that chooses or orders rows and leaves their columns. Immutable. */
public sealed interface RowStep extends Step {

    /** Which of several rows is kept. */
    enum Keep {
        FIRST,
        LAST
    }

    /** How many nulls a row has that is left out. */
    enum Nulls {
        ANY,
        ALL
    }

    /** The step whose rows this one takes. */
    String input();

    @Override
    default List<String> inputs() {
        return List.of(input());
    }

    /** Keeps the rows for which a condition holds. */
    record Filter(String name, String input, Expression condition) implements RowStep {

        @Override
        public String kind() {
            return "filter";
        }

        @Override
        public String describe() {
            return "keeps " + GraphText.of(condition);
        }

        @Override
        public Calls calls() {
            return Calls.of("filter", condition);
        }
    }

    /** Keeps one of several equal rows. */
    record Distinct(String name, String input) implements RowStep {

        @Override
        public String kind() {
            return "distinct";
        }

        @Override
        public String describe() {
            return "keeps different rows";
        }

        @Override
        public Calls calls() {
            return Calls.of("distinct");
        }
    }

    /** Keeps one row of those with equal keys: the first by an order. Rows that the order does not tell apart are told apart by
     * their other columns, so that the result never depends on the run. */
    record Deduplicate(String name, String input, List<String> keys, List<SortKey> order, Keep keep)
            implements RowStep {
        public Deduplicate {
            keys = Names.some("deduplicate", keys);
            order = List.copyOf(order);
            if (order.isEmpty()) {
                throw new IllegalArgumentException(
                        "deduplicate by " + keys + " needs an order; write keepLast(asc(\"updated_at\")) for instance");
            }
        }

        @Override
        public String kind() {
            return "deduplicate";
        }

        @Override
        public String describe() {
            return "keeps the " + (keep == Keep.FIRST ? "first" : "last") + " row per " + String.join(", ", keys)
                    + " by " + GraphText.keys(order);
        }

        @Override
        public Calls calls() {
            return Calls.of("deduplicate", keys)
                    .then(
                            keep == Keep.FIRST ? "keepFirst" : "keepLast",
                            order.stream().map(SortKey::calls).toList());
        }
    }

    /** Puts rows into an order. */
    record Sort(String name, String input, List<SortKey> keys) implements RowStep {
        public Sort {
            keys = List.copyOf(keys);
            if (keys.isEmpty()) {
                throw new IllegalArgumentException("sort() needs at least one key, asc(\"id\") for instance");
            }
        }

        @Override
        public String kind() {
            return "sort";
        }

        @Override
        public String describe() {
            return "sorts by " + GraphText.keys(keys);
        }

        @Override
        public Calls calls() {
            return Calls.of("sort", keys.stream().map(SortKey::calls).toList());
        }
    }

    /** Keeps the first rows. */
    record Limit(String name, String input, int rows) implements RowStep {
        public Limit {
            if (rows < 0) {
                throw new IllegalArgumentException("limit(" + rows + ") is less than 0");
            }
        }

        @Override
        public String kind() {
            return "limit";
        }

        @Override
        public String describe() {
            return "keeps " + rows + " rows";
        }

        @Override
        public Calls calls() {
            return Calls.of("limit", rows);
        }
    }

    /** Leaves out rows without a value in columns. */
    record DropNullRows(String name, String input, List<String> columns, Nulls nulls) implements RowStep {
        public DropNullRows {
            columns = Names.different("dropNullRows", columns);
        }

        @Override
        public String kind() {
            return nulls == Nulls.ANY ? "dropNulls" : "dropAllNulls";
        }

        @Override
        public String describe() {
            return "drops rows with " + (nulls == Nulls.ANY ? "a null" : "only nulls")
                    + (columns.isEmpty() ? "" : " in " + String.join(", ", columns));
        }

        @Override
        public Calls calls() {
            return Calls.of(nulls == Nulls.ANY ? "dropNullRows" : "dropAllNullRows", columns);
        }
    }
}
