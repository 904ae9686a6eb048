package dev.mastic.job;

/**
 * What a write does when its rows have other columns or types than the catalog table that it is registered as. Values of a
 * narrower type than the table's, {@code int} for {@code bigint}, are no difference: they are written as the table's.
 */
public enum SchemaChange {
    /** Appends new columns to the table; another type of a column fails the run before anything is written. */
    ADD_COLUMNS,
    /**
     * Appends new columns, and widens a column to the wider of both types: {@code int} to {@code bigint}, {@code float} to
     * {@code double}, a decimal to more digits. Types that are not wider or narrower fail the run.
     */
    WIDEN,
    /** Any difference fails the run before anything is written. A column that the rows lack is a difference too. */
    FAIL,
    /** Leaves the table as it is: new columns are written, logged and not registered; another type fails the run. */
    LOG
}
