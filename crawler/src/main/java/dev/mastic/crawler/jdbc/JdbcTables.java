package dev.mastic.crawler.jdbc;

import dev.mastic.crawler.find.Evidence;
import dev.mastic.crawler.find.FoundTable;
import dev.mastic.crawler.find.Sampled;
import dev.mastic.crawler.find.Schema;
import dev.mastic.crawler.jdbc.NativeTypes.Mapped;
import dev.mastic.crawler.plan.SourceParameters;
import dev.mastic.wire.rest.Json;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.JdbcMetadataEntry;
import software.amazon.awssdk.services.glue.model.SerDeInfo;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Tables of a database as the catalog gets them, with the parameters that Glue's crawler gives. */
final class JdbcTables {
    private static final int MOST_BYTES_OF_A_COMMENT = 255;
    private static final int LONGEST_COLUMN_NAME = 255;

    private final String connectionName;
    private final Engine engine;
    private final String database;
    private final String product;
    private final Set<JdbcMetadataEntry> additional;

    JdbcTables(
            String connectionName, Engine engine, String database, String product, List<JdbcMetadataEntry> additional) {
        this.connectionName = connectionName;
        this.engine = engine;
        this.database = database;
        this.product = product;
        this.additional = Set.copyOf(additional);
    }

    /** A table, and what the report says of it. */
    record Described(FoundTable table, Sampled sample) {}

    Described describe(NativeTable table) {
        Map<String, Column> columns = new LinkedHashMap<>();
        Map<String, String> why = new LinkedHashMap<>();
        Map<String, String> types = new LinkedHashMap<>();
        List<String> warnings = new ArrayList<>();
        for (NativeColumn column : table.columns()) {
            Mapped mapped = NativeTypes.of(engine, column);
            String name = columnName(column.name(), columns.keySet(), warnings);
            columns.put(name, column(name, column, mapped));
            why.put(name, why(column, mapped, table.primaryKey()));
            types.put(name, mapped.type().hive());
            if (mapped.lossy()) {
                warnings.add("column " + column.name() + ": " + mapped.note());
            }
        }
        String location = location(table);
        Map<String, String> parameters = parameters(table);
        FoundTable found = new FoundTable(
                location.replace('.', '_'),
                location,
                engine + " " + table.kind().toLowerCase(Locale.ROOT),
                TableInput.builder()
                        .tableType("EXTERNAL_TABLE")
                        .parameters(parameters)
                        .partitionKeys(List.of())
                        .storageDescriptor(storage(location, List.copyOf(columns.values()), parameters))
                        .build(),
                why,
                List.of(),
                table.estimate(),
                Schema.DECLARED,
                Evidence.declared(
                        "declared by " + product + " as " + table.kind().toLowerCase(Locale.ROOT)
                                + (table.primaryKey().isEmpty() ? "" : " with primary key " + table.primaryKey())));
        Sampled sample = new Sampled(
                location,
                found.format(),
                "",
                0,
                table.estimate().records(),
                false,
                types,
                found.evidence().reasons(),
                warnings,
                "");
        return new Described(found, sample);
    }

    /** {@code database.schema.table}, as Glue writes it. */
    String location(NativeTable table) {
        return database + "." + (table.schema().isEmpty() ? "" : table.schema() + ".") + table.name();
    }

    private static StorageDescriptor storage(String location, List<Column> columns, Map<String, String> parameters) {
        return StorageDescriptor.builder()
                .columns(columns)
                .location(location)
                .compressed(false)
                .numberOfBuckets(-1)
                .serdeInfo(SerDeInfo.builder().parameters(Map.of()).build())
                .bucketColumns(List.of())
                .sortColumns(List.of())
                .parameters(parameters)
                .storedAsSubDirectories(false)
                .build();
    }

    private Map<String, String> parameters(NativeTable table) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("classification", engine.classification());
        parameters.put("compressionType", "none");
        parameters.put("typeOfData", table.isView() ? "view" : "table");
        parameters.put("connectionName", connectionName);
        if (!table.primaryKey().isEmpty()) {
            parameters.put(SourceParameters.PRIMARY_KEY, Json.text(table.primaryKey()));
        }
        if (!table.foreignKeys().isEmpty()) {
            parameters.put(
                    SourceParameters.FOREIGN_KEYS,
                    Json.text(table.foreignKeys().stream()
                            .map(key -> {
                                Map<String, Object> members = new LinkedHashMap<>();
                                members.put("columns", key.columns());
                                members.put("table", key.table());
                                members.put("referencedColumns", key.referencedColumns());
                                return members;
                            })
                            .toList()));
        }
        if (additional.contains(JdbcMetadataEntry.COMMENTS) && !table.comment().isEmpty()) {
            parameters.put(SourceParameters.RAW_TABLE_COMMENT, cut(table.comment()));
        }
        return parameters;
    }

    private Column column(String name, NativeColumn column, Mapped mapped) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (additional.contains(JdbcMetadataEntry.RAWTYPES)) {
            parameters.put(SourceParameters.RAW_TYPE, column.declared());
        }
        if (additional.contains(JdbcMetadataEntry.COMMENTS) && !column.comment().isEmpty()) {
            parameters.put(SourceParameters.RAW_COLUMN_COMMENT, cut(column.comment()));
        }
        if (!name.equals(column.name())) {
            parameters.put(SourceParameters.SOURCE_NAME, column.name());
        }
        if (!column.nullable()) {
            parameters.put(SourceParameters.NULLABLE, "false");
        }
        return Column.builder()
                .name(name)
                .type(mapped.type().hive())
                .parameters(parameters)
                .build();
    }

    private static String why(NativeColumn column, Mapped mapped, List<String> primaryKey) {
        int position = primaryKey.indexOf(column.name());
        return "declared as " + column.declared()
                + (column.resolved().equals(column.declared()) ? "" : ", which is " + column.resolved())
                + (column.nullable() ? "" : ", not null")
                + (position < 0 ? "" : ", part " + (position + 1) + " of the primary key")
                + (mapped.note().isEmpty() ? "" : "; " + mapped.note());
    }

    /** Engines do not tell upper from lower case: the second of two such names gets a number. */
    private static String columnName(String name, Set<String> taken, List<String> warnings) {
        String lower = name.toLowerCase(Locale.ROOT);
        String wanted = lower.length() > LONGEST_COLUMN_NAME ? lower.substring(0, LONGEST_COLUMN_NAME) : lower;
        String free = wanted;
        for (int i = 2; taken.contains(free); i++) {
            String suffix = "_" + i;
            free = wanted.substring(0, Math.min(wanted.length(), LONGEST_COLUMN_NAME - suffix.length())) + suffix;
        }
        if (!free.equals(wanted)) {
            warnings.add("column " + name + " differs from another in its letters' case alone and becomes " + free);
        }
        return free;
    }

    /** Glue cuts comments at 255 bytes. */
    private static String cut(String comment) {
        byte[] bytes = comment.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MOST_BYTES_OF_A_COMMENT) {
            return comment;
        }
        int end = MOST_BYTES_OF_A_COMMENT;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }
}
