package dev.mastic.warehouse.load;

import dev.mastic.warehouse.connection.WarehouseConnection;
import dev.mastic.warehouse.connection.WarehouseException;
import dev.mastic.warehouse.dialect.Dialect;
import dev.mastic.warehouse.dialect.LoadNames;
import dev.mastic.warehouse.table.TablePath;
import dev.mastic.warehouse.table.WarehouseTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.glue.GlueClient;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;

/**
 * Makes staged rows part of their tables: one transaction in the warehouse that also notes the load in {@code
 * mastic_loads}, then the staging tables are dropped. Whoever repeats it finds the note and loads nothing again.
 * Thread-safe.
 */
public final class LoadPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(LoadPublisher.class);

    private final GlueClient catalog;
    private final Runnable loaded;

    /**
     * @param catalog has the connections; not closed by this object
     * @param loaded called between the transaction that loads and the dropping of what was staged
     */
    public LoadPublisher(GlueClient catalog, Runnable loaded) {
        this.catalog = catalog;
        this.loaded = loaded;
    }

    /**
     * Carries a load out, unless it was before.
     *
     * @throws WarehouseException when the warehouse cannot do it now; trying again later is safe
     */
    public void publish(TableLoad load) {
        WarehouseConnection connection = WarehouseConnection.load(catalog, load.connection());
        connection.run("cannot load table " + load.table() + " for '" + load.step() + "'", session -> {
            new Publication(connection, session, load).run();
            loaded.run();
            new LoadTables(connection.dialect()).drop(session, load.staging());
        });
    }

    /**
     * Drops what a load staged. Never to be called for one that is to be published.
     *
     * @throws WarehouseException when the warehouse cannot do it now
     */
    public void drop(String connectionName, TablePath staging) {
        WarehouseConnection connection = WarehouseConnection.load(catalog, connectionName);
        connection.run(
                "cannot drop the staging table " + staging,
                session -> new LoadTables(connection.dialect()).drop(session, staging));
    }

    /** One attempt. */
    private static final class Publication {
        private final WarehouseConnection connection;
        private final Dialect dialect;
        private final Connection session;
        private final TableLoad load;
        private final LoadNames names;
        private long refused;

        Publication(WarehouseConnection connection, Connection session, TableLoad load) {
            this.connection = connection;
            this.dialect = connection.dialect();
            this.session = session;
            this.load = load;
            this.names = new LoadNames(
                    load.table().quoted(dialect),
                    load.staging().quoted(dialect),
                    load.keys().stream().map(dialect::quote).toList(),
                    load.columns().stream().map(dialect::quote).toList());
        }

        void run() throws SQLException {
            if (isLoaded()) {
                LOG.info("Table {} has the rows of '{}' of run {} already", load.table(), load.step(), load.run());
                session.rollback();
                return;
            }
            requireStaged();
            LoadTables.execute(session, dialect.lock(names.target()));
            if (load.mode() == LoadMode.REPLACE) {
                LoadTables.execute(session, List.of("DELETE FROM " + names.target()));
            }
            if (load.rows() > 0) {
                bring(Long.MIN_VALUE, Long.MAX_VALUE);
            }
            keepRefused();
            mark();
            session.commit();
            LOG.info(
                    "Table {} of connection {} has {} rows of '{}'; {} were refused",
                    load.table(),
                    load.connection(),
                    load.rows() - refused,
                    load.step(),
                    load.refused() + refused);
        }

        private TablePath markers() {
            return load.table().beside(LoadTables.MARKERS);
        }

        private boolean isLoaded() throws SQLException {
            String sql = "SELECT 1 FROM " + markers().quoted(dialect) + " WHERE run_id = ? AND step = ?";
            try (PreparedStatement select = session.prepareStatement(sql)) {
                select.setString(1, load.run());
                select.setString(2, load.step());
                try (ResultSet found = select.executeQuery()) {
                    return found.next();
                }
            }
        }

        /** The rows that were committed must be there, each of them: a table that somebody emptied is no load. */
        private void requireStaged() throws SQLException {
            long found = WarehouseTable.locate(session, dialect, load.staging()).isPresent()
                    ? count("SELECT COUNT(*) FROM " + names.staging())
                    : 0;
            if (found != load.rows()) {
                throw new WarehouseException("Connection " + connection.name() + ": staging table " + load.staging()
                        + " has " + found + " of the " + load.rows() + " rows that run " + load.run()
                        + " staged for table " + load.table()
                        + "; was it dropped or changed? Restore it, or run the job"
                        + " again for those rows");
            }
        }

        private long count(String sql) throws SQLException {
            try (Statement statement = session.createStatement();
                    ResultSet found = statement.executeQuery(sql)) {
                found.next();
                return found.getLong(1);
            }
        }

        /** Brings the rows of a range, and halves what the table refuses until the very rows are found. */
        private void bring(long from, long to) throws SQLException {
            String range = "s." + LoadNames.ROW + " >= " + from + " AND s." + LoadNames.ROW + " <= " + to;
            Savepoint before = session.setSavepoint();
            try {
                LoadTables.execute(
                        session, dialect.merge(names, from == Long.MIN_VALUE ? "s." + LoadNames.ROW + " >= 0" : range));
                session.releaseSavepoint(before);
            } catch (SQLException e) {
                if (!dialect.refusesRow(e)) {
                    throw e;
                }
                session.rollback(before);
                long[] bounds = bounds(Math.max(0, from), to);
                if (bounds[0] == bounds[1]) {
                    refuse(bounds[0], e);
                    return;
                }
                long middle = bounds[0] + (bounds[1] - bounds[0]) / 2;
                bring(bounds[0], middle);
                long[] rest = bounds(middle + 1, bounds[1]);
                bring(rest[0], rest[1]);
            }
        }

        private long[] bounds(long from, long to) throws SQLException {
            String sql = "SELECT MIN(" + LoadNames.ROW + "), MAX(" + LoadNames.ROW + ") FROM " + names.staging()
                    + " WHERE " + LoadNames.ROW + " >= ? AND " + LoadNames.ROW + " <= ?";
            try (PreparedStatement select = session.prepareStatement(sql)) {
                select.setLong(1, from);
                select.setLong(2, to);
                try (ResultSet found = select.executeQuery()) {
                    found.next();
                    return new long[] {found.getLong(1), found.getLong(2)};
                }
            }
        }

        /** What was committed is never dropped without a word: without a table for it the load waits for a person. */
        private void refuse(long row, SQLException failure) throws SQLException {
            String reason = connection.hide(StagingPart.reason(failure));
            if (load.refusedTable() == null) {
                throw new WarehouseException("Connection " + connection.name() + ": table " + load.table()
                        + " refuses a row that it would have taken when the run staged it: " + reason + "; row "
                        + Refusals.content(session, dialect, load.staging(), load.columns(), row)
                        + "; change what is in the way, and the load goes on by itself");
            }
            Refusals.move(session, dialect, load.staging(), load.columns(), row, reason);
            refused++;
        }

        private void keepRefused() throws SQLException {
            if (load.refusedTable() == null || load.refused() + refused == 0) {
                return;
            }
            String sql = "INSERT INTO " + load.refusedTable().quoted(dialect)
                    + " (run_id, step, mastic_row, reason, row_content, refused_on) SELECT CAST(? AS "
                    + short255() + "), CAST(? AS " + short255() + "), " + LoadNames.ROW
                    + ", reason, row_content, CURRENT_TIMESTAMP FROM "
                    + LoadTables.refusals(load.staging()).quoted(dialect);
            try (PreparedStatement insert = session.prepareStatement(sql)) {
                insert.setString(1, load.run());
                insert.setString(2, load.step());
                insert.executeUpdate();
            }
        }

        /** MySQL casts to CHAR alone. */
        private String short255() {
            return dialect.schemasAreCatalogs() ? "CHAR(255)" : "VARCHAR(255)";
        }

        private void mark() throws SQLException {
            String sql = "INSERT INTO " + markers().quoted(dialect)
                    + " (run_id, step, table_name, rows_loaded, rows_refused, loaded_on)"
                    + " VALUES (?, ?, ?, ?, ?, CURRENT_TIMESTAMP)";
            try (PreparedStatement insert = session.prepareStatement(sql)) {
                insert.setString(1, load.run());
                insert.setString(2, load.step());
                insert.setString(3, load.table().toString());
                insert.setLong(4, load.rows() - refused);
                insert.setLong(5, load.refused() + refused);
                insert.executeUpdate();
            }
        }
    }
}
