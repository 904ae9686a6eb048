package dev.mastic.warehouse.load;

import dev.mastic.warehouse.connection.WarehouseConnection;
import dev.mastic.warehouse.connection.WarehouseException;
import dev.mastic.warehouse.dialect.Dialect;
import dev.mastic.warehouse.dialect.LoadNames;
import dev.mastic.warehouse.dialect.StagingColumn;
import dev.mastic.warehouse.table.ColumnFit;
import dev.mastic.warehouse.table.FrameColumn;
import dev.mastic.warehouse.table.TablePath;
import dev.mastic.warehouse.table.TargetColumn;
import dev.mastic.warehouse.table.WarehouseTable;
import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One load on its way into staging: {@link #check}, {@link #create}, {@link #part} for the rows, {@link #finish}. Nobody
 * sees the rows before the load is published. Not thread-safe, but for its parts.
 */
public final class Staging {
    private final WarehouseConnection connection;
    private final Dialect dialect;
    private final LoadTables tables;
    private final LoadRequest request;
    private final List<FrameColumn> frame;
    private final TablePath staging;
    private @Nullable WarehouseTable table;

    private Staging(WarehouseConnection connection, LoadRequest request, List<FrameColumn> frame, TablePath target) {
        this.connection = connection;
        this.dialect = connection.dialect();
        this.tables = new LoadTables(dialect);
        this.request = request;
        this.frame = List.copyOf(frame);
        this.staging = LoadTables.staging(target);
    }

    /**
     * Looks whether rows of these columns fit the table; changes nothing.
     *
     * @throws WarehouseException naming all that does not fit
     */
    public static Staging check(WarehouseConnection connection, LoadRequest request, List<FrameColumn> frame) {
        TablePath wanted = TablePath.parse(request.table());
        Dialect dialect = connection.dialect();
        return connection.call("does not tell of table " + wanted, session -> {
            Optional<WarehouseTable> found = WarehouseTable.find(session, dialect, wanted);
            if (found.isEmpty() && request.whenMissing() == LoadRequest.WhenMissing.FAIL) {
                throw new WarehouseException("Connection " + connection.name() + " leads to no table " + wanted
                        + "; create it, correct its name, or let the run create it by createWhenMissing()");
            }
            List<String> problems = new ArrayList<>(ColumnFit.missingKeys(frame, request.keys()));
            found.ifPresent(table -> problems.addAll(ColumnFit.problems(frame, table)));
            if (!problems.isEmpty()) {
                throw new WarehouseException(String.join("; ", problems));
            }
            TablePath target = found.map(WarehouseTable::path)
                    .orElse(
                            wanted.schema().isEmpty()
                                    ? new TablePath(WarehouseTable.currentSchema(session, dialect), wanted.name())
                                    : wanted);
            Staging result = new Staging(connection, request, frame, target);
            result.table = found.orElse(null);
            return result;
        });
    }

    /** The staging table's place, to be announced before {@link #create}. */
    public TablePath table() {
        return staging;
    }

    /** Makes the staging tables, and the target if it is missing and wanted. */
    public void create() {
        connection.run("cannot make the staging table " + staging, session -> {
            TablePath target = staging.beside(
                    table == null
                            ? TablePath.parse(request.table()).name()
                            : table.path().name());
            if (table == null) {
                LoadTables.execute(session, List.of(createTarget(target)));
                session.commit();
                table = WarehouseTable.find(session, dialect, target)
                        .orElseThrow(() -> new WarehouseException("Table " + target + " was made and is not there"));
            }
            tables.ensureMarkers(session, target);
            if (request.refusedTable() != null) {
                tables.ensureRefused(session, refusedTable(session));
            }
            List<String> loaded = columns().stream().map(StagingColumn::name).toList();
            List<String> unloaded = loadTable().columns().stream()
                    .map(TargetColumn::name)
                    .filter(name -> !loaded.contains(name))
                    .map(dialect::quote)
                    .toList();
            LoadTables.execute(session, dialect.createStaging(names(), unloaded));
            tables.createParts(session, staging);
            session.commit();
        });
    }

    private WarehouseTable loadTable() {
        if (table == null) {
            throw new IllegalStateException("The target is not made yet");
        }
        return table;
    }

    private TablePath refusedTable(Connection session) throws SQLException {
        TablePath wanted = TablePath.parse(java.util.Objects.requireNonNull(request.refusedTable()));
        TablePath full = wanted.schema().isEmpty() ? staging.beside(wanted.name()) : wanted;
        return WarehouseTable.locate(session, dialect, full).orElse(full);
    }

    private String createTarget(TablePath target) {
        List<String> parts = new ArrayList<>();
        for (FrameColumn column : frame) {
            boolean key = request.keys().stream().anyMatch(column.name()::equalsIgnoreCase);
            parts.add(dialect.quote(column.name()) + " "
                    + dialect.typeOf(
                            column.kind(),
                            column.precision(),
                            column.scale(),
                            key ? Dialect.Use.KEY : Dialect.Use.VALUE)
                    + (key ? " NOT NULL" : ""));
        }
        if (!request.keys().isEmpty()) {
            parts.add("PRIMARY KEY ("
                    + keysOf(frame.stream().map(FrameColumn::name).toList()).stream()
                            .map(dialect::quote)
                            .collect(Collectors.joining(", "))
                    + ")");
        }
        return "CREATE TABLE " + target.quoted(dialect) + " (" + String.join(", ", parts) + ")";
    }

    private List<String> keysOf(List<String> names) {
        return request.keys().stream()
                .map(key ->
                        names.stream().filter(key::equalsIgnoreCase).findFirst().orElse(key))
                .toList();
    }

    private List<StagingColumn> columns() {
        return frame.stream()
                .map(column -> loadTable().column(column.name()).orElseThrow())
                .map(column -> new StagingColumn(column.name(), column.jdbcType(), column.typeName()))
                .toList();
    }

    private List<String> columnNames() {
        return columns().stream().map(StagingColumn::name).toList();
    }

    private LoadNames names() {
        return new LoadNames(
                loadTable().path().quoted(dialect),
                staging.quoted(dialect),
                keysOf(columnNames()).stream().map(dialect::quote).toList(),
                columnNames().stream().map(dialect::quote).toList());
    }

    /** How tasks stage rows; their values are in the order of the columns that were checked. */
    public StagingPart part() {
        List<StagingColumn> columns = columns();
        List<String> keys = keysOf(columnNames());
        boolean[] required = new boolean[columns.size()];
        for (int i = 0; i < required.length; i++) {
            String name = columns.get(i).name();
            required[i] = keys.contains(name)
                    || !loadTable().column(name).orElseThrow().nullable();
        }
        return new StagingPart(connection, request.step(), staging, columns, required, request.mostRefused());
    }

    /**
     * Takes out the rows that the table's constraints would refuse, and says what is to be published.
     *
     * @throws WarehouseException when more rows are refused than may be
     */
    public TableLoad finish() {
        return connection.call("cannot check the staged rows in " + staging, session -> {
            long[] counts = counts(session);
            long refused = counts[1];
            Refusal last = null;
            RowChecks checks =
                    new RowChecks(dialect, loadTable(), staging, request.mode(), keysOf(columnNames()), columnNames());
            for (RowChecks.Check check : checks.all()) {
                for (long row : rows(session, check, request.mostRefused() - refused + 1)) {
                    last = Refusals.move(session, dialect, staging, columnNames(), row, check.reason());
                    refused++;
                    if (refused > request.mostRefused()) {
                        throw StagingPart.tooMany(
                                connection, staging, request.mostRefused(), refused, last.reason(), last.content());
                    }
                }
            }
            if (refused > request.mostRefused()) {
                throw new WarehouseException("Connection " + connection.name() + ": " + refused
                        + " rows are refused, and " + request.mostRefused()
                        + " may be; correct them, or raise the limit"
                        + " of refusedTo");
            }
            TablePath refusedTable = request.refusedTable() == null ? null : refusedTable(session);
            session.commit();
            return new TableLoad(
                    request.run(),
                    request.step(),
                    connection.name(),
                    loadTable().path(),
                    staging,
                    request.mode(),
                    keysOf(columnNames()),
                    columnNames(),
                    counts[0] - (refused - counts[1]),
                    refused,
                    refusedTable);
        });
    }

    /** Staged and refused rows. */
    private long[] counts(Connection session) throws SQLException {
        String sql = "SELECT COALESCE(SUM(staged), 0), COALESCE(SUM(refused), 0) FROM "
                + LoadTables.parts(staging).quoted(dialect);
        try (Statement statement = session.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            found.next();
            return new long[] {found.getLong(1), found.getLong(2)};
        }
    }

    private static List<Long> rows(Connection session, RowChecks.Check check, long most) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(check.sql())) {
            statement.setMaxRows((int) Math.max(1, most));
            List<Long> rows = new ArrayList<>();
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    rows.add(found.getLong(1));
                }
            }
            return rows.stream().distinct().sorted().toList();
        }
    }
}
