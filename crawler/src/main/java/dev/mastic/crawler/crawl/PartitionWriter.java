package dev.mastic.crawler.crawl;

import dev.mastic.crawler.partition.TablePlan;
import dev.mastic.crawler.partition.TablePlan.PartitionPlan;
import dev.mastic.crawler.source.Cancellation;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.BatchDeletePartitionResponse;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionFailureEntry;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequestEntry;
import software.amazon.awssdk.services.glue.model.DeleteBehavior;
import software.amazon.awssdk.services.glue.model.GetPartitionsRequest;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionError;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.PartitionValueList;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Writes the partitions of one table. Partitions always carry the table's own columns and SerDe: engines refuse
 * partitions whose types are not the table's.
 */
final class PartitionWriter {
    private static final int CREATE_BATCH = 100;
    private static final int UPDATE_BATCH = 100;
    private static final int DELETE_BATCH = 25;
    private static final int ERRORS_SHOWN = 3;

    private final GlueClient catalog;
    private final Cancellation cancellation;
    private final String database;

    PartitionWriter(GlueClient catalog, Cancellation cancellation, String database) {
        this.catalog = catalog;
        this.cancellation = cancellation;
        this.database = database;
    }

    /** What was written. */
    record Written(long created, long updated, long deleted, List<String> notes) {
        /** Nothing. */
        static final Written NOTHING = new Written(0, 0, 0, List.of());

        Written {
            notes = List.copyOf(notes);
        }
    }

    /**
     * Brings a table's partitions to what was found.
     *
     * @param table as the catalog has it
     * @throws CrawlFailure when the catalog refuses some of them
     */
    Written write(TableInput table, TablePlan plan, DeleteBehavior deleteBehavior) {
        if (plan.partitionKeys().isEmpty()) {
            return Written.NOTHING;
        }
        Map<List<String>, Partition> existing = existing(table.name());
        String hash = columnsHash(table.storageDescriptor());
        List<PartitionInput> created = new ArrayList<>();
        List<PartitionInput> updated = new ArrayList<>();
        for (PartitionPlan found : plan.partitions()) {
            Partition partition = existing.remove(found.values());
            if (partition == null) {
                created.add(input(table, found, hash, Map.of()));
            } else {
                PartitionInput fresh = input(table, found, hash, partition.parameters());
                if (!fresh.parameters().equals(partition.parameters()) || !sameLocation(partition, fresh)) {
                    updated.add(fresh);
                }
            }
        }
        create(table.name(), created);
        update(table.name(), updated);
        List<List<String>> gone = existing.values().stream()
                .filter(partition -> liesIn(partition, plan.location()))
                .map(Partition::values)
                .toList();
        List<String> notes = new ArrayList<>();
        long deleted = 0;
        if (!gone.isEmpty() && deleteBehavior == DeleteBehavior.DELETE_FROM_DATABASE) {
            delete(table.name(), gone);
            deleted = gone.size();
        } else if (!gone.isEmpty()) {
            notes.add(gone.size() + " partitions have no files any more and are kept, " + gone.get(0)
                    + " for instance; DELETE_FROM_DATABASE would delete them");
        }
        return new Written(created.size(), updated.size(), deleted, notes);
    }

    private Map<List<String>, Partition> existing(String table) {
        Map<List<String>, Partition> partitions = new LinkedHashMap<>();
        catalog
                .getPartitionsPaginator(GetPartitionsRequest.builder()
                        .databaseName(database)
                        .tableName(table)
                        .excludeColumnSchema(true)
                        .build())
                .stream()
                .forEach(page -> {
                    cancellation.check();
                    page.partitions().forEach(partition -> partitions.put(partition.values(), partition));
                });
        return partitions;
    }

    private static PartitionInput input(
            TableInput table, PartitionPlan found, String hash, Map<String, String> parameters) {
        Map<String, String> all = new LinkedHashMap<>(parameters);
        all.putAll(TableInputs.statistics(found.stats()));
        all.put(TableInputs.COLUMNS_HASH, hash);
        return PartitionInput.builder()
                .values(found.values())
                .parameters(all)
                .storageDescriptor(table.storageDescriptor().toBuilder()
                        .location(found.location())
                        .build())
                .build();
    }

