package dev.mastic.bookmarks.publish;

import dev.mastic.bookmarks.StagedOutput;
import dev.mastic.bookmarks.StagedOutput.Evolution;
import dev.mastic.bookmarks.StagedOutput.Format;
import dev.mastic.bookmarks.StagedOutput.Placement;
import dev.mastic.bookmarks.StagedOutput.TableFiles;
import dev.mastic.bookmarks.StagedOutput.TableRegistration;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.ConcurrentModificationException;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.SerDeInfo;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells the catalog about an output of files: database and table are created when they are missing, columns are appended
 * or widened as the output allows, the table or its partitions are moved to new files, partitions are added. Repeating it
 * changes nothing.
 */
final class CatalogRegistration {
    private static final int MOST_RACES = 20;

    private final GlueClient catalog;
    private final PartitionRegistration partitions;

    CatalogRegistration(GlueClient catalog) {
        this.catalog = catalog;
        this.partitions = new PartitionRegistration(catalog);
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
        TableFiles files = files(wanted, output);
        List<String> problems = new ArrayList<>(TableFit.problems(wanted, files, found.get()));
        if (problems.isEmpty()) {
            problems.addAll(partitions.elsewhere(wanted, files, output));
        }
        return problems;
    }

    void register(StagedOutput output) {
        if (output.table().isEmpty()) {
            return;
        }
        TableRegistration wanted = output.table().get();
        TableFiles files = files(wanted, output);
        Table table = createOrUpdate(wanted, files);
        partitions.register(wanted, files, output, table);
    }

    private static TableFiles files(TableRegistration wanted, StagedOutput output) {
        TableFiles told = wanted.files();
        return told == null
                ? new TableFiles(Format.PARQUET, Map.of(), Evolution.ADD, Placement.ADD, output.location(), null)
                : told;
    }

    private Table createOrUpdate(TableRegistration wanted, TableFiles files) {
        for (int race = 1; ; race++) {
            try {
                Optional<Table> found = find(wanted);
                if (found.isEmpty()) {
                    create(wanted, files);
                } else {
                    List<String> problems = TableFit.problems(wanted, files, found.get());
                    if (!problems.isEmpty()) {
                        throw new Publisher.PublicationException(String.join("; ", problems));
                    }
                    Table table = found.get();
                    StorageDescriptor storage = storage(wanted, files, table);
                    Map<String, String> parameters = parameters(wanted, files, table.parameters());
                    if (storage.equals(table.storageDescriptor()) && parameters.equals(table.parameters())) {
                        return table;
                    }
                    update(table, storage, parameters);
                    return table.toBuilder().storageDescriptor(storage).build();
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

    private void create(TableRegistration wanted, TableFiles files) {
        TableStorage storage = TableStorage.of(files.format());
        Map<String, String> parameters = parameters(wanted, files, storage.parameters(files));
        parameters.put("EXTERNAL", "TRUE");
        TableInput input = TableInput.builder()
                .name(wanted.table())
                .tableType("EXTERNAL_TABLE")
                .parameters(parameters)
                .partitionKeys(TableFit.columns(wanted.partitionKeys()))
                .storageDescriptor(storage.descriptor(files, TableFit.columns(wanted.columns())))
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

    /** What the table's storage is to be with the output. */
    private static StorageDescriptor storage(TableRegistration wanted, TableFiles files, Table table) {
        StorageDescriptor present = TableFit.storageOf(table);
        List<Column> columns = TableFit.columns(wanted, files, table);
        TableStorage storage = TableStorage.of(files.format());
        boolean otherFormat = !storage.reads(present.serdeInfo());
        if (files.placement() == Placement.REPLACE_TABLE && otherFormat) {
            return storage.descriptor(files, columns);
        }
        StorageDescriptor.Builder result = present.toBuilder().columns(columns);
        if (files.placement() == Placement.REPLACE_TABLE) {
            result.location(files.location());
        }
        boolean toldOfColumns = files.format() == Format.AVRO || files.format() == Format.JSON;
        if (toldOfColumns && !columns.equals(present.columns())) {
            SerDeInfo before = present.serdeInfo();
            result.serdeInfo(storage.serde(files, columns, before == null ? Map.of() : before.parameters()));
        }
        return result.build();
    }

    private static Map<String, String> parameters(
            TableRegistration wanted, TableFiles files, Map<String, String> present) {
        Map<String, String> parameters = new LinkedHashMap<>(present);
        if (files.placement() == Placement.REPLACE_TABLE) {
            parameters.putAll(TableStorage.of(files.format()).parameters(files));
        }
        if (files.placement() != Placement.ADD && !wanted.partitionKeys().isEmpty()) {
            parameters.put(TableRegistration.VERSIONED_PARTITIONS, "true");
        }
        return parameters;
    }

    private void update(Table table, StorageDescriptor storage, Map<String, String> parameters) {
        TableInput input = TableInput.builder()
                .name(table.name())
                .description(table.description())
                .owner(table.owner())
                .lastAccessTime(table.lastAccessTime())
                .lastAnalyzedTime(table.lastAnalyzedTime())
                .retention(table.retention())
                .storageDescriptor(storage)
                .partitionKeys(table.partitionKeys())
                .viewOriginalText(table.viewOriginalText())
                .viewExpandedText(table.viewExpandedText())
                .tableType(table.tableType())
                .parameters(parameters)
                .targetTable(table.targetTable())
                .build();
        catalog.updateTable(request ->
                request.databaseName(table.databaseName()).tableInput(input).versionId(table.versionId()));
    }
}
