package dev.mastic.job;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The words of expressions, meant for {@code import static dev.mastic.job.Dsl.*}. */
public final class Dsl {
    private Dsl() {}

    /** The value of a column. */
    public static Expression col(String name) {
        return new Expression.Column(name);
    }

    /** An expression in Spark's SQL, for what the typed words do not say. */
    public static Expression expr(String sql) {
        return new Expression.Sql(sql);
    }

    /**
     * A constant: a text, a whole or decimal number, a boolean, a {@link LocalDate} or an {@link Instant}. An expression
     * is returned as it is.
     *
     * @throws IllegalArgumentException for a value of another class
     */
    public static Expression lit(Object value) {
        if (value instanceof Expression expression) {
            return expression;
        }
        if (value instanceof String || value instanceof Character) {
            return new Expression.Literal("string", value.toString());
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return new Expression.Literal("int", value.toString());
        }
        if (value instanceof Long) {
            return new Expression.Literal("bigint", value.toString());
        }
        if (value instanceof Double || value instanceof Float) {
            return new Expression.Literal("double", value.toString());
        }
        if (value instanceof Boolean) {
            return new Expression.Literal("boolean", value.toString());
        }
        if (value instanceof BigDecimal decimal) {
            return new Expression.Literal("decimal", decimal.toPlainString());
        }
        if (value instanceof LocalDate) {
            return new Expression.Literal("date", value.toString());
        }
        if (value instanceof Instant) {
            return new Expression.Literal("timestamp", value.toString());
        }
        throw new IllegalArgumentException("A " + value.getClass().getName()
                + " cannot be a constant; use a text, number, boolean, LocalDate, Instant or an expression");
    }

    /** The null constant. */
    public static Expression nothing() {
        return new Expression.Literal("void", "");
    }

    /** The opposite of a condition. */
    public static Expression not(Expression condition) {
        return new Expression.Not(condition);
    }

    /** Texts put together; null when one of them is. */
    public static Expression concat(Object... parts) {
        return call(Function.CONCAT, parts);
    }

    public static Expression lower(Expression text) {
        return call(Function.LOWER, text);
    }

    public static Expression upper(Expression text) {
        return call(Function.UPPER, text);
    }

    /** A text without blanks at its ends. */
    public static Expression trim(Expression text) {
        return call(Function.TRIM, text);
    }

    /** The number of characters. */
    public static Expression length(Expression text) {
        return call(Function.LENGTH, text);
    }

    /** Part of a text. {@code position} counts from 1. */
    public static Expression substring(Expression text, int position, int length) {
        return call(Function.SUBSTRING, text, position, length);
    }

    public static Expression year(Expression time) {
        return call(Function.YEAR, time);
    }

    /** The month, 1 to 12. */
    public static Expression month(Expression time) {
        return call(Function.MONTH, time);
    }

    /** The day of the month, 1 to 31. */
    public static Expression dayofmonth(Expression time) {
        return call(Function.DAYOFMONTH, time);
    }

    /** The hour of the day, 0 to 23, in UTC. */
    public static Expression hour(Expression time) {
        return call(Function.HOUR, time);
    }

    /** A text as a timestamp, by a pattern of java.time; in UTC unless the text says otherwise. */
    public static Expression to_timestamp(Expression text, String format) {
        return call(Function.TO_TIMESTAMP, text, format);
    }

    /** A text as a date, by a pattern of java.time. */
    public static Expression to_date(Expression text, String format) {
        return call(Function.TO_DATE, text, format);
    }

    /** The first value that is not null. */
    public static Expression coalesce(Object... values) {
        return call(Function.COALESCE, values);
    }

    public static Expression abs(Expression number) {
        return call(Function.ABS, number);
    }

    /** A number rounded half up to some decimals. */
    public static Expression round(Expression number, int decimals) {
        return call(Function.ROUND, number, decimals);
    }

    /** Begins a choice: {@code when(a, x).when(b, y).otherwise(z)}. */
    public static Cases when(Expression condition, Object value) {
        return new Cases(List.of(new Expression.Branch(condition, lit(value))));
    }

    /** Pairs the column of the left side with the column of the right side of a join. */
    public static JoinKey on(String left, String right) {
        return new JoinKey(left, right);
    }

    /** Pairs columns of one name. */
    public static JoinKey on(String column) {
        return new JoinKey(column, column);
    }

    /** The number of rows. */
    public static Aggregation count() {
        return new Aggregation(Aggregation.Kind.COUNT, null);
    }

    /** The number of rows in which the value is not null. */
    public static Aggregation count(Expression value) {
        return new Aggregation(Aggregation.Kind.COUNT, value);
    }

    public static Aggregation sum(Expression value) {
        return new Aggregation(Aggregation.Kind.SUM, value);
    }

    public static Aggregation avg(Expression value) {
        return new Aggregation(Aggregation.Kind.AVG, value);
    }

    public static Aggregation min(Expression value) {
        return new Aggregation(Aggregation.Kind.MIN, value);
    }

    public static Aggregation max(Expression value) {
        return new Aggregation(Aggregation.Kind.MAX, value);
    }

    private static Expression call(Function function, Object... arguments) {
        return new Expression.Call(
                function, Arrays.stream(arguments).map(Dsl::lit).toList());
    }

    /** A choice that still lacks its last value. Immutable. */
    public static final class Cases {
        private final List<Expression.Branch> branches;

        private Cases(List<Expression.Branch> branches) {
            this.branches = branches;
        }

        /** Adds a branch, looked at when none before it holds. */
        public Cases when(Expression condition, Object value) {
            List<Expression.Branch> more = new ArrayList<>(branches);
            more.add(new Expression.Branch(condition, lit(value)));
            return new Cases(List.copyOf(more));
        }

        /** The value when no branch holds. */
        public Expression otherwise(Object value) {
            return new Expression.Case(branches, lit(value));
        }
    }
}
