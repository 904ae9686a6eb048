package dev.mastic.crawler.plan;

import dev.mastic.crawler.find.FoundTable;
import dev.mastic.crawler.find.Schema;
import dev.mastic.crawler.infer.ColumnType;
import dev.mastic.crawler.infer.HiveTypes;
import dev.mastic.crawler.infer.Widening;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.SerDeInfo;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A table that is there, and what the files say now. Columns are never dropped and types never narrowed; a type that a
 * person gave is kept.
 *
 * @param input the table as it should become
 * @param schemaChanges changes of columns and SerDe
 * @param statisticsChanged whether counts or sizes changed
 * @param notes what was seen and left alone
 * @param conflict why the files do not fit the table at all; empty when they do
 */
record TableMerge(
        TableInput input, List<String> schemaChanges, boolean statisticsChanged, List<String> notes, String conflict) {

    private static final String LAZY_SIMPLE = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe";
    private static final String OPEN_CSV = "org.apache.hadoop.hive.serde2.OpenCSVSerde";

    TableMerge {
        schemaChanges = List.copyOf(schemaChanges);
        notes = List.copyOf(notes);
    }

    /** @param fresh the table as it would be made anew */
    static TableMerge of(Table existing, FoundTable found, TableInput fresh, ColumnUpdates policy) {
        TableInput before = CatalogTables.input(existing);
        String conflict = conflict(existing, found, fresh);
        if (!conflict.isEmpty()) {
            return new TableMerge(before, List.of(), false, List.of(), conflict);
        }
        List<String> changes = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        List<Column> columns = columns(existing.storageDescriptor().columns(), found, fresh, policy, changes, notes);
        SerDeInfo serde = serde(existing.storageDescriptor().serdeInfo(), fresh, policy, changes, notes);
        boolean own = Objects.equals(
                existing.parameters().get(Marks.UPDATED_BY), fresh.parameters().get(Marks.UPDATED_BY));
        Map<String, String> parameters = new LinkedHashMap<>(existing.parameters());
        Map<String, String> storageParameters =
                new LinkedHashMap<>(existing.storageDescriptor().parameters());
        boolean statistics = false;
        if (own) {
            statistics = parameters.remove(Marks.DEPRECATED) != null;
            for (String name : List.of("recordCount", "averageRecordSize", "objectCount", "sizeKey", "exclusions")) {
                String value = fresh.parameters().get(name);
                statistics |= !Objects.equals(parameters.get(name), value);
            }
            if (statistics || !changes.isEmpty()) {
                parameters.remove("exclusions");
                parameters.putAll(fresh.parameters());
                storageParameters.remove("exclusions");
                storageParameters.putAll(fresh.parameters());
            }
        }
        TableInput after = before.toBuilder()
                .parameters(parameters)
                .storageDescriptor(existing.storageDescriptor().toBuilder()
                        .columns(columns)
                        .serdeInfo(serde)
                        .parameters(storageParameters)
                        .build())
                .build();
        return new TableMerge(after, changes, statistics, notes, "");
    }

    private static List<Column> columns(
            List<Column> existing,
            FoundTable found,
            TableInput fresh,
            ColumnUpdates policy,
            List<String> changes,
            List<String> notes) {
        Map<String, Column> inFiles = new LinkedHashMap<>();
        fresh.storageDescriptor().columns().forEach(column -> inFiles.put(column.name(), column));
        List<Column> columns = new ArrayList<>();
        for (Column column : existing) {
            Column now = inFiles.remove(column.name().toLowerCase(Locale.ROOT));
            if (now == null
                    && found.schema() == Schema.DECLARED
                    && policy == ColumnUpdates.UPDATE
                    && column.parameters().containsKey(Marks.INFERRED_TYPE)) {
                changes.add("column " + column.name() + " is gone");
            } else if (now == null) {
                notes.add("column " + column.name() + " is in none of the files that were read; it is kept");
                columns.add(column);
            } else {
                columns.add(retyped(column, now, found, policy, changes, notes));
            }
        }
        for (Column added : inFiles.values()) {
            changes.add("column " + added.name() + " " + added.type() + " is new");
            columns.add(added);
        }
        return columns;
    }

    private static Column retyped(
            Column column,
            Column now,
            FoundTable found,
            ColumnUpdates policy,
            List<String> changes,
            List<String> notes) {
        String type = column.type() == null ? "string" : column.type();
        String why = found.whyColumns().getOrDefault(now.name(), "");
        ColumnType existing = HiveTypes.parse(type);
        ColumnType inFiles = HiveTypes.parse(now.type());
        ColumnType joined = found.schema() == Schema.DECLARED ? inFiles : Widening.join(existing, inFiles);
        if (joined.hive().equals(existing.hive())) {
            return column;
        }
        String difference =
                "column " + column.name() + " is " + type + ", the files have " + inFiles.hive() + " (" + why + ")";
        if (!type.equals(column.parameters().get(Marks.INFERRED_TYPE))) {
            notes.add(difference + "; its type was not given by a crawler and is kept");
            return column;
        } else if (policy == ColumnUpdates.MERGE_NEW) {
            notes.add(difference + "; MergeNewColumns keeps its type");
            return column;
        } else if (found.schema() == Schema.TYPED
                && !(Widening.readableAs(existing, joined) && Widening.readableAs(inFiles, joined))) {
            notes.add(difference + "; no type reads both, so the table keeps its own: rewrite the files that differ");
            return column;
        }
        changes.add("column " + column.name() + " " + type + " becomes " + joined.hive() + ": " + why);
        Map<String, String> parameters = new LinkedHashMap<>(column.parameters());
        parameters.putAll(now.parameters());
        return FreshTable.retyped(column.toBuilder().parameters(parameters).build(), joined.hive());
    }

    private static @Nullable SerDeInfo serde(
            @Nullable SerDeInfo existing,
            TableInput fresh,
            ColumnUpdates policy,
            List<String> changes,
            List<String> notes) {
        SerDeInfo wanted = fresh.storageDescriptor().serdeInfo();
        if (existing == null || wanted == null) {
            return existing;
        }
        String library = String.valueOf(existing.serializationLibrary());
        if (library.equals(LAZY_SIMPLE) && wanted.serializationLibrary().equals(OPEN_CSV)) {
            if (policy == ColumnUpdates.MERGE_NEW) {
                notes.add("values in quotes came; LazySimpleSerDe does not understand them, MergeNewColumns keeps it");
                return existing;
            }
            changes.add("values in quotes came: LazySimpleSerDe becomes OpenCSVSerDe");
            return wanted;
        }
        if (!library.equals(wanted.serializationLibrary())) {
            return existing;
        }
        Map<String, String> parameters = new LinkedHashMap<>(existing.parameters());
        wanted.parameters().forEach((name, value) -> {
            boolean ours = name.equals("paths") || name.startsWith("mapping.");
            if (!parameters.containsKey(name) || (ours && !value.equals(parameters.get(name)))) {
                parameters.put(name, value);
                if (!ours) {
                    changes.add("SerDe parameter " + name + " becomes '" + value + "'");
                }
            }
        });
        return existing.toBuilder().parameters(parameters).build();
    }

    private static String conflict(Table existing, FoundTable found, TableInput fresh) {
        StorageDescriptor storage = existing.storageDescriptor();
        StorageDescriptor wanted = fresh.storageDescriptor();
        if (storage == null || (storage.serdeInfo() == null && wanted.serdeInfo() != null)) {
            return "it has no storage descriptor or SerDe, as views have none";
        }
        List<String> keys = names(existing.partitionKeys());
        List<String> keysNow = names(fresh.partitionKeys());
        if (!keys.equals(keysNow)) {
            return "it is partitioned by " + keys + ", the folders give " + keysNow;
        }
        String library = library(storage.serdeInfo());
        if (!kind(library).equals(kind(library(wanted.serdeInfo())))) {
            return "its SerDe is " + library + ", the files are " + found.format();
        }
        String delimiterNow = fresh.parameters().get("delimiter");
        if (delimiterNow != null) {
            String delimiter = existing.parameters().getOrDefault("delimiter", delimiterNow);
            boolean header = header(existing.parameters());
            if (!delimiter.equals(delimiterNow) || header != header(fresh.parameters())) {
                return "its delimiter is '" + delimiter + "' " + (header ? "with" : "without")
                        + " header, the files are " + found.format();
            }
        }
        return "";
    }

    private static List<String> names(List<Column> columns) {
        return columns.stream()
                .map(column -> column.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static boolean header(Map<String, String> parameters) {
        return !parameters.getOrDefault("skip.header.line.count", "0").equals("0");
    }

    private static String library(@Nullable SerDeInfo serde) {
        return serde == null ? "" : String.valueOf(serde.serializationLibrary());
    }

    private static String kind(String serde) {
        String lower = serde.toLowerCase(Locale.ROOT);
        if (lower.contains("parquet")) {
            return "parquet";
        } else if (lower.contains("json")) {
            return "json";
        }
        return lower.contains("csv") || lower.contains("lazysimple") ? "csv" : lower;
    }
}
