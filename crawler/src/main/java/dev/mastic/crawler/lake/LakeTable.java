package dev.mastic.crawler.lake;

import dev.mastic.crawler.find.Evidence;
import dev.mastic.crawler.find.FoundPartition;
import dev.mastic.crawler.find.FoundTable;
import dev.mastic.crawler.find.Schema;
import dev.mastic.crawler.infer.ColumnType;
import dev.mastic.crawler.partition.Stats;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.SerDeInfo;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a table's own metadata says of it.
 *
 * @param format for people
 * @param partitionKeys of the catalog; empty where the table's log has them
 * @param serde null where engines go by the parameters alone
 * @param reason what it was read from
 */
record LakeTable(
        String format,
        List<Field> columns,
        List<Field> partitionKeys,
        List<FoundPartition> partitions,
        Map<String, String> parameters,
        @Nullable Serde serde,
        Stats stats,
        String reason) {

    /** A column. */
    record Field(String name, ColumnType type, String comment, Map<String, String> parameters) {
        Field(String name, ColumnType type) {
            this(name, type, "", Map.of());
        }
    }

    /** Classes by which Hive's readers find the files. */
    record Serde(String library, String inputFormat, String outputFormat, Map<String, String> parameters) {}

    FoundTable found(LakeFiles files, String location) {
        StorageDescriptor.Builder storage = StorageDescriptor.builder()
                .columns(glue(columns))
                .location(location)
                .compressed(false)
                .numberOfBuckets(-1)
                .bucketColumns(List.of())
                .sortColumns(List.of())
                .parameters(parameters)
                .storedAsSubDirectories(false);
        if (serde != null) {
            storage.inputFormat(serde.inputFormat())
                    .outputFormat(serde.outputFormat())
                    .serdeInfo(SerDeInfo.builder()
                            .serializationLibrary(serde.library())
                            .parameters(serde.parameters())
                            .build());
        }
        Map<String, String> why = new LinkedHashMap<>();
        columns.forEach(column -> why.put(column.name().toLowerCase(Locale.ROOT), reason));
        return new FoundTable(
                files.name(),
                location,
                format,
                TableInput.builder()
                        .tableType("EXTERNAL_TABLE")
                        .parameters(parameters)
                        .partitionKeys(glue(partitionKeys))
                        .storageDescriptor(storage.build())
                        .build(),
                why,
                partitions,
                stats,
                Schema.DECLARED,
                Evidence.declared(reason));
    }

    /** Names in lower case, as catalogs keep them; of two that differ in case alone the first. */
    private static List<Column> glue(List<Field> fields) {
        List<Column> columns = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (Field field : fields) {
            String name = field.name().toLowerCase(Locale.ROOT);
            if (taken.add(name)) {
                Column.Builder column =
                        Column.builder().name(name).type(field.type().hive()).parameters(field.parameters());
                if (!field.comment().isEmpty()) {
                    column.comment(field.comment());
                }
                columns.add(column.build());
            }
        }
        return columns;
    }
}
