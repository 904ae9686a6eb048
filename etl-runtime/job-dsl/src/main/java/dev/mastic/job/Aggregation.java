package dev.mastic.job;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;

/**
 * A value computed for a group of rows, or for the rows of a window; it becomes a column by {@link #as}. Immutable.
 *
 * @param arguments none for the number of rows
 * @param condition only rows for which it holds count; null for all
 */
public record Aggregation(
        Kind kind, List<Expression> arguments, @Nullable Expression condition) {
    public Aggregation {
        arguments = List.copyOf(arguments);
        kind.signature.check(kind.sqlName(), arguments);
    }

    /** What is computed. Nulls are left out, as in SQL. */
    public enum Kind {
        COUNT(" E"),
        COUNT_DISTINCT("E"),
        APPROX_COUNT_DISTINCT("E"),
        COUNT_IF("E"),
        SUM("E"),
        SUM_DISTINCT("E"),
        AVG("E"),
        MIN("E"),
        MAX("E"),
        FIRST_BY("EE"),
        LAST_BY("EE"),
        COLLECT_LIST("E"),
        COLLECT_SET("E"),
        STDDEV("E"),
        STDDEV_POP("E"),
        VARIANCE("E"),
        CORR("EE"),
        MEDIAN("E"),
        PERCENTILE("ED"),
        BOOL_AND("E"),
        BOOL_OR("E");

        private final Signature signature;

        Kind(String signature) {
            this.signature = new Signature(signature);
        }

        /** The function's name in SQL and in {@link Dsl}. */
        public String sqlName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** What the function takes. */
        public Signature signature() {
            return signature;
        }
    }

    /** Only rows for which a condition holds count. */
    public Aggregation where(Expression holds) {
        return new Aggregation(kind, arguments, holds);
    }

    /** Names the column. */
    public Named as(String column) {
        return new Named(column, this);
    }

    /** An aggregation with the name of its column. */
    public record Named(String column, Aggregation aggregation) implements WindowColumn {
        public Named {
            Names.column(column);
        }

        @Override
        public Calls calls() {
            Kind kind = aggregation.kind;
            Calls calls = Calls.of(kind.sqlName(), kind.signature.words(aggregation.arguments));
            return (aggregation.condition == null ? calls : calls.then("where", aggregation.condition))
                    .then("as", column);
        }

        @Override
        public String describe() {
            List<Expression> arguments = aggregation.arguments;
            return aggregation.kind.sqlName() + "(" + (arguments.isEmpty() ? "*" : GraphText.list(arguments)) + ")"
                    + (aggregation.condition == null ? "" : " where " + GraphText.of(aggregation.condition)) + " as "
                    + column;
        }
    }
}
