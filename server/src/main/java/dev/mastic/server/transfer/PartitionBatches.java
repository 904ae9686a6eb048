package dev.mastic.server.transfer;

import dev.mastic.server.transfer.Tally.Fate;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionFailureEntry;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequestEntry;
import software.amazon.awssdk.services.glue.model.CreatePartitionRequest;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.ErrorDetail;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.PartitionError;
import software.amazon.awssdk.services.glue.model.PartitionInput;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Makes partitions, up to a hundred of one table in a request. For one thread. */
final class PartitionBatches {
    private final GlueClient glue;
    private final IfExists ifExists;
    private final Tally tally;

    PartitionBatches(GlueClient glue, IfExists ifExists, Tally tally) {
        this.glue = glue;
        this.ifExists = ifExists;
        this.tally = tally;
    }

    /**
     * Makes them.
     *
     * @param batch up to a hundred of one table
     * @return false when the table is not there
     */
    boolean put(List<CreatePartitionRequest> batch) {
        CreatePartitionRequest first = batch.get(0);
        try {
            List<PartitionError> errors = glue.batchCreatePartition(
                            request -> request.databaseName(first.databaseName())
                                    .tableName(first.tableName())
                                    .partitionInputList(batch.stream()
                                            .map(CreatePartitionRequest::partitionInput)
                                            .toList()))
                    .errors();
            conflicts(batch, errors);
            return true;
        } catch (EntityNotFoundException e) {
            batch.forEach(partition -> fail(partition, GlueEndpoint.message(e)));
            return false;
        } catch (GlueException e) {
            if (GlueEndpoint.isOfTheEndpoint(e)) {
                throw e;
            }
            if (batch.size() == 1) {
                fail(first, GlueEndpoint.message(e));
                return true;
            }
            // One of them is refused before any is tried; alone it has its name.
            return batch.stream().map(partition -> put(List.of(partition))).reduce(true, Boolean::logicalAnd);
        }
    }

    private void conflicts(List<CreatePartitionRequest> batch, List<PartitionError> errors) {
        Map<List<String>, List<ErrorDetail>> details = new HashMap<>();
        errors.forEach(error -> details.computeIfAbsent(error.partitionValues(), values -> new ArrayList<>())
                .add(error.errorDetail()));
        List<CreatePartitionRequest> existing = new ArrayList<>();
        // From the end: of two with the same values it is the first that was created.
        for (int i = batch.size() - 1; i >= 0; i--) {
            CreatePartitionRequest partition = batch.get(i);
            List<ErrorDetail> ofThis =
                    details.getOrDefault(partition.partitionInput().values(), List.of());
            if (ofThis.isEmpty()) {
                tally.add(EntryKind.PARTITION, Fate.CREATED);
                continue;
            }
            ErrorDetail detail = ofThis.remove(ofThis.size() - 1);
            if (!detail.errorCode().equals("AlreadyExistsException")) {
                fail(partition, detail.errorMessage());
            } else if (ifExists == IfExists.REPLACE) {
                existing.add(partition);
            } else if (ifExists == IfExists.SKIP) {
                tally.add(EntryKind.PARTITION, Fate.SKIPPED);
            } else {
                fail(partition, "exists already");
            }
        }
        if (!existing.isEmpty()) {
            replace(existing);
        }
    }

    private void replace(List<CreatePartitionRequest> existing) {
        CreatePartitionRequest first = existing.get(0);
        List<BatchUpdatePartitionFailureEntry> errors = glue.batchUpdatePartition(
                        request -> request.databaseName(first.databaseName())
                                .tableName(first.tableName())
                                .entries(existing.stream()
                                        .map(CreatePartitionRequest::partitionInput)
                                        .map(PartitionBatches::entry)
                                        .toList()))
                .errors();
        errors.forEach(error -> tally.fail(
                EntryKind.PARTITION,
                first.databaseName() + "." + first.tableName() + error.partitionValueList(),
                error.errorDetail().errorMessage()));
        Stream.generate(() -> Fate.REPLACED)
                .limit(existing.size() - errors.size())
                .forEach(fate -> tally.add(EntryKind.PARTITION, fate));
    }

    private static BatchUpdatePartitionRequestEntry entry(PartitionInput partition) {
        return BatchUpdatePartitionRequestEntry.builder()
                .partitionValueList(partition.values())
                .partitionInput(partition)
                .build();
    }

    private void fail(CreatePartitionRequest partition, String reason) {
        tally.fail(EntryKind.PARTITION, String.valueOf(EntryKind.name(partition)), reason);
    }
}
