package dev.mastic.job;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/**
 * A value computed for a group of rows; it becomes a column by {@link #as}. Immutable.
 *
 * @param argument null for the number of rows
 */
public record Aggregation(Kind kind, @Nullable Expression argument) {

    /** What is computed. Nulls are left out, as in SQL. */
    public enum Kind {
        COUNT,
        SUM,
        AVG,
        MIN,
        MAX;

        /** The function's name in SQL. */
        public String sqlName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Names the column. */
    public Named as(String column) {
        return new Named(column, this);
    }

    /** An aggregation with the name of its column. */
    public record Named(String column, Aggregation aggregation) {
        public Named {
            Names.column(column);
        }
    }
}