    /** Tells whether a partition still has the table's columns and SerDe, also after a crawl that was cut off. */
    private static String columnsHash(StorageDescriptor storage) {
        StringBuilder text = new StringBuilder();
        storage.columns()
                .forEach(column -> text.append(column.name())
                        .append(' ')
                        .append(column.type())
                        .append(','));
        text.append(storage.serdeInfo().serializationLibrary());
        text.append(new java.util.TreeMap<>(storage.serdeInfo().parameters()));
        return Integer.toHexString(text.toString().hashCode());
    }

    private static boolean sameLocation(Partition partition, PartitionInput fresh) {
        return partition.storageDescriptor() != null
                && Objects.equals(
                        partition.storageDescriptor().location(),
                        fresh.storageDescriptor().location());
    }

    /** Partitions that were registered elsewhere by hand are not ours to miss. */
    private static boolean liesIn(Partition partition, String location) {
        return partition.storageDescriptor() != null
                && String.valueOf(partition.storageDescriptor().location()).startsWith(location);
    }

    private void create(String table, List<PartitionInput> partitions) {
        for (List<PartitionInput> batch : batches(partitions, CREATE_BATCH)) {
            List<PartitionError> errors = catalog.batchCreatePartition(request ->
                            request.databaseName(database).tableName(table).partitionInputList(batch))
                    .errors();
            // A job may have registered the partition meanwhile: that is what we wanted.
            refuse(
                    table,
                    "created",
                    errors.stream()
                            .filter(error -> !"AlreadyExistsException"
                                    .equals(error.errorDetail().errorCode()))
                            .toList());
        }
    }

    private void update(String table, List<PartitionInput> partitions) {
        for (List<PartitionInput> batch : batches(partitions, UPDATE_BATCH)) {
            List<BatchUpdatePartitionRequestEntry> entries = batch.stream()
                    .map(partition -> BatchUpdatePartitionRequestEntry.builder()
                            .partitionValueList(partition.values())
                            .partitionInput(partition)
                            .build())
                    .toList();
            List<BatchUpdatePartitionFailureEntry> errors = catalog.batchUpdatePartition(request ->
                            request.databaseName(database).tableName(table).entries(entries))
                    .errors();
            refuse(
                    table,
                    "updated",
                    errors.stream()
                            .map(error -> PartitionError.builder()
                                    .partitionValues(error.partitionValueList())
                                    .errorDetail(error.errorDetail())
                                    .build())
                            .toList());
        }
    }

    private void delete(String table, List<List<String>> values) {
        for (List<List<String>> batch : batches(values, DELETE_BATCH)) {
            BatchDeletePartitionResponse response = catalog.batchDeletePartition(request -> request.databaseName(
                            database)
                    .tableName(table)
                    .partitionsToDelete(batch.stream()
                            .map(value ->
                                    PartitionValueList.builder().values(value).build())
                            .toList()));
            refuse(
                    table,
                    "deleted",
                    response.errors().stream()
                            .filter(error -> !"EntityNotFoundException"
                                    .equals(error.errorDetail().errorCode()))
                            .toList());
        }
    }

    private <T> List<List<T>> batches(List<T> items, int size) {
        List<List<T>> batches = new ArrayList<>();
        for (int i = 0; i < items.size(); i += size) {
            cancellation.check();
            batches.add(items.subList(i, Math.min(items.size(), i + size)));
        }
        return batches;
    }

    private void refuse(String table, String verb, List<PartitionError> errors) {
        if (!errors.isEmpty()) {
            StringBuilder text = new StringBuilder();
            errors.stream()
                    .limit(ERRORS_SHOWN)
                    .forEach(error -> text.append("; ")
                            .append(error.partitionValues())
                            .append(": ")
                            .append(error.errorDetail().errorMessage()));
            throw new CrawlFailure(
                    errors.size() + " partitions of " + database + "." + table + " cannot be " + verb + text);
        }
    }
}
