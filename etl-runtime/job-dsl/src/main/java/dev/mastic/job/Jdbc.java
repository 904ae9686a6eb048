package dev.mastic.job;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/**
 * A table or a query of a database: a source, or a target that is refined further by {@link #append()}, {@link #mergeOn}
 * and {@link #replace()}. Filters and the choice of columns that follow a read are done by the database. Immutable: each
 * method returns a refined copy.
 *
 * @param connection its name in the catalog
 * @param table {@code schema.table}; null for a query
 * @param query null for a table
 * @param partitioning how the rows are shared among sessions that read at once
 * @param partitionColumn null for one session
 * @param lowerBound where the second part begins at the earliest, as text; null to ask the database
 * @param upperBound where the last part ends at the latest, as text; null to ask the database
 * @param partitions how many sessions read at once
 * @param fetchSize rows that the driver fetches at once; 0 for its default of 1,000
 * @param newRowsBy see {@link #newRowsBy}
 * @param lagSeconds see {@link #lag}
 */
public record Jdbc(
        String connection,
        @Nullable String table,
        @Nullable String query,
        Partitioning partitioning,
        @Nullable String partitionColumn,
        @Nullable String lowerBound,
        @Nullable String upperBound,
        int partitions,
        int fetchSize,
        List<String> newRowsBy,
        int lagSeconds)
        implements Source {
    private static final int MOST_PARTITIONS = 1_000;

    /** How rows are shared among sessions. */
    public enum Partitioning {
        /** One session reads all. */
        NONE,
        /** By ranges of a number, a date or a timestamp. */
        RANGE,
        /** By the hash of any column, as Glue's {@code hashfield}. */
        HASH
    }

    public Jdbc {
        newRowsBy = List.copyOf(newRowsBy);
        if ((table == null) == (query == null)) {
            throw new IllegalArgumentException("A read by JDBC is of a table or of a query; give one of both");
        }
        if (partitions < 1 || partitions > MOST_PARTITIONS) {
            throw new IllegalArgumentException(
                    partitions + " parts cannot be read at once; use 1 to " + MOST_PARTITIONS);
        }
        if (fetchSize < 0) {
            throw new IllegalArgumentException("fetchSize is " + fetchSize + "; use 1 or more");
        }
        if (lagSeconds < 0) {
            throw new IllegalArgumentException("lag is " + lagSeconds + " s; use 0 or more");
        }
        if ((partitioning == Partitioning.NONE) != (partitionColumn == null)) {
            throw new IllegalArgumentException("Parts need a column: use partitionedBy(column, parts)");
        }
        if (newRowsBy.stream().distinct().count() < newRowsBy.size()) {
            throw new IllegalArgumentException("A key is named twice in newRowsBy" + newRowsBy);
        }
    }

    /** A database by its connection in the catalog; secrets stay there. */
    public static JdbcConnection connection(String name) {
        return new JdbcConnection(name);
    }

    /** Reads in several sessions by ranges of a number, date or timestamp; the database is asked for the bounds. */
    public Jdbc partitionedBy(String column, int parts) {
        return parted(Partitioning.RANGE, Names.column(column), null, null, parts);
    }

    /**
     * Reads in several sessions by ranges of a column. The bounds decide how evenly, never what is read: what is below or
     * above, and nulls, are read too.
     */
    public Jdbc partitionedBy(String column, int parts, String from, String to) {
        return parted(Partitioning.RANGE, Names.column(column), from, to, parts);
    }

    /** Reads in several sessions by the hash of a column of any type, as Glue's {@code hashfield} and 7 parts. */
    public Jdbc hashedBy(String column) {
        return hashedBy(column, 7);
    }

    /** Reads in several sessions by the hash of a column of any type, as Glue's {@code hashfield}. */
    public Jdbc hashedBy(String column, int parts) {
        return parted(Partitioning.HASH, Names.column(column), null, null, parts);
    }

    private Jdbc parted(Partitioning how, String column, @Nullable String from, @Nullable String to, int parts) {
        return new Jdbc(connection, table, query, how, column, from, to, parts, fetchSize, newRowsBy, lagSeconds);
    }

    /** How many rows the driver fetches at once; 1,000 unless told. */
    public Jdbc fetchSize(int rows) {
        return new Jdbc(
                connection,
                table,
                query,
                partitioning,
                partitionColumn,
                lowerBound,
                upperBound,
                partitions,
                rows,
                newRowsBy,
                lagSeconds);
    }

    /**
     * Reads only rows whose keys are behind those of the last committed run. The first key must grow with time, as an
     * identity or the time of the last change does; a time needs a second key that tells rows of one instant apart. None
     * may be null.
     */
    public Jdbc newRowsBy(String... keys) {
        if (keys.length == 0) {
            throw new IllegalArgumentException("newRowsBy names no key; write for instance newRowsBy(\"id\")");
        }
        return new Jdbc(
                connection,
                table,
                query,
                partitioning,
                partitionColumn,
                lowerBound,
                upperBound,
                partitions,
                fetchSize,
                List.of(keys),
                lagSeconds);
    }

    /**
     * How long a transaction may take from its choice of a key to its commit. With a time as first key, rows younger than
     * that are left to the next run; with another key, the run waits that long between its choice of the last row and its
     * reading. Whole seconds.
     */
    public Jdbc lag(Duration longestTransaction) {
        return lagSeconds(Math.toIntExact(longestTransaction.toSeconds()));
    }

    /** As {@link #lag}. */
    public Jdbc lagSeconds(int seconds) {
        return new Jdbc(
                connection,
                table,
                query,
                partitioning,
                partitionColumn,
                lowerBound,
                upperBound,
                partitions,
                fetchSize,
                newRowsBy,
                seconds);
    }

    /** As a target: rows are added. */
    public JdbcOutput append() {
        return output(JdbcOutput.Mode.APPEND, List.of());
    }

    /** As a target: rows with the keys of a row that is there replace its columns, others are added. */
    public JdbcOutput mergeOn(String... keys) {
        if (keys.length == 0) {
            throw new IllegalArgumentException("mergeOn names no key; write for instance mergeOn(\"id\")");
        }
        return output(JdbcOutput.Mode.MERGE, List.of(keys));
    }

    /** As a target: the table has the rows of this run alone. */
    public JdbcOutput replace() {
        return output(JdbcOutput.Mode.REPLACE, List.of());
    }

    private JdbcOutput output(JdbcOutput.Mode mode, List<String> keys) {
        if (table == null) {
            throw new IllegalArgumentException("A query cannot be written to; name a table of connection " + connection
                    + " by .table(\"schema.table\")");
        }
        if (partitioning != Partitioning.NONE || fetchSize != 0 || !newRowsBy.isEmpty() || lagSeconds != 0) {
            throw new IllegalArgumentException(
                    "Parts, fetchSize, newRowsBy and lag are for reading; leave them out of" + " the target " + table);
        }
        return new JdbcOutput(connection, table, mode, keys, false, null, 0);
    }

    /** Whether the read takes part in the job's bookmark. */
    @Override
    public boolean onlyNewFiles() {
        return !newRowsBy.isEmpty();
    }

    @Override
    public Calls calls() {
        Calls calls = Calls.of(Jdbc.class, "connection", connection);
        calls = table == null ? calls.then("query", String.valueOf(query)) : calls.then("table", table);
        if (partitioning == Partitioning.HASH) {
            calls = calls.then("hashedBy", String.valueOf(partitionColumn), partitions);
        } else if (partitioning == Partitioning.RANGE) {
            calls = lowerBound == null || upperBound == null
                    ? calls.then("partitionedBy", String.valueOf(partitionColumn), partitions)
                    : calls.then("partitionedBy", String.valueOf(partitionColumn), partitions, lowerBound, upperBound);
        }
        calls = calls.unless(0, "fetchSize", fetchSize);
        calls = newRowsBy.isEmpty() ? calls : calls.then("newRowsBy", newRowsBy);
        return calls.unless(0, "lagSeconds", lagSeconds);
    }

    @Override
    public String describe() {
        return (table == null ? "query '" + query + "'" : "table " + table) + " of " + connection
                + (partitionColumn == null ? "" : ", " + partitions + " parts by " + partitionColumn)
                + (newRowsBy.isEmpty() ? "" : ", new rows by " + String.join(", ", newRowsBy));
    }
}
