package dev.mastic.crawler.jdbc;

import dev.mastic.crawler.jdbc.NativeTable.ForeignKey;
import org.jspecify.annotations.Nullable;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Primary and foreign keys of the tables of a schema: of all at once where the driver can, else table by table. */
final class SchemaKeys {
    private final DatabaseMetaData metaData;
    private final @Nullable String catalog;
    private final @Nullable String schema;
    private final Map<String, Map<Integer, String>> primary = new TreeMap<>();
    private final Map<String, Map<String, Referring>> foreign = new TreeMap<>();
    private final boolean allAtOnce;

    SchemaKeys(DatabaseMetaData metaData, @Nullable String catalog, String schema, Engine engine) throws SQLException {
        this.metaData = metaData;
        this.catalog = catalog;
        this.schema = engine.hasSchemas() ? schema : null;
        this.allAtOnce = engine.keysOfAllTables();
        if (allAtOnce) {
            readPrimary(null);
            readForeign(null);
        }
    }

    List<String> primaryKey(String table) throws SQLException {
        if (!allAtOnce) {
            readPrimary(table);
        }
        return List.copyOf(primary.getOrDefault(table, Map.of()).values());
    }

    List<ForeignKey> foreignKeys(String table) throws SQLException {
        if (!allAtOnce) {
            readForeign(table);
        }
        return foreign.getOrDefault(table, Map.of()).values().stream()
                .map(Referring::key)
                .toList();
    }

    private void readPrimary(@Nullable String table) throws SQLException {
        try (ResultSet rows = metaData.getPrimaryKeys(catalog, schema, table)) {
            while (rows.next()) {
                primary.computeIfAbsent(rows.getString("TABLE_NAME"), any -> new TreeMap<>())
                        .put(rows.getInt("KEY_SEQ"), rows.getString("COLUMN_NAME"));
            }
        }
    }

    private void readForeign(@Nullable String table) throws SQLException {
        try (ResultSet rows = metaData.getImportedKeys(catalog, schema, table)) {
            while (rows.next()) {
                String name = rows.getString("FK_NAME");
                String target = join(
                        rows.getString("PKTABLE_CAT"), rows.getString("PKTABLE_SCHEM"), rows.getString("PKTABLE_NAME"));
                foreign.computeIfAbsent(rows.getString("FKTABLE_NAME"), any -> new TreeMap<>())
                        .computeIfAbsent(name == null ? target : name, any -> new Referring(target))
                        .add(rows.getInt("KEY_SEQ"), rows.getString("FKCOLUMN_NAME"), rows.getString("PKCOLUMN_NAME"));
            }
        }
    }

    private static String join(@Nullable String catalog, @Nullable String schema, String table) {
        List<String> parts = new ArrayList<>();
        if (catalog != null && !catalog.isEmpty()) {
            parts.add(catalog);
        }
        if (schema != null && !schema.isEmpty()) {
            parts.add(schema);
        }
        parts.add(table);
        return String.join(".", parts);
    }

    private static final class Referring {
        private final String table;
        private final Map<Integer, String> columns = new TreeMap<>();
        private final Map<Integer, String> referenced = new TreeMap<>();

        Referring(String table) {
            this.table = table;
        }

        void add(int position, String column, String target) {
            columns.put(position, column);
            referenced.put(position, target);
        }

        ForeignKey key() {
            return new ForeignKey(List.copyOf(columns.values()), table, List.copyOf(referenced.values()));
        }
    }
}
