package dev.mastic.crawler.jdbc;

import dev.mastic.crawler.connection.CatalogConnection;
import dev.mastic.crawler.partition.Stats;
import dev.mastic.crawler.source.Cancellation;
import dev.mastic.crawler.source.Glob;
import dev.mastic.crawler.source.SourceException;
import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/** Reads what a path names in a database: its tables, columns, keys and estimates. Used by one thread, once. */
final class DatabaseReader {
    private static final int MOST_TABLES = 20_000;
    private static final int SECONDS_OF_A_STATEMENT = 60;
    private static final Set<String> KINDS = Set.of(
            "TABLE",
            "BASE TABLE",
            "VIEW",
            "MATERIALIZED VIEW",
            "FOREIGN TABLE",
            "PARTITIONED TABLE",
            "EXTERNAL TABLE",
            "EXTERNAL VIEW",
            "SYSTEM VERSIONED",
            "SHARED TABLE");

    private final CatalogConnection connection;
    private final Connection session;
    private final DatabaseMetaData metaData;
    private final Engine engine;
    private final IncludePath path;
    private final List<Glob> exclusions;
    private final Cancellation cancellation;
    private final LongConsumer listed;
    private final List<String> warnings = new ArrayList<>();
    private final List<String> excluded = new ArrayList<>();
    private final List<String> partitions = new ArrayList<>();

    /** @param listed told how many tables were seen, while it goes on */
    DatabaseReader(
            CatalogConnection connection,
            Connection session,
            Engine engine,
            IncludePath path,
            List<Glob> exclusions,
            Cancellation cancellation,
            LongConsumer listed)
            throws SQLException {
        this.connection = connection;
        this.session = session;
        this.metaData = session.getMetaData();
        this.engine = engine;
        this.path = path;
        this.exclusions = exclusions;
        this.cancellation = cancellation;
        this.listed = listed;
    }

    /**
     * What was read.
     *
     * @param product the engine and its version
     * @param excluded tables that an exclusion names
     * @param partitions tables that are partitions of another, which are left out
     */
    record Contents(
            String product,
            List<NativeTable> tables,
            List<String> excluded,
            List<String> partitions,
            List<String> warnings) {
        Contents {
            tables = List.copyOf(tables);
            excluded = List.copyOf(excluded);
            partitions = List.copyOf(partitions);
            warnings = List.copyOf(warnings);
        }
    }

    /** @throws SourceException when the path leads nowhere, or to more tables than are read */
    Contents read() throws SQLException {
        checkDatabase();
        List<NativeTable> tables = new ArrayList<>();
        Set<String> spellings = new TreeSet<>();
        for (String schema : schemas()) {
            cancellation.check();
            tables.addAll(new SchemaReader(schema).read(spellings));
            if (tables.size() > MOST_TABLES) {
                throw connection.failed("holds more than " + MOST_TABLES + " tables at the target's path; give"
                        + " narrower paths, or exclusions");
            }
        }
        if (tables.isEmpty() && !spellings.isEmpty()) {
            warnings.add("No table is spelled as the path is, whose letters' case counts; there is "
                    + String.join(", ", spellings));
        }
        return new Contents(
                metaData.getDatabaseProductName() + " " + metaData.getDatabaseProductVersion(),
                tables,
                excluded,
                partitions,
                warnings);
    }

    private void checkDatabase() throws SQLException {
        String current = session.getCatalog();
        if (!engine.showsOtherDatabases()
                && current != null
                && !current.isEmpty()
                && !current.equals(path.database())) {
            throw connection.failed("leads to database " + current + ", the target's path names " + path.database()
                    + "; letters' case counts. Correct the path, or use a connection to that database");
        }
    }

    /** Schemas that the path names; in an engine without schemas the empty one. */
    private List<String> schemas() throws SQLException {
        if (!engine.hasSchemas()) {
            return List.of("");
        }
        String pattern = path.schema(engine);
        List<String> schemas = new ArrayList<>();
        List<String> similar = new ArrayList<>();
        try (ResultSet rows = metaData.getSchemas(catalog(), null)) {
            while (rows.next()) {
                String schema = rows.getString("TABLE_SCHEM");
                if (IncludePath.matches(pattern, schema) && (IncludePath.exact(pattern) || !engine.isSystem(schema))) {
                    schemas.add(schema);
                } else if (schema.equalsIgnoreCase(pattern)) {
                    similar.add(schema);
                }
            }
        }
        if (schemas.isEmpty()) {
            throw connection.failed("shows no schema " + pattern + " in database " + path.database()
                    + (similar.isEmpty()
                            ? "; correct the path, or give the user the right to see it"
                            : "; there is " + String.join(", ", similar) + ": letters' case counts"));
        }
        schemas.sort(null);
        return schemas;
    }

    private @Nullable String catalog() throws SQLException {
        String current = session.getCatalog();
        if (engine.showsOtherDatabases()) {
            return path.database();
        }
        return current == null || current.isEmpty() ? null : current;
    }

    /** Reads one schema. */
    private final class SchemaReader {
        private final String schema;
        private final @Nullable String schemaPattern;
        private final String tablePattern;
        private final Map<String, Found> tables = new TreeMap<>();

        SchemaReader(String schema) throws SQLException {
            this.schema = schema;
            this.schemaPattern = engine.hasSchemas() ? escaped(schema) : null;
            String table = path.table(engine);
            this.tablePattern = IncludePath.exact(table) ? escaped(table) : "%";
        }

