package dev.mastic.bookmarks.publish;

import dev.mastic.bookmarks.StagedOutput;
import dev.mastic.bookmarks.StagedOutput.TableRegistration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.ConcurrentModificationException;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.PartitionError;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.PartitionValueList;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Tells the catalog about an output of Parquet files: database and table are created when they are missing, new columns
 * are appended, partitions are added. Repeating it changes nothing.
 */
final class CatalogRegistration {
    private static final int MOST_PARTITIONS_OF_A_REQUEST = 100;
    private static final int MOST_PARTITIONS_TO_GET = 1000;
    private static final int MOST_RACES = 20;

    private final GlueClient catalog;

    CatalogRegistration(GlueClient catalog) {
        this.catalog = catalog;
    }

    List<String> problems(StagedOutput output) {
        if (output.table().isEmpty()) {
            return List.of();
        }
        TableRegistration wanted = output.table().get();
        Optional<Table> found = find(wanted);
        if (found.isEmpty()) {
            return List.of();
        }
        List<String> problems = new ArrayList<>(problems(wanted, output.location(), found.get()));
        if (problems.isEmpty()) {
            problems.addAll(partitionsElsewhere(wanted, output));
        }
        return problems;
    }

    /** A partition that is registered at another place would hide the rows that this output adds. */
    private List<String> partitionsElsewhere(TableRegistration wanted, StagedOutput output) {
        Map<List<String>, String> locations = locations(output);
        if (wanted.partitionKeys().isEmpty() || locations.isEmpty()) {
            return List.of();
        }
        List<String> problems = new ArrayList<>();
        List<List<String>> values = List.copyOf(locations.keySet());
        for (int from = 0; from < values.size(); from += MOST_PARTITIONS_TO_GET) {
            List<PartitionValueList> batch =
                    values.subList(from, Math.min(values.size(), from + MOST_PARTITIONS_TO_GET)).stream()
                            .map(key -> PartitionValueList.builder().values(key).build())
                            .toList();
            catalog.batchGetPartition(request -> request.databaseName(wanted.database())
                            .tableName(wanted.table())
                            .partitionsToGet(batch))
                    .partitions()
                    .forEach(partition -> {
                        String registered = partition.storageDescriptor() == null
                                ? null
                                : partition.storageDescriptor().location();
                        String location = locations.get(partition.values());
                        if (registered != null
                                && location != null
                                && !folder(registered).equals(folder(location))) {
                            problems.add("Partition " + partition.values() + " of table " + wanted.database() + "."
                                    + wanted.table() + " is at " + registered + ", and the output at " + location
                                    + ": drop or move the partition, or register another table");
                        }
                    });
        }
        return problems;
    }

    private static Map<List<String>, String> locations(StagedOutput output) {
        Map<List<String>, String> locations = new LinkedHashMap<>();
        output.uploads()
                .forEach(upload -> locations.putIfAbsent(
                        upload.partitionValues(),
                        "s3://" + upload.bucket() + "/"
                                + upload.key().substring(0, upload.key().lastIndexOf('/') + 1)));
        return locations;
    }

    private static List<String> problems(TableRegistration wanted, String location, Table table) {
        List<String> problems = new ArrayList<>();
        String name = wanted.database() + "." + wanted.table();
        StorageDescriptor storage = storageOf(table);
        if (storage.location() != null && !folder(storage.location()).equals(folder(location))) {
            problems.add("Table " + name + " is at " + storage.location() + ", and the output " + location
                    + " is elsewhere: write to the table's location, or register another table");
        }
        List<String> keys =
                table.partitionKeys().stream().map(key -> fold(key.name())).toList();
        List<String> wantedKeys =
                wanted.partitionKeys().stream().map(key -> fold(key.name())).toList();
        if (!keys.equals(wantedKeys)) {
            problems.add("Table " + name + " is partitioned by " + keys + ", and the output by " + wantedKeys
                    + ": partition alike, or register another table");
        }
        Map<String, String> types = new LinkedHashMap<>();
        storage.columns().forEach(column -> types.put(fold(column.name()), type(column.type())));
        for (StagedOutput.Column column : wanted.columns()) {
            String type = types.get(fold(column.name()));
            if (type != null && !type.equals(type(column.type()))) {
                problems.add("Column " + column.name() + " of table " + name + " is " + type + ", and the output's is "
                        + column.type() + ": cast it, or register another table");
            }
        }
        return problems;
    }

    void register(StagedOutput output) {
        if (output.table().isEmpty()) {
            return;
        }
        TableRegistration wanted = output.table().get();
        Table table = createOrExtend(wanted, output.location());
        addPartitions(wanted, output, table);
    }

    private Table createOrExtend(TableRegistration wanted, String location) {
        for (int race = 1; ; race++) {
            try {
                Optional<Table> found = find(wanted);
                if (found.isEmpty()) {
                    create(wanted, location);
                } else {
                    List<String> problems = problems(wanted, location, found.get());
                    if (!problems.isEmpty()) {
                        throw new Publisher.PublicationException(String.join("; ", problems));
                    }
                    List<Column> added = missing(wanted, found.get());
                    if (added.isEmpty()) {
                        return found.get();
                    }
                    append(found.get(), added);
                }
            } catch (AlreadyExistsException | ConcurrentModificationException e) {
                // Another writer was faster: look again at what is there now.
                if (race >= MOST_RACES) {
                    throw e;
                }
            }
        }
    }

