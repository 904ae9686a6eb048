package dev.mastic.catalog.statistics;

import java.util.List;

/** Whose columns statistics are about. */
sealed interface Owner {
    /** Primary key of the table. */
    long table();

    /** A whole table. */
    record OfTable(long table) implements Owner {}

    /** One partition of a table. */
    record OfPartition(long table, List<String> values) implements Owner {
        /** Copies. */
        public OfPartition {
            values = List.copyOf(values);
        }

        String[] valueArray() {
            return values.toArray(String[]::new);
        }
    }
}