        /** @param spellings gets the names that differ from the path's in their case alone */
        List<NativeTable> read(Set<String> spellings) throws SQLException {
            listTables(spellings);
            if (tables.isEmpty()) {
                return List.of();
            }
            Map<String, SchemaColumns.RawType> raw =
                    SchemaColumns.rawTypes(this::ask, engine.queries().types());
            SchemaColumns.read(metaData, catalog(), schemaPattern, tablePattern, raw, (table, column) -> {
                Found found = tables.get(table);
                if (found != null) {
                    found.columns.add(column);
                }
            });
            Map<String, Stats> estimates = estimates();
            SchemaKeys keys = new SchemaKeys(metaData, catalog(), schema, engine);
            List<NativeTable> read = new ArrayList<>();
            for (Map.Entry<String, Found> table : tables.entrySet()) {
                cancellation.check();
                Found found = table.getValue();
                boolean view = found.kind.contains("VIEW");
                read.add(new NativeTable(
                        schema,
                        table.getKey(),
                        found.kind,
                        found.comment,
                        found.columns,
                        view ? List.of() : keys.primaryKey(table.getKey()),
                        view ? List.of() : keys.foreignKeys(table.getKey()),
                        estimates.getOrDefault(table.getKey(), Stats.NONE)));
            }
            return read;
        }

        private void listTables(Set<String> spellings) throws SQLException {
            String pattern = path.table(engine);
            Set<String> ofPartitions = partitions(pattern);
            try (ResultSet rows = metaData.getTables(catalog(), schemaPattern, "%", kinds())) {
                while (rows.next()) {
                    String name = rows.getString("TABLE_NAME");
                    if (!IncludePath.matches(pattern, name)) {
                        if (name.equalsIgnoreCase(pattern)) {
                            spellings.add(name);
                        }
                        continue;
                    }
                    listed.accept(1);
                    if (isExcluded(name)) {
                        excluded.add(shown(name));
                    } else if (ofPartitions.contains(name)) {
                        partitions.add(shown(name));
                    } else if (tables.size() <= MOST_TABLES) {
                        tables.put(name, new Found(rows.getString("TABLE_TYPE"), text(rows.getString("REMARKS"))));
                    }
                }
            }
        }

        private Set<String> partitions(String pattern) throws SQLException {
            Set<String> names = new HashSet<>();
            String sql = engine.queries().partitions();
            if (sql != null && !IncludePath.exact(pattern)) {
                ask(sql, rows -> names.add(rows.getString(1)));
            }
            return names;
        }

        private boolean isExcluded(String table) {
            String below = schema.isEmpty() ? table : schema + "/" + table;
            return exclusions.stream()
                    .anyMatch(glob ->
                            glob.matches(table) || glob.matches(below) || glob.matches(path.database() + "/" + below));
        }

        private Map<String, Stats> estimates() {
            Map<String, Stats> estimates = new TreeMap<>();
            String sql = engine.queries().estimates();
            if (sql == null) {
                return estimates;
            }
            try {
                if (engine == Engine.SQLSERVER && !path.database().equals(session.getCatalog())) {
                    return estimates; // its views tell of the session's own database alone
                }
                ask(sql, rows -> {
                    // Engines answer fractions and nothing as well.
                    double counted = rows.getDouble(2);
                    double bytes = rows.getDouble(3);
                    if (counted >= 0) {
                        estimates.put(rows.getString(1), new Stats(0, (long) Math.max(0, bytes), (long) counted));
                    }
                });
            } catch (SQLException e) {
                warnings.add(connection.hide("Row counts of " + shown("") + " are not known: " + e.getMessage()));
            }
            return estimates;
        }

        private void ask(String sql, Row row) throws SQLException {
            try (PreparedStatement statement = session.prepareStatement(sql)) {
                statement.setQueryTimeout(SECONDS_OF_A_STATEMENT);
                statement.setString(1, engine.hasSchemas() ? schema : path.database());
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        row.read(rows);
                    }
                }
            }
        }

        private String shown(String table) {
            return path.database() + "." + (schema.isEmpty() ? "" : schema + ".") + table;
        }
    }

    private String[] kinds() throws SQLException {
        Set<String> kinds = new TreeSet<>();
        try (ResultSet rows = metaData.getTableTypes()) {
            while (rows.next()) {
                String kind = rows.getString(1).strip();
                if (KINDS.contains(kind)) {
                    kinds.add(kind);
                }
            }
        }
        if (!engine.hasSchemas()) {
            kinds.add("SYSTEM VERSIONED");
        }
        return kinds.toArray(String[]::new);
    }

    /** A name as a pattern of JDBC, in which an underscore stands for itself. */
    private String escaped(String name) throws SQLException {
        String escape = metaData.getSearchStringEscape();
        return escape == null || escape.isEmpty()
                ? name
                : name.replace(escape, escape + escape)
                        .replace("_", escape + "_")
                        .replace("%", escape + "%");
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    /** Reads one row of an answer. */
    interface Row {
        void read(ResultSet row) throws SQLException;
    }

    /** Asks the database with the schema as the one parameter. */
    interface Question {
        void ask(String sql, Row row) throws SQLException;
    }

    private static final class Found {
        private final String kind;
        private final String comment;
        private final List<NativeColumn> columns = new ArrayList<>();

        Found(String kind, String comment) {
            this.kind = kind;
            this.comment = comment;
        }
    }
}
