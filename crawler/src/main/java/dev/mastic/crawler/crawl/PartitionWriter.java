package dev.mastic.crawler.crawl;

import dev.mastic.crawler.find.FoundPartition;
import dev.mastic.crawler.plan.PartitionChanges;
import dev.mastic.crawler.plan.PartitionChanges.Existing;
import dev.mastic.crawler.source.Cancellation;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.BatchDeletePartitionResponse;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionFailureEntry;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequestEntry;
import software.amazon.awssdk.services.glue.model.PartitionError;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.PartitionValueList;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

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
    private final CrawlCounts counts;

    PartitionWriter(GlueClient catalog, Cancellation cancellation, String database, CrawlCounts counts) {
        this.catalog = catalog;
        this.cancellation = cancellation;
        this.database = database;
        this.counts = counts;
    }

    /**
     * Brings a table's partitions to what was planned. Each batch is written whole or not at all; whoever reads meanwhile
     * sees those that are there.
     *
     * @param table as the catalog has it
     * @throws CrawlFailure when the catalog refuses some of them
     */
    void write(TableInput table, PartitionChanges changes) {
        String hash = PartitionChanges.columnsHash(table.storageDescriptor());
        for (List<FoundPartition> batch : batches(changes.created(), CREATE_BATCH)) {
            create(
                    table.name(),
                    batch.stream()
                            .map(found -> input(
                                    table, found.values(), found.location(), PartitionChanges.parameters(found, hash)))
                            .toList());
            counts.partitionsCreated += batch.size();
        }
        for (List<Existing> batch : batches(changes.updated(), UPDATE_BATCH)) {
            update(table, batch);
            counts.partitionsUpdated += batch.size();
        }
        for (List<Existing> batch : batches(changes.deprecated(), UPDATE_BATCH)) {
            update(table, batch);
            counts.partitionsUpdated += batch.size();
        }
        for (List<List<String>> batch : batches(changes.deleted(), DELETE_BATCH)) {
            delete(table.name(), batch);
            counts.partitionsDeleted += batch.size();
        }
    }

    private static PartitionInput input(
            TableInput table, List<String> values, String location, Map<String, String> parameters) {
        return PartitionInput.builder()
                .values(values)
                .parameters(parameters)
                .storageDescriptor(
                        table.storageDescriptor().toBuilder().location(location).build())
                .build();
    }

    private void create(String table, List<PartitionInput> batch) {
        List<PartitionError> errors = catalog.batchCreatePartition(request ->
                        request.databaseName(database).tableName(table).partitionInputList(batch))
                .errors();
        // A job may have registered the partition meanwhile: that is what we wanted.
        refuse(table, "created", errors, "AlreadyExistsException");
    }

    private void update(TableInput table, List<Existing> batch) {
        List<BatchUpdatePartitionRequestEntry> entries = batch.stream()
                .map(partition -> BatchUpdatePartitionRequestEntry.builder()
                        .partitionValueList(partition.values())
                        .partitionInput(input(table, partition.values(), partition.location(), partition.parameters()))
                        .build())
                .toList();
        List<BatchUpdatePartitionFailureEntry> errors = catalog.batchUpdatePartition(request ->
                        request.databaseName(database).tableName(table.name()).entries(entries))
                .errors();
        // Deleted by somebody meanwhile: the next crawl makes it anew if its files are there.
        refuse(
                table.name(),
                "updated",
                errors.stream()
                        .map(error -> PartitionError.builder()
                                .partitionValues(error.partitionValueList())
                                .errorDetail(error.errorDetail())
                                .build())
                        .toList(),
                "EntityNotFoundException");
    }

    private void delete(String table, List<List<String>> batch) {
        BatchDeletePartitionResponse response = catalog.batchDeletePartition(request -> request.databaseName(database)
                .tableName(table)
                .partitionsToDelete(batch.stream()
                        .map(value -> PartitionValueList.builder().values(value).build())
                        .toList()));
        refuse(table, "deleted", response.errors(), "EntityNotFoundException");
    }

    private <T> Iterable<List<T>> batches(List<T> items, int size) {
        return () -> new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < items.size();
            }

            @Override
            public List<T> next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                cancellation.check();
                int from = next;
                next = Math.min(items.size(), from + size);
                return items.subList(from, next);
            }
        };
    }

    /** @param harmless code of the error that says that it is so already */
    private void refuse(String table, String verb, List<PartitionError> all, String harmless) {
        List<PartitionError> errors = all.stream()
                .filter(error -> !harmless.equals(error.errorDetail().errorCode()))
                .toList();
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
