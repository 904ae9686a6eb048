package dev.mastic.warehouse.load;

import dev.mastic.warehouse.connection.WarehouseConnection;
import dev.mastic.warehouse.connection.WarehouseException;
import dev.mastic.warehouse.dialect.Dialect;
import dev.mastic.warehouse.dialect.RowWriter;
import dev.mastic.warehouse.dialect.StagedRow;
import dev.mastic.warehouse.dialect.StagingColumn;
import dev.mastic.warehouse.table.TablePath;
import org.jspecify.annotations.Nullable;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * How the tasks of a run stage their rows: each part in one transaction that also notes the part, so that a task which is
 * done twice stages once. Serializable; {@link #write} may be called by many threads.
 */
public final class StagingPart implements Serializable {
    private static final long serialVersionUID = 1;
    private static final int BATCH_ROWS = 10_000;
    private static final long BATCH_SIZE = 8L << 20;
    private static final int PART_BITS = 40;

    private final WarehouseConnection connection;
    private final String step;
    private final TablePath staging;
    private final List<StagingColumn> columns;
    private final boolean[] required;
    private final int mostRefused;

    /** @param required the columns that take no nulls */
    StagingPart(
            WarehouseConnection connection,
            String step,
            TablePath staging,
            List<StagingColumn> columns,
            boolean[] required,
            int mostRefused) {
        this.connection = connection;
        this.step = step;
        this.staging = staging;
        this.columns = List.copyOf(columns);
        this.required = required.clone();
        this.mostRefused = mostRefused;
    }

    /**
     * Stages one part of the rows, all or nothing.
     *
     * @param part its number, from 0
     * @param rows values in the order of the columns; see {@link StagedRow}
     * @throws WarehouseException when too many rows are refused, or the database fails
     */
    public void write(int part, Iterator<@Nullable Object[]> rows) {
        Dialect dialect = connection.dialect();
        connection.run("cannot stage the rows of '" + step + "' in " + staging, session -> {
            if (begin(session, dialect, part)) {
                Session work = new Session(session, dialect);
                work.write((long) part << PART_BITS, rows);
                work.finish(part);
                session.commit();
            }
        });
    }

    /** Whether the part is still to be staged; a task that does the same part waits here for the first one. */
    private boolean begin(Connection session, Dialect dialect, int part) throws SQLException {
        String sql = "INSERT INTO " + LoadTables.parts(staging).quoted(dialect) + " (part) VALUES (?)";
        try (PreparedStatement insert = session.prepareStatement(sql)) {
            insert.setLong(1, part);
            insert.executeUpdate();
            return true;
        } catch (SQLException e) {
            if (String.valueOf(e.getSQLState()).startsWith("23")) {
                session.rollback();
                return false;
            }
            throw e;
        }
    }

    /** One task at work. */
    private final class Session {
        private final Connection session;
        private final Dialect dialect;
        private final RowWriter writer;
        private final List<StagedRow> batch = new ArrayList<>();
        private final List<Refusal> refused = new ArrayList<>();
        private long staged;

        Session(Connection session, Dialect dialect) {
            this.session = session;
            this.dialect = dialect;
            this.writer = dialect.writer(session, staging.quoted(dialect), columns);
        }

        void write(long firstNumber, Iterator<@Nullable Object[]> rows) throws SQLException {
            long number = firstNumber;
            long size = 0;
            while (rows.hasNext()) {
                StagedRow row = new StagedRow(number++, rows.next());
                String missing = missing(row);
                if (missing != null) {
                    refuse(row, missing);
                    continue;
                }
                batch.add(row);
                size += size(row);
                if (batch.size() >= BATCH_ROWS || size >= BATCH_SIZE) {
                    flush();
                    size = 0;
                }
            }
            flush();
        }

        private @Nullable String missing(StagedRow row) {
            for (int i = 0; i < required.length; i++) {
                if (required[i] && row.values()[i] == null) {
                    return "column " + columns.get(i).name() + " is null, and takes no nulls";
                }
            }
            return null;
        }

        private void flush() throws SQLException {
            insert(batch);
            batch.clear();
        }

        /** Halves what is refused until the very rows are found. */
        private void insert(List<StagedRow> rows) throws SQLException {
            if (rows.isEmpty()) {
                return;
            }
            Savepoint before = session.setSavepoint();
            try {
                writer.write(rows);
                session.releaseSavepoint(before);
                staged += rows.size();
            } catch (SQLException e) {
                if (!dialect.refusesRow(e)) {
                    throw e;
                }
                session.rollback(before);
                if (rows.size() == 1) {
                    refuse(rows.get(0), connection.hide(reason(e)));
                    return;
                }
                insert(rows.subList(0, rows.size() / 2));
                insert(rows.subList(rows.size() / 2, rows.size()));
            }
        }

        private void refuse(StagedRow row, String reason) {
            List<String> names = columns.stream().map(StagingColumn::name).toList();
            String content = RowText.of(names, row.values());
            refused.add(new Refusal(row.number(), reason, content));
            if (refused.size() > mostRefused) {
                throw tooMany(connection, staging, mostRefused, refused.size(), reason, content);
            }
        }

        void finish(int part) throws SQLException {
            Refusals.insert(session, dialect, LoadTables.refusals(staging), refused);
            String sql = "UPDATE " + LoadTables.parts(staging).quoted(dialect)
                    + " SET staged = ?, refused = ? WHERE part = ?";
            try (PreparedStatement update = session.prepareStatement(sql)) {
                update.setLong(1, staged);
                update.setLong(2, refused.size());
                update.setLong(3, part);
                update.executeUpdate();
            }
        }
    }

    static WarehouseException tooMany(
            WarehouseConnection connection,
            TablePath staging,
            int mostRefused,
            long refused,
            String reason,
            String content) {
        String limit = mostRefused == 0
                ? "a row is refused"
                : refused + " rows are refused, and " + mostRefused + " may be; the last";
        return new WarehouseException("Connection " + connection.name() + ": " + limit + ": " + reason + "; row "
                + content + "; correct it, filter such rows, or let them go to a table of their own by"
                + " refusedTo(\"schema.table\", rows)");
    }

    static String reason(SQLException failure) {
        String message = failure.getMessage() == null ? "refused" : failure.getMessage();
        return message.strip().replaceAll("\\s*\\R\\s*", "; ")
                + (failure.getSQLState() == null ? "" : " (SQLSTATE " + failure.getSQLState() + ")");
    }

    private static long size(StagedRow row) {
        long size = 16;
        for (Object value : row.values()) {
            size += value instanceof String text
                    ? text.length()
                    : value instanceof byte[] bytes ? bytes.length * 2L : 16;
        }
        return size;
    }
}
