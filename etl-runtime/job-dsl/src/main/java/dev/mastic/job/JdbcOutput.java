package dev.mastic.job;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A table of a database that a write step loads. Readers see all rows of a run or none. Immutable: each method returns a
 * refined copy.
 *
 * @param connection its name in the catalog
 * @param table {@code schema.table}
 * @param keys the columns by which rows are the same row; empty unless they are merged
 * @param createdWhenMissing see {@link #createWhenMissing()}
 * @param refusedTable see {@link #refusedTo}; null to fail the run by the first row that is refused
 * @param mostRefused how many rows may be refused
 */
public record JdbcOutput(
        String connection,
        String table,
        Mode mode,
        List<String> keys,
        boolean createdWhenMissing,
        @Nullable String refusedTable,
        int mostRefused)
        implements Target {

    /** What becomes of the rows that are there. */
    public enum Mode {
        /** They stay. */
        APPEND,
        /** Those of the same keys become the new ones. */
        MERGE,
        /** They go. */
        REPLACE
    }

    public JdbcOutput {
        keys = List.copyOf(keys);
        if ((mode == Mode.MERGE) == keys.isEmpty()) {
            throw new IllegalArgumentException("A merge has keys, and nothing else has: use mergeOn(\"id\")");
        }
        if (keys.stream().distinct().count() < keys.size()) {
            throw new IllegalArgumentException("A key is named twice in mergeOn" + keys);
        }
        if (mostRefused < 0 || (refusedTable == null) != (mostRefused == 0)) {
            throw new IllegalArgumentException("Rows may be refused when they have a place to go: use"
                    + " refusedTo(\"schema.table\", rows) with 1 row or more");
        }
    }

    /** Makes the table by the columns of the rows when it is missing; merged tables get their keys as primary key. */
    public JdbcOutput createWhenMissing() {
        return new JdbcOutput(connection, table, mode, keys, true, refusedTable, mostRefused);
    }

    /**
     * Rows that the database refuses go to a table, made when it is missing, with the reason; the run fails when they are
     * more.
     */
    public JdbcOutput refusedTo(String table, int most) {
        return new JdbcOutput(connection, this.table, mode, keys, createdWhenMissing, table, most);
    }

    @Override
    public String place() {
        return "jdbc://" + connection + "/" + table;
    }

    @Override
    public List<String> namedColumns() {
        return keys;
    }

    @Override
    public Calls calls() {
        Calls calls = Calls.of(Jdbc.class, "connection", connection).then("table", table);
        calls = switch (mode) {
            case APPEND -> calls.then("append");
            case MERGE -> calls.then("mergeOn", keys);
            case REPLACE -> calls.then("replace");
        };
        calls = createdWhenMissing ? calls.then("createWhenMissing") : calls;
        return refusedTable == null ? calls : calls.then("refusedTo", refusedTable, mostRefused);
    }

    @Override
    public String describe() {
        return "table " + table + " of " + connection
                + switch (mode) {
                    case APPEND -> "";
                    case MERGE -> ", merged on " + String.join(", ", keys);
                    case REPLACE -> ", replaced";
                };
    }
}