    private Optional<Table> find(TableRegistration wanted) {
        try {
            return Optional.of(catalog.getTable(
                            request -> request.databaseName(wanted.database()).name(wanted.table()))
                    .table());
        } catch (EntityNotFoundException e) {
            return Optional.empty();
        }
    }

    private void create(TableRegistration wanted, String location) {
        TableInput input = TableInput.builder()
                .name(wanted.table())
                .tableType("EXTERNAL_TABLE")
                .parameters(Map.of("classification", "parquet", "typeOfData", "file", "EXTERNAL", "TRUE"))
                .partitionKeys(columns(wanted.partitionKeys()))
                .storageDescriptor(parquetAt(location, columns(wanted.columns())))
                .build();
        try {
            catalog.createTable(
                    request -> request.databaseName(wanted.database()).tableInput(input));
        } catch (EntityNotFoundException e) {
            catalog.createDatabase(request -> request.databaseInput(database -> database.name(wanted.database())));
            catalog.createTable(
                    request -> request.databaseName(wanted.database()).tableInput(input));
        }
    }

    private static List<Column> missing(TableRegistration wanted, Table table) {
        List<String> known = storageOf(table).columns().stream()
                .map(column -> fold(column.name()))
                .toList();
        return columns(wanted.columns().stream()
                .filter(column -> !known.contains(fold(column.name())))
                .toList());
    }

    private void append(Table table, List<Column> added) {
        List<Column> columns = new ArrayList<>(storageOf(table).columns());
        columns.addAll(added);
        TableInput input = TableInput.builder()
                .name(table.name())
                .description(table.description())
                .owner(table.owner())
                .lastAccessTime(table.lastAccessTime())
                .lastAnalyzedTime(table.lastAnalyzedTime())
                .retention(table.retention())
                .storageDescriptor(storageOf(table).toBuilder().columns(columns).build())
                .partitionKeys(table.partitionKeys())
                .viewOriginalText(table.viewOriginalText())
                .viewExpandedText(table.viewExpandedText())
                .tableType(table.tableType())
                .parameters(table.parameters())
                .targetTable(table.targetTable())
                .build();
        catalog.updateTable(request ->
                request.databaseName(table.databaseName()).tableInput(input).versionId(table.versionId()));
    }

    private void addPartitions(TableRegistration wanted, StagedOutput output, Table table) {
        if (wanted.partitionKeys().isEmpty()) {
            return;
        }
        List<PartitionInput> inputs = new ArrayList<>();
        locations(output)
                .forEach((values, location) -> inputs.add(PartitionInput.builder()
                        .values(values)
                        .storageDescriptor(
                                storageOf(table).toBuilder().location(location).build())
                        .parameters(Map.of("classification", "parquet", "typeOfData", "file"))
                        .build()));
        for (int from = 0; from < inputs.size(); from += MOST_PARTITIONS_OF_A_REQUEST) {
            List<PartitionInput> batch =
                    inputs.subList(from, Math.min(inputs.size(), from + MOST_PARTITIONS_OF_A_REQUEST));
            List<PartitionError> errors = catalog.batchCreatePartition(
                            request -> request.databaseName(wanted.database())
                                    .tableName(wanted.table())
                                    .partitionInputList(batch))
                    .errors();
            errors.stream()
                    .filter(error -> !error.errorDetail().errorCode().equals("AlreadyExistsException"))
                    .findFirst()
                    .ifPresent(error -> {
                        throw new Publisher.PublicationException("Partition " + error.partitionValues() + " of table "
                                + wanted.database() + "." + wanted.table() + " could not be added: "
                                + error.errorDetail().errorCode() + ": "
                                + error.errorDetail().errorMessage());
                    });
        }
    }

    private static StorageDescriptor parquetAt(String location, List<Column> columns) {
        return StorageDescriptor.builder()
                .location(location)
                .columns(columns)
                .inputFormat("org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat")
                .outputFormat("org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat")
                .serdeInfo(serde -> serde.serializationLibrary(
                                "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe")
                        .parameters(Map.of("serialization.format", "1")))
                .compressed(false)
                .numberOfBuckets(-1)
                .storedAsSubDirectories(false)
                .build();
    }

    private static StorageDescriptor storageOf(Table table) {
        return table.storageDescriptor() == null ? StorageDescriptor.builder().build() : table.storageDescriptor();
    }

    private static List<Column> columns(List<StagedOutput.Column> columns) {
        return columns.stream()
                .map(column ->
                        Column.builder().name(column.name()).type(column.type()).build())
                .toList();
    }

    /** The catalog keeps names in lower case. */
    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** One name for each type that Spark does not tell from others; a column without a type is a string. */
    private static String type(@Nullable String type) {
        if (type == null) {
            return "string";
        }
        String name = type.toLowerCase(Locale.ROOT).replace(" ", "");
        return switch (name) {
            case "integer" -> "int";
            case "long" -> "bigint";
            case "short" -> "smallint";
            case "byte" -> "tinyint";
            case "decimal", "numeric" -> "decimal(10,0)";
            default -> name.matches("(var)?char\\([0-9]+\\)") ? "string" : name;
        };
    }

    private static String folder(String location) {
        String withoutScheme = location.replaceFirst("^s3[an]?://", "");
        return withoutScheme.endsWith("/") ? withoutScheme : withoutScheme + "/";
    }
}
