package dev.mastic.spark.jdbc;

import dev.mastic.job.Jdbc;
import dev.mastic.spark.failure.JobFailure;
import dev.mastic.warehouse.connection.WarehouseConnection;
import dev.mastic.warehouse.connection.WarehouseException;
import dev.mastic.warehouse.dialect.Dialect;
import dev.mastic.warehouse.dialect.StagingColumn;
import dev.mastic.warehouse.table.TablePath;
import dev.mastic.warehouse.table.WarehouseTable;
import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a read step reads of a database, resolved.
 *
 * @param title for messages: {@code table public.orders of shop-db}
 * @param from what stands behind FROM, with an alias where it needs one
 * @param columns as the database tells them
 * @param indexed the columns by which rows are found without reading all; null when that is not known
 */
record SqlSource(
        String title,
        String from,
        List<Column> columns,
        @Nullable Set<String> indexed) {

    /**
     * A column.
     *
     * @param takesNulls whether the database says that it does
     */
    record Column(StagingColumn type, boolean takesNulls) {}

    /** @throws JobFailure when the table is missing or the query wrong */
    static SqlSource resolve(String step, WarehouseConnection connection, Jdbc source) {
        try {
            return connection.call("does not take the read '" + step + "'", session -> {
                Dialect dialect = connection.dialect();
                String table = source.table();
                if (table == null) {
                    String from = "(" + source.query() + ") " + dialect.quote("mastic_query");
                    return new SqlSource("the query of '" + step + "'", from, columns(session, from), null);
                }
                return ofTable(session, connection, dialect, TablePath.parse(table));
            });
        } catch (WarehouseException e) {
            throw new JobFailure("Read '" + step + "': " + e.getMessage(), e);
        }
    }

    private static SqlSource ofTable(
            Connection session, WarehouseConnection connection, Dialect dialect, TablePath wanted) throws SQLException {
        Optional<TablePath> found = WarehouseTable.locate(session, dialect, wanted);
        Optional<TablePath> path = found.isPresent() ? found : WarehouseTable.locateView(session, dialect, wanted);
        if (path.isEmpty()) {
            throw new WarehouseException("Connection " + connection.name() + " leads to no table " + wanted
                    + " that its user may see; correct its name, or grant the right to read it");
        }
        String from = path.get().quoted(dialect);
        List<Column> columns = columns(session, from);
        String title = "table " + path.get() + " of " + connection.name();
        if (found.isEmpty()) {
            // A view's columns are never declared NOT NULL.
            return new SqlSource(
                    title,
                    from,
                    columns.stream()
                            .map(column -> new Column(column.type(), false))
                            .toList(),
                    null);
        }
        Set<String> indexed = new HashSet<>();
        for (Column column : columns) {
            if (WarehouseTable.hasIndexOn(
                    session, dialect, path.get(), column.type().name())) {
                indexed.add(column.type().name());
            }
        }
        return new SqlSource(title, from, columns, indexed);
    }

    private static List<Column> columns(Connection session, String from) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM " + from + " WHERE 1 = 0")) {
            ResultSetMetaData data = rows.getMetaData();
            List<Column> columns = new ArrayList<>();
            for (int i = 1; i <= data.getColumnCount(); i++) {
                columns.add(new Column(
                        new StagingColumn(data.getColumnLabel(i), data.getColumnType(i), data.getColumnTypeName(i)),
                        data.isNullable(i) == ResultSetMetaData.columnNullable));
            }
            return columns;
        }
    }

    Column column(String step, String name) {
        return columns.stream()
                .filter(column -> column.type().name().equals(name))
                .findFirst()
                .or(() -> columns.stream()
                        .filter(column -> column.type().name().equalsIgnoreCase(name))
                        .findFirst())
                .orElseThrow(() -> new JobFailure("Read '" + step + "': there is no column '" + name + "' in " + title
                        + "; it has "
                        + columns.stream().map(column -> column.type().name()).collect(Collectors.joining(", "))));
    }

    /** Whether rows are found by a column without reading all; true when that is not known. */
    boolean isIndexed(String column) {
        return indexed == null || indexed.contains(column);
    }
}
