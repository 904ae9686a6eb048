package dev.mastic.catalog.partition;

import dev.mastic.catalog.partition.PartitionStore.Stored;
import dev.mastic.catalog.store.CatalogId;
import dev.mastic.catalog.store.Transactions;
import org.hibernate.exception.ConstraintViolationException;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionFailureEntry;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequestEntry;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionResponse;
import software.amazon.awssdk.services.glue.model.ErrorDetail;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.UpdatePartitionRequest;
import software.amazon.awssdk.services.glue.model.UpdatePartitionResponse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Glue's operations that change partitions, also to other values. Thread-safe. */
public final class PartitionUpdateOperations implements GlueClient {
    private static final int LARGEST_BATCH = 100;

    private final PartitionTransactions partitions;

    /** On one catalog. */
    public PartitionUpdateOperations(Transactions transactions, CatalogId catalogId) {
        this.partitions = new PartitionTransactions(transactions, catalogId);
    }

    @Override
    public UpdatePartitionResponse updatePartition(UpdatePartitionRequest request) {
        try {
            return partitions.change(
                    request.catalogId(), request.databaseName(), request.tableName(), (store, table) -> {
                        List<String> values = table.values(request.partitionValueList());
                        Stored after = table.replacement(store.load(table, values), request.partitionInput());
                        if (!store.replace(table, values, after)) {
                            throw table.missing(values);
                        }
                        return UpdatePartitionResponse.builder().build();
                    });
        } catch (ConstraintViolationException e) {
            if (!"partition_values_are_unique".equals(Transactions.brokenConstraint(e))) {
                throw e;
            }
            throw AlreadyExistsException.builder()
                    .message("Partition " + request.partitionInput().values() + " of table " + request.databaseName()
                            + "." + request.tableName() + " already exists.")
                    .build();
        }
    }

    @Override
    public BatchUpdatePartitionResponse batchUpdatePartition(BatchUpdatePartitionRequest request) {
        if (request.entries().size() > LARGEST_BATCH) {
            throw InvalidInputException.builder()
                    .message("Entries has " + request.entries().size() + " elements; at most " + LARGEST_BATCH
                            + " are taken")
                    .build();
        }
        List<BatchUpdatePartitionFailureEntry> errors =
                request.entries().stream().anyMatch(PartitionUpdateOperations::moves)
                        ? updateOneByOne(request)
                        : partitions.run(
                                request.catalogId(),
                                request.databaseName(),
                                request.tableName(),
                                (store, table) -> updateTogether(store, table, request.entries()));
        return BatchUpdatePartitionResponse.builder().errors(errors).build();
    }

    private static boolean moves(BatchUpdatePartitionRequestEntry entry) {
        return entry.partitionInput() != null
                && !entry.partitionInput().values().isEmpty()
                && !entry.partitionInput().values().equals(entry.partitionValueList());
    }

    /** Each in a transaction of its own, as values may already be taken or be freed by the entry before. */
    private List<BatchUpdatePartitionFailureEntry> updateOneByOne(BatchUpdatePartitionRequest request) {
        partitions.run(
                request.catalogId(), request.databaseName(), request.tableName(), (store, table) -> Boolean.TRUE);
        List<BatchUpdatePartitionFailureEntry> errors = new ArrayList<>();
        for (BatchUpdatePartitionRequestEntry entry : request.entries()) {
            try {
                updatePartition(UpdatePartitionRequest.builder()
                        .databaseName(request.databaseName())
                        .tableName(request.tableName())
                        .partitionValueList(entry.partitionValueList())
                        .partitionInput(entry.partitionInput())
                        .build());
            } catch (GlueException e) {
                errors.add(failure(entry, e));
            }
        }
        return errors;
    }

    private static List<BatchUpdatePartitionFailureEntry> updateTogether(
            PartitionStore store, PartitionedTable table, List<BatchUpdatePartitionRequestEntry> entries) {
        List<BatchUpdatePartitionFailureEntry> errors = new ArrayList<>();
        Map<List<String>, BatchUpdatePartitionRequestEntry> valid = new LinkedHashMap<>();
        for (BatchUpdatePartitionRequestEntry entry : entries) {
            try {
                // Of two for the same partition the last one wins, as if they came one by one.
                valid.put(table.values(entry.partitionValueList()), entry);
            } catch (GlueException e) {
                errors.add(failure(entry, e));
            }
        }
        Map<List<String>, Stored> before = store.findByValues(table.entity(), List.copyOf(valid.keySet()));
        List<Stored> after = new ArrayList<>();
        valid.forEach((values, entry) -> {
            try {
                Stored present = before.get(values);
                if (present == null) {
                    throw table.missing(values);
                }
                after.add(table.replacement(present, entry.partitionInput()));
            } catch (GlueException e) {
                errors.add(failure(entry, e));
            }
        });
        Set<List<String>> replaced = store.replaceAll(table, after);
        for (Stored partition : after) {
            if (!replaced.contains(partition.values())) {
                // Another has just dropped it.
                errors.add(failure(
                        Objects.requireNonNull(valid.get(partition.values())), table.missing(partition.values())));
            }
        }
        return errors;
    }

    private static BatchUpdatePartitionFailureEntry failure(BatchUpdatePartitionRequestEntry entry, GlueException e) {
        return BatchUpdatePartitionFailureEntry.builder()
                .partitionValueList(entry.partitionValueList())
                .errorDetail(ErrorDetail.builder()
                        .errorCode(e.getClass().getSimpleName())
                        .errorMessage(e.getMessage())
                        .build())
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
