package dev.mastic.job;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The words of expressions and of what steps take, meant for {@code import static dev.mastic.job.Dsl.*}. The functions come
 * from its superclasses.
 */
public final class Dsl extends AggregateWords {
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
        return Constants.of(value);
    }

    /** A constant decimal: {@code decimal("12.50")}. */
    public static Expression decimal(String number) {
        return new Expression.Literal("decimal", number);
    }

    /** A constant day: {@code date("2026-01-31")}. */
    public static Expression date(String day) {
        return new Expression.Literal("date", day);
    }

    /** A constant time in UTC: {@code timestamp("2026-01-31T10:00:00Z")}. */
    public static Expression timestamp(String time) {
        return new Expression.Literal("timestamp", time);
    }

    /** The null constant. */
    public static Expression nothing() {
        return new Expression.Literal("void", "");
    }

    /** The opposite of a condition. */
    public static Expression not(Expression condition) {
        return new Expression.Not(condition);
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

    /** Ascending by a column, nulls first. */
    public static SortKey asc(String column) {
        return asc(col(column));
    }

    /** Ascending by a value, nulls first. */
    public static SortKey asc(Expression value) {
        return new SortKey(value, SortKey.Direction.ASCENDING, SortKey.Nulls.FIRST);
    }

    /** Descending by a column, nulls last. */
    public static SortKey desc(String column) {
        return desc(col(column));
    }

    /** Descending by a value, nulls last. */
    public static SortKey desc(Expression value) {
        return new SortKey(value, SortKey.Direction.DESCENDING, SortKey.Nulls.LAST);
    }

    /** A window over the rows that have the same values in some columns; without any, over all rows. */
    public static Over over(String... partitionBy) {
        return new Over(List.of(partitionBy), List.of(), null);
    }

    /** A column and its type in Hive's words: {@code field("price", "decimal(10,2)")}. */
    public static Field field(String column, String type) {
        return new Field(column, type);
    }

    /** Begins to say what becomes of a column that holds values of several types. */
    public static Choice.Of choice(String column) {
        return new Choice.Of(column);
    }

    /** A way that rows take for which a condition holds. */
    public static Route route(String name, Expression condition) {
        return new Route(name, condition);
    }

    /** A check of each row: one for which the condition is false or null is a bad row, for the reason that is the name. */
    public static RowRule rule(String name, Expression condition) {
        return new RowRule(name, condition);
    }

    /** Checks that columns have a value. */
    public static RowRule complete(String... columns) {
        Expression all = Arrays.stream(columns)
                .map(column -> col(column).isNotNull())
                .reduce(Expression::and)
                .orElseThrow(() -> new IllegalArgumentException("complete() needs at least one column"));
        return new RowRule(Arrays.stream(columns).collect(Collectors.joining(", ")) + " complete", all);
    }

    /** Checks that a column has one of some values. */
    public static RowRule oneOf(String column, Object... values) {
        return new RowRule(
                column + " one of " + Arrays.toString(values), col(column).in(values));
    }

    /** Checks that a column is neither less than one value nor greater than the other. */
    public static RowRule within(String column, Object least, Object greatest) {
        return new RowRule(
                column + " within " + least + " and " + greatest, col(column).between(least, greatest));
    }

    /** Checks that a regular expression of Java matches in a column. */
    public static RowRule matches(String column, String pattern) {
        return new RowRule(column + " matches " + pattern, regexp_like(col(column), pattern));
    }

    /** More bad rows than this stop the run before anything is written. */
    public static Tolerance atMostRows(long rows) {
        return new Tolerance.Rows(rows);
    }

    /** A greater share of bad rows than this, between 0 and 1, stops the run before anything is written. */
    public static Tolerance atMostRatio(double ratio) {
        return new Tolerance.Ratio(ratio);
    }

    /**
     * A value that a custom transform is given.
     *
     * @param value a text, number, boolean, {@link LocalDate}, {@link Instant} or {@link BigDecimal}
     */
    public static Option option(String name, Object value) {
        return Option.of(name, value);
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
