package dev.mastic.job;

import java.util.List;

/** A database by its connection in the catalog; what is read or written there comes next. Immutable. */
public record JdbcConnection(String name) {
    public JdbcConnection {
        if (name.isBlank()) {
            throw new IllegalArgumentException("The name of a connection is empty; name one of the catalog");
        }
    }

    /**
     * A table, to read or to write.
     *
     * @param table {@code schema.table}, or a table of the schema that the connection begins in
     */
    public Jdbc table(String table) {
        if (!table.matches("[^.\\s][^.]*(\\.[^.]*[^.\\s])?")) {
            throw new IllegalArgumentException(
                    "'" + table + "' does not name a table; write schema.table, for instance mart.fact_orders");
        }
        return new Jdbc(name, table, null, Jdbc.Partitioning.NONE, null, null, null, 1, 0, List.of(), 0);
    }

    /** The rows of a query in the database's own SQL, without a semicolon; to read alone. */
    public Jdbc query(String sql) {
        if (sql.isBlank() || sql.strip().endsWith(";")) {
            throw new IllegalArgumentException("'" + sql + "' is no query to read from; write SELECT ... without ';'");
        }
        return new Jdbc(name, null, sql.strip(), Jdbc.Partitioning.NONE, null, null, null, 1, 0, List.of(), 0);
    }
}
