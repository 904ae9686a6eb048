package dev.mastic.job;

/** Values of groups of rows and of windows; part of {@link Dsl}, by which they are imported. Nulls are left out, as in SQL. */
public abstract class AggregateWords extends NestedWords {
    AggregateWords() {}

    /** The number of rows, or of rows in which a value is not null. */
    public static Aggregation count() {
        return aggregation(Aggregation.Kind.COUNT);
    }

    /** The number of rows, or of rows in which a value is not null. */
    public static Aggregation count(Expression value) {
        return aggregation(Aggregation.Kind.COUNT, value);
    }

    /** The number of different values that are not null. */
    public static Aggregation count_distinct(Expression value) {
        return aggregation(Aggregation.Kind.COUNT_DISTINCT, value);
    }

    /** About the number of different values, within 5 percent, in little memory. */
    public static Aggregation approx_count_distinct(Expression value) {
        return aggregation(Aggregation.Kind.APPROX_COUNT_DISTINCT, value);
    }

    /** The number of rows for which a condition holds. */
    public static Aggregation count_if(Expression condition) {
        return aggregation(Aggregation.Kind.COUNT_IF, condition);
    }

    /** The sum. */
    public static Aggregation sum(Expression value) {
        return aggregation(Aggregation.Kind.SUM, value);
    }

    /** The sum of the different values. */
    public static Aggregation sum_distinct(Expression value) {
        return aggregation(Aggregation.Kind.SUM_DISTINCT, value);
    }

    /** The mean. */
    public static Aggregation avg(Expression value) {
        return aggregation(Aggregation.Kind.AVG, value);
    }

    /** The least value. */
    public static Aggregation min(Expression value) {
        return aggregation(Aggregation.Kind.MIN, value);
    }

    /** The greatest value. */
    public static Aggregation max(Expression value) {
        return aggregation(Aggregation.Kind.MAX, value);
    }

    /** The value of the row whose order is least, the least value where several rows are. */
    public static Aggregation first_by(Expression value, Expression order) {
        return aggregation(Aggregation.Kind.FIRST_BY, value, order);
    }

    /** The value of the row whose order is greatest, the greatest value where several rows are. */
    public static Aggregation last_by(Expression value, Expression order) {
        return aggregation(Aggregation.Kind.LAST_BY, value, order);
    }

    /** All values in ascending order, as an array. */
    public static Aggregation collect_list(Expression value) {
        return aggregation(Aggregation.Kind.COLLECT_LIST, value);
    }

    /** The different values in ascending order, as an array. */
    public static Aggregation collect_set(Expression value) {
        return aggregation(Aggregation.Kind.COLLECT_SET, value);
    }

    /** The standard deviation of a sample. */
    public static Aggregation stddev(Expression value) {
        return aggregation(Aggregation.Kind.STDDEV, value);
    }

    /** The standard deviation of a whole population. */
    public static Aggregation stddev_pop(Expression value) {
        return aggregation(Aggregation.Kind.STDDEV_POP, value);
    }

    /** The variance of a sample. */
    public static Aggregation variance(Expression value) {
        return aggregation(Aggregation.Kind.VARIANCE, value);
    }

    /** How two numbers go together, -1 to 1. */
    public static Aggregation corr(Expression value, Expression other) {
        return aggregation(Aggregation.Kind.CORR, value, other);
    }

    /** The median. */
    public static Aggregation median(Expression value) {
        return aggregation(Aggregation.Kind.MEDIAN, value);
    }

    /** The value below which a fraction of the values lies, 0.95 for instance; between two values it is interpolated. */
    public static Aggregation percentile(Expression value, double fraction) {
        return aggregation(Aggregation.Kind.PERCENTILE, value, fraction);
    }

    /** Whether a condition holds for all rows. */
    public static Aggregation bool_and(Expression condition) {
        return aggregation(Aggregation.Kind.BOOL_AND, condition);
    }

    /** Whether a condition holds for some row. */
    public static Aggregation bool_or(Expression condition) {
        return aggregation(Aggregation.Kind.BOOL_OR, condition);
    }

    /** The row's number in its partition, from 1. */
    public static Ranking row_number() {
        return ranking(Ranking.Kind.ROW_NUMBER);
    }

    /** The row's rank: rows that are equal by the order share one, and the next has a gap. */
    public static Ranking rank() {
        return ranking(Ranking.Kind.RANK);
    }

    /** The row's rank without gaps. */
    public static Ranking dense_rank() {
        return ranking(Ranking.Kind.DENSE_RANK);
    }

    /** The row's rank between 0 and 1. */
    public static Ranking percent_rank() {
        return ranking(Ranking.Kind.PERCENT_RANK);
    }

    /** The share of rows that are not after this one. */
    public static Ranking cume_dist() {
        return ranking(Ranking.Kind.CUME_DIST);
    }

    /** Which of several groups of about one size the row is in, from 1. */
    public static Ranking ntile(int groups) {
        return ranking(Ranking.Kind.NTILE, groups);
    }

    /** The value some rows before. */
    public static Ranking lag(Expression value, int rows) {
        return ranking(Ranking.Kind.LAG, value, rows);
    }

    /** The value some rows before. */
    public static Ranking lag(Expression value, int rows, Object otherwise) {
        return ranking(Ranking.Kind.LAG, value, rows, otherwise);
    }

    /** The value some rows after. */
    public static Ranking lead(Expression value, int rows) {
        return ranking(Ranking.Kind.LEAD, value, rows);
    }

    /** The value some rows after. */
    public static Ranking lead(Expression value, int rows, Object otherwise) {
        return ranking(Ranking.Kind.LEAD, value, rows, otherwise);
    }

    /** The value of the range's first row. */
    public static Ranking first_value(Expression value) {
        return ranking(Ranking.Kind.FIRST_VALUE, value);
    }

    /** The value of the range's last row. */
    public static Ranking last_value(Expression value) {
        return ranking(Ranking.Kind.LAST_VALUE, value);
    }

    /** The value of the range's n-th row, from 1. */
    public static Ranking nth_value(Expression value, int row) {
        return ranking(Ranking.Kind.NTH_VALUE, value, row);
    }
}
