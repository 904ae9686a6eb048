package dev.mastic.warehouse.table;

import dev.mastic.warehouse.dialect.Dialect;
import org.jspecify.annotations.Nullable;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A table of a database as its metadata tells it. Immutable. */
public record WarehouseTable(
        TablePath path, List<TargetColumn> columns, List<UniqueIndex> uniqueIndexes, List<ForeignKey> foreignKeys)
        implements Serializable {
    private static final Set<String> TABLES = Set.of("TABLE", "BASE TABLE", "PARTITIONED TABLE");

    private static final Set<String> VIEWS =
            Set.of("VIEW", "MATERIALIZED VIEW", "FOREIGN TABLE", "SYSTEM VIEW", "SYNONYM", "ALIAS");

    public WarehouseTable {
        columns = List.copyOf(columns);
        uniqueIndexes = List.copyOf(uniqueIndexes);
        foreignKeys = List.copyOf(foreignKeys);
    }

    /**
     * Looks for a table, in the spelling given and in the case that the database folds names to.
     *
     * @return empty when there is none; views are no tables
     */
    public static Optional<WarehouseTable> find(Connection connection, Dialect dialect, TablePath wanted)
            throws SQLException {
        Optional<TablePath> path = locate(connection, dialect, wanted);
        return path.isEmpty() ? Optional.empty() : Optional.of(describe(connection, dialect, path.get()));
    }

    /** Where a table is, with the session's own schema filled in. */
    public static Optional<TablePath> locate(Connection connection, Dialect dialect, TablePath wanted)
            throws SQLException {
        return locate(connection, dialect, wanted, TABLES);
    }

    /** Where something is that can be read like a table. */
    public static Optional<TablePath> locateView(Connection connection, Dialect dialect, TablePath wanted)
            throws SQLException {
        return locate(connection, dialect, wanted, VIEWS);
    }

    private static Optional<TablePath> locate(
            Connection connection, Dialect dialect, TablePath wanted, Set<String> types) throws SQLException {
        DatabaseMetaData data = connection.getMetaData();
        String schema = wanted.schema().isEmpty() ? currentSchema(connection, dialect) : wanted.schema();
        for (TablePath path : spellings(schema, wanted.name())) {
            try (ResultSet rows = data.getTables(
                    catalog(connection, dialect, path),
                    dialect.schemasAreCatalogs() ? null : escape(data, path.schema()),
                    escape(data, path.name()),
                    null)) {
                while (rows.next()) {
                    if (path.name().equals(rows.getString("TABLE_NAME"))
                            && types.contains(String.valueOf(rows.getString("TABLE_TYPE")))) {
                        return Optional.of(path);
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** The schema that names without one are in. */
    public static String currentSchema(Connection connection, Dialect dialect) throws SQLException {
        String schema = dialect.schemasAreCatalogs() ? connection.getCatalog() : connection.getSchema();
        return schema == null ? "" : schema;
    }

    private static List<TablePath> spellings(String schema, String name) {
        return List.of(
                        new TablePath(schema, name),
                        new TablePath(schema, name.toLowerCase(Locale.ROOT)),
                        new TablePath(schema, name.toUpperCase(Locale.ROOT)),
                        new TablePath(schema.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT)),
                        new TablePath(schema.toUpperCase(Locale.ROOT), name.toUpperCase(Locale.ROOT)))
                .stream()
                .distinct()
                .toList();
    }

    private static @Nullable String catalog(Connection connection, Dialect dialect, TablePath path)
            throws SQLException {
        return dialect.schemasAreCatalogs() ? path.schema() : connection.getCatalog();
    }

    private static String escape(DatabaseMetaData data, String name) throws SQLException {
        String escape = data.getSearchStringEscape();
        return escape == null || escape.isEmpty()
                ? name
                : name.replace(escape, escape + escape)
                        .replace("_", escape + "_")
                        .replace("%", escape + "%");
    }

    private static WarehouseTable describe(Connection connection, Dialect dialect, TablePath path) throws SQLException {
        DatabaseMetaData data = connection.getMetaData();
        String catalog = catalog(connection, dialect, path);
        String schema = dialect.schemasAreCatalogs() ? null : path.schema();
        List<TargetColumn> columns = new ArrayList<>();
        try (ResultSet rows = data.getColumns(
                catalog, schema == null ? null : escape(data, schema), escape(data, path.name()), null)) {
            while (rows.next()) {
                boolean filled = rows.getString("COLUMN_DEF") != null
                        || "YES".equals(rows.getString("IS_AUTOINCREMENT"))
                        || "YES".equals(rows.getString("IS_GENERATEDCOLUMN"));
                columns.add(new TargetColumn(
                        rows.getString("COLUMN_NAME"),
                        rows.getInt("DATA_TYPE"),
                        rows.getString("TYPE_NAME"),
                        rows.getInt("NULLABLE") != DatabaseMetaData.columnNoNulls,
                        filled));
            }
        }
        return new WarehouseTable(
                path,
                columns,
                uniqueIndexes(data, catalog, schema, path, columns),
                foreignKeys(data, catalog, schema, path, dialect));
    }

    /** Those over columns alone and over all rows: others cannot be compared by columns. */
    private static List<UniqueIndex> uniqueIndexes(
            DatabaseMetaData data,
            @Nullable String catalog,
            @Nullable String schema,
            TablePath path,
            List<TargetColumn> columns)
            throws SQLException {
        Set<String> names = columns.stream().map(TargetColumn::name).collect(Collectors.toSet());
        Map<String, List<String>> indexes = new LinkedHashMap<>();
        Set<String> others = new java.util.HashSet<>();
        try (ResultSet rows = data.getIndexInfo(catalog, schema, path.name(), true, true)) {
            while (rows.next()) {
                String name = rows.getString("INDEX_NAME");
                String column = rows.getString("COLUMN_NAME");
                if (name == null || column == null) {
                    continue;
                }
                if (rows.getString("FILTER_CONDITION") != null || !names.contains(column)) {
                    others.add(name);
                }
                indexes.computeIfAbsent(name, index -> new ArrayList<>()).add(column);
            }
        }
        indexes.keySet().removeAll(others);
        return indexes.entrySet().stream()
                .map(index -> new UniqueIndex(index.getKey(), index.getValue()))
                .toList();
    }

    /** Whether an index begins with a column, so that rows are found by it without reading all. */
    public static boolean hasIndexOn(Connection connection, Dialect dialect, TablePath path, String column)
            throws SQLException {
        DatabaseMetaData data = connection.getMetaData();
        String schema = dialect.schemasAreCatalogs() ? null : path.schema();
        try (ResultSet rows = data.getIndexInfo(catalog(connection, dialect, path), schema, path.name(), false, true)) {
            while (rows.next()) {
                if (column.equals(rows.getString("COLUMN_NAME")) && rows.getShort("ORDINAL_POSITION") == 1) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<ForeignKey> foreignKeys(
            DatabaseMetaData data, @Nullable String catalog, @Nullable String schema, TablePath path, Dialect dialect)
            throws SQLException {
        Map<String, ForeignKey> keys = new LinkedHashMap<>();
        try (ResultSet rows = data.getImportedKeys(catalog, schema, path.name())) {
            while (rows.next()) {
                String otherSchema = rows.getString(dialect.schemasAreCatalogs() ? "PKTABLE_CAT" : "PKTABLE_SCHEM");
                TablePath other = new TablePath(otherSchema == null ? "" : otherSchema, rows.getString("PKTABLE_NAME"));
                String name = rows.getString("FK_NAME") == null ? "of " + other : rows.getString("FK_NAME");
                ForeignKey known = keys.getOrDefault(name, new ForeignKey(name, List.of(), other, List.of()));
                List<String> columns = new ArrayList<>(known.columns());
                columns.add(rows.getString("FKCOLUMN_NAME"));
                List<String> otherColumns = new ArrayList<>(known.otherColumns());
                otherColumns.add(rows.getString("PKCOLUMN_NAME"));
                keys.put(name, new ForeignKey(name, columns, other, otherColumns));
            }
        }
        return List.copyOf(keys.values());
    }

    /** A column in the spelling given, else in any case when one alone is spelt so. */
    public Optional<TargetColumn> column(String name) {
        Optional<TargetColumn> exact =
                columns.stream().filter(column -> column.name().equals(name)).findFirst();
        if (exact.isPresent()) {
            return exact;
        }
        List<TargetColumn> alike = columns.stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .toList();
        return alike.size() == 1 ? Optional.of(alike.get(0)) : Optional.empty();
    }
}
