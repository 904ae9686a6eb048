package dev.mastic.warehouse.load;

import dev.mastic.warehouse.dialect.ColumnKind;
import dev.mastic.warehouse.dialect.Dialect;
import dev.mastic.warehouse.dialect.LoadNames;
import dev.mastic.warehouse.table.TablePath;
import dev.mastic.warehouse.table.WarehouseTable;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;

/** The tables of Mastic's own in a warehouse, beside the tables that it loads. */
final class LoadTables {
    /** One row for each load that was made visible. */
    static final String MARKERS = "mastic_loads";

    private static final int NAME_BYTES = 10;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Dialect dialect;

    LoadTables(Dialect dialect) {
        this.dialect = dialect;
    }

    /**
     * A place for a staging table that no other driver uses, also none of the same attempt; short, for databases that allow
     * 30 characters.
     */
    static TablePath staging(TablePath target) {
        byte[] random = new byte[NAME_BYTES];
        RANDOM.nextBytes(random);
        return target.beside("mastic_" + HexFormat.of().formatHex(random));
    }

    /** Rows that were refused while they were staged. */
    static TablePath refusals(TablePath staging) {
        return staging.beside(staging.name() + "_e");
    }

    /** The parts of the rows that are staged whole. */
    static TablePath parts(TablePath staging) {
        return staging.beside(staging.name() + "_p");
    }

    String name(TablePath path) {
        return path.quoted(dialect);
    }

    /** Makes a table unless it is there. */
    void ensureMarkers(Connection connection, TablePath target) throws SQLException {
        String text = type(ColumnKind.TEXT, Dialect.Use.KEY);
        ensure(
                connection,
                target.beside(MARKERS),
                "run_id " + text + " NOT NULL, step " + text + " NOT NULL, table_name " + text + ", rows_loaded "
                        + number() + ", rows_refused " + number() + ", loaded_on "
                        + type(ColumnKind.TIMESTAMP, Dialect.Use.VALUE) + ", PRIMARY KEY (run_id, step)");
    }

    /** Makes the table of refused rows unless it is there. */
    void ensureRefused(Connection connection, TablePath refused) throws SQLException {
        String text = type(ColumnKind.TEXT, Dialect.Use.KEY);
        String large = type(ColumnKind.TEXT, Dialect.Use.VALUE);
        ensure(
                connection,
                refused,
                "run_id " + text + ", step " + text + ", mastic_row " + number() + ", reason " + large
                        + ", row_content " + large + ", refused_on " + type(ColumnKind.TIMESTAMP, Dialect.Use.VALUE));
    }

    void createParts(Connection connection, TablePath staging) throws SQLException {
        String large = type(ColumnKind.TEXT, Dialect.Use.VALUE);
        execute(
                connection,
                List.of(
                        "CREATE TABLE " + name(refusals(staging)) + " (" + LoadNames.ROW + " " + number() + ", reason "
                                + large + ", row_content " + large + ")",
                        "CREATE TABLE " + name(parts(staging)) + " (part " + number() + " NOT NULL PRIMARY KEY, staged "
                                + number() + ", refused " + number() + ")"));
    }

    private void ensure(Connection connection, TablePath path, String columns) throws SQLException {
        if (WarehouseTable.locate(connection, dialect, path).isPresent()) {
            return;
        }
        try {
            execute(connection, List.of("CREATE TABLE " + name(path) + " (" + columns + ")"));
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            // Another run may have made it meanwhile.
            if (WarehouseTable.locate(connection, dialect, path).isEmpty()) {
                throw e;
            }
        }
    }

    /** Drops the tables of a load, as far as they are there. */
    void drop(Connection connection, TablePath staging) throws SQLException {
        for (TablePath path : List.of(refusals(staging), parts(staging), staging)) {
            if (WarehouseTable.locate(connection, dialect, path).isPresent()) {
                execute(connection, List.of("DROP TABLE " + name(path)));
            }
            connection.commit();
        }
    }

    static void execute(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    String type(ColumnKind kind, Dialect.Use use) {
        return dialect.typeOf(kind, 0, 0, use);
    }

    private String number() {
        return type(ColumnKind.BIGINT, Dialect.Use.VALUE);
    }
}
