package dev.mastic.crawler.crawl;

import dev.mastic.crawler.classify.FileFormat;
import dev.mastic.crawler.crawl.CrawlerConfiguration.Columns;
import dev.mastic.crawler.infer.ColumnType;
import dev.mastic.crawler.infer.HiveTypes;
import dev.mastic.crawler.infer.InferredColumn;
import dev.mastic.crawler.infer.Widening;
import dev.mastic.crawler.partition.TablePlan;
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

    TableMerge {
        schemaChanges = List.copyOf(schemaChanges);
        notes = List.copyOf(notes);
    }

    /** @param fresh the table as it would be made anew */
    static TableMerge of(Table existing, TablePlan plan, TableInput fresh, Columns policy) {
        TableInput before = input(existing);
        String conflict = conflict(existing, plan, fresh);
        if (!conflict.isEmpty()) {
            return new TableMerge(before, List.of(), false, List.of(), conflict);
        }
        List<String> changes = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        List<Column> columns = columns(existing.storageDescriptor().columns(), plan, policy, changes, notes);
        SerDeInfo serde = serde(existing.storageDescriptor().serdeInfo(), fresh, policy, changes, notes);
        boolean own = Objects.equals(
                existing.parameters().get(TableInputs.UPDATED_BY),
                fresh.parameters().get(TableInputs.UPDATED_BY));
        Map<String, String> parameters = new LinkedHashMap<>(existing.parameters());
        Map<String, String> storageParameters =
                new LinkedHashMap<>(existing.storageDescriptor().parameters());
        boolean statistics = false;
        if (own) {
            statistics = parameters.remove(TableInputs.DEPRECATED) != null;
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

    /** The members of a table that can be written. */
    static TableInput input(Table table) {
        return TableInput.builder()
                .name(table.name())
                .description(table.description())
                .owner(table.owner())
                .lastAccessTime(table.lastAccessTime())
                .lastAnalyzedTime(table.lastAnalyzedTime())
                .retention(table.retention())
                .storageDescriptor(table.storageDescriptor())
                .partitionKeys(table.partitionKeys())
                .viewOriginalText(table.viewOriginalText())
                .viewExpandedText(table.viewExpandedText())
                .tableType(table.tableType())
                .parameters(table.parameters())
                .build();
    }

    private static List<Column> columns(
            List<Column> existing, TablePlan plan, Columns policy, List<String> changes, List<String> notes) {
        Map<String, InferredColumn> found = new LinkedHashMap<>();
        plan.columns().forEach(column -> found.put(column.name(), column));
        List<Column> columns = new ArrayList<>();
        for (Column column : existing) {
            InferredColumn inFiles = found.remove(column.name().toLowerCase(Locale.ROOT));
            if (inFiles == null) {
                notes.add("column " + column.name() + " is in none of the files that were read; it is kept");
                columns.add(column);
            } else {
                columns.add(retyped(column, inFiles, plan.format(), policy, changes, notes));
            }
        }
        for (InferredColumn added : found.values()) {
            changes.add("column " + added.name() + " " + added.type().hive() + " is new");
            columns.add(TableInputs.column(added));
        }
        return columns;
    }

    private static Column retyped(
            Column column,
            InferredColumn inFiles,
            FileFormat format,
            Columns policy,
            List<String> changes,
            List<String> notes) {
        String type = column.type() == null ? "string" : column.type();
        ColumnType existing = HiveTypes.parse(type);
        ColumnType joined = Widening.join(existing, inFiles.type());
        if (joined.hive().equals(existing.hive())) {
            return column;
        }
        String difference = "column " + column.name() + " is " + type + ", the files have "
                + inFiles.type().hive() + " (" + inFiles.why() + ")";
        if (!type.equals(column.parameters().get(TableInputs.INFERRED_TYPE))) {
            notes.add(difference + "; its type was not given by a crawler and is kept");
            return column;
        } else if (policy == Columns.MERGE_NEW) {
            notes.add(difference + "; MergeNewColumns keeps its type");
            return column;
        } else if (format.fixedTypes()
                && !(Widening.readableAs(existing, joined) && Widening.readableAs(inFiles.type(), joined))) {
            notes.add(difference + "; no type reads both, so the table keeps its own: rewrite the files that differ");
            return column;
        }
        changes.add("column " + column.name() + " " + type + " becomes " + joined.hive() + ": " + inFiles.why());
        Column fresh = TableInputs.column(inFiles.withType(joined, inFiles.why()));
        Map<String, String> parameters = new LinkedHashMap<>(column.parameters());
        parameters.putAll(fresh.parameters());
        return column.toBuilder().type(joined.hive()).parameters(parameters).build();
    }

    private static SerDeInfo serde(
            SerDeInfo existing, TableInput fresh, Columns policy, List<String> changes, List<String> notes) {
        SerDeInfo wanted = fresh.storageDescriptor().serdeInfo();
        String library = String.valueOf(existing.serializationLibrary());
        if (library.equals(TableInputs.LAZY_SIMPLE)
                && wanted.serializationLibrary().equals(TableInputs.OPEN_CSV)) {
            if (policy == Columns.MERGE_NEW) {
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

    private static String conflict(Table existing, TablePlan plan, TableInput fresh) {
        StorageDescriptor storage = existing.storageDescriptor();
        if (storage == null || storage.serdeInfo() == null) {
            return "it has no storage descriptor or SerDe, as views have none";
        }
        List<String> keys = existing.partitionKeys().stream()
                .map(key -> key.name().toLowerCase(Locale.ROOT))
                .toList();
        if (!keys.equals(plan.partitionKeys())) {
            return "it is partitioned by " + keys + ", the folders give " + plan.partitionKeys();
        }
        String library = String.valueOf(storage.serdeInfo().serializationLibrary());
        String wanted = fresh.storageDescriptor().serdeInfo().serializationLibrary();
        if (!kind(library).equals(kind(wanted))) {
            return "its SerDe is " + library + ", the files are " + plan.format();
        }
        if (plan.format() instanceof FileFormat.Csv csv) {
            String delimiter = existing.parameters().getOrDefault("delimiter", String.valueOf(csv.delimiter()));
            boolean header = !existing.parameters()
                    .getOrDefault("skip.header.line.count", "0")
                    .equals("0");
            if (!delimiter.equals(String.valueOf(csv.delimiter())) || header != csv.header()) {
                return "its delimiter is '" + delimiter + "' " + (header ? "with" : "without")
                        + " header, the files are " + plan.format();
            }
        }
        return "";
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
