package dev.mastic.catalog.partition;

import dev.mastic.catalog.partition.PartitionStore.Segment;
import dev.mastic.catalog.partition.PartitionStore.Stored;
import dev.mastic.catalog.partition.filter.CompiledFilter;
import dev.mastic.catalog.partition.filter.PartitionFilter;
import dev.mastic.catalog.store.CatalogId;
import dev.mastic.catalog.store.PageToken;
import dev.mastic.catalog.store.Transactions;
import dev.mastic.wire.GlueJson;
import dev.mastic.wire.JsonAnswers;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.BatchCreatePartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchCreatePartitionResponse;
import software.amazon.awssdk.services.glue.model.BatchDeletePartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchDeletePartitionResponse;
import software.amazon.awssdk.services.glue.model.BatchGetPartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchGetPartitionResponse;
import software.amazon.awssdk.services.glue.model.CreatePartitionRequest;
import software.amazon.awssdk.services.glue.model.CreatePartitionResponse;
import software.amazon.awssdk.services.glue.model.DeletePartitionRequest;
import software.amazon.awssdk.services.glue.model.DeletePartitionResponse;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.ErrorDetail;
import software.amazon.awssdk.services.glue.model.GetPartitionRequest;
import software.amazon.awssdk.services.glue.model.GetPartitionResponse;
import software.amazon.awssdk.services.glue.model.GetPartitionsRequest;
import software.amazon.awssdk.services.glue.model.GetPartitionsResponse;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.GlueRequest;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.PartitionError;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.PartitionValueList;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Glue's operations that make, find and drop partitions. A filter is compiled to SQL as a whole; pages go by the
 * partitions' values, so that they stay right while others add and drop. Thread-safe.
 */
public final class PartitionOperations implements GlueClient, JsonAnswers {
    private static final int LARGEST_PAGE = 1000;

    private final PartitionTransactions partitions;
    private final CatalogId catalogId;

    /** On one catalog. */
    public PartitionOperations(Transactions transactions, CatalogId catalogId) {
        this.partitions = new PartitionTransactions(transactions, catalogId);
        this.catalogId = catalogId;
    }

    @Override
    public CreatePartitionResponse createPartition(CreatePartitionRequest request) {
        try {
            return partitions.change(
                    request.catalogId(), request.databaseName(), request.tableName(), (store, table) -> {
                        Stored partition = table.stored(request.partitionInput(), Instant.now());
                        if (store.add(table, List.of(partition)).isEmpty()) {
                            throw table.exists(partition.values());
                        }
                        return CreatePartitionResponse.builder().build();
                    });
        } catch (ConstraintViolationException e) {
            throw tableVanished(e, request.databaseName(), request.tableName());
        }
    }

    @Override
    public BatchCreatePartitionResponse batchCreatePartition(BatchCreatePartitionRequest request) {
        limit("PartitionInputList", request.partitionInputList().size(), 100);
        try {
            return partitions.change(
                    request.catalogId(), request.databaseName(), request.tableName(), (store, table) -> {
                        Instant now = Instant.now();
                        List<PartitionError> errors = new ArrayList<>();
                        List<Stored> inputs = new ArrayList<>();
                        for (PartitionInput input : request.partitionInputList()) {
                            try {
                                inputs.add(table.stored(input, now));
                            } catch (GlueException e) {
                                errors.add(error(input == null ? List.of() : input.values(), e));
                            }
                        }
                        Set<List<String>> added = store.add(table, inputs);
                        for (Stored partition : inputs) {
                            // Of two with the same values in one batch the first was added.
                            if (!added.remove(partition.values())) {
                                errors.add(error(partition.values(), table.exists(partition.values())));
                            }
                        }
                        return BatchCreatePartitionResponse.builder()
                                .errors(errors)
                                .build();
                    });
        } catch (ConstraintViolationException e) {
            throw tableVanished(e, request.databaseName(), request.tableName());
        }
    }

    @Override
    public GetPartitionResponse getPartition(GetPartitionRequest request) {
        return partitions.run(request.catalogId(), request.databaseName(), request.tableName(), (store, table) -> {
            Stored found = store.load(table, table.values(request.partitionValues()));
            return GetPartitionResponse.builder()
                    .partition(table.partition(found, catalogId.value()))
                    .build();
        });
    }

    @Override
    public BatchGetPartitionResponse batchGetPartition(BatchGetPartitionRequest request) {
        return found(
                request,
                (table, found) -> BatchGetPartitionResponse.builder()
                        .partitions(found.stream()
                                .map(stored -> table.partition(stored, catalogId.value()))
                                .toList())
                        .unprocessedKeys(List.<PartitionValueList>of())
                        .build());
    }

    private <T> T found(BatchGetPartitionRequest request, BiFunction<PartitionedTable, List<Stored>, T> answer) {
        limit("PartitionsToGet", request.partitionsToGet().size(), 1000);
        return partitions.run(request.catalogId(), request.databaseName(), request.tableName(), (store, table) -> {
            List<List<String>> keys = request.partitionsToGet().stream()
                    .map(key -> table.values(key.values()))
                    .distinct()
                    .toList();
            Map<List<String>, Stored> found = store.findByValues(table.entity(), keys);
            return answer.apply(
                    table,
                    keys.stream().map(found::get).filter(Objects::nonNull).toList());
        });
    }

    @Override
    public GetPartitionsResponse getPartitions(GetPartitionsRequest request) {
        boolean excludeColumns = Boolean.TRUE.equals(request.excludeColumnSchema());
        return page(
                request,
                (table, page) -> GetPartitionsResponse.builder()
                        .partitions(page.partitions().stream()
                                .map(stored -> table.partition(stored, catalogId.value()))
                                .map(partition ->
                                        excludeColumns ? PartitionedTable.withoutColumns(partition) : partition)
                                .toList())
                        .nextToken(page.nextToken())
                        .build());
    }

    private record Page(List<Stored> partitions, @Nullable String nextToken) {}

    private <T> T page(GetPartitionsRequest request, BiFunction<PartitionedTable, Page, T> answer) {
        int size = PageToken.size(request.maxResults(), LARGEST_PAGE);
        List<String> after = PageToken.read(request.nextToken());
        Segment segment = segment(request);
        return partitions.run(request.catalogId(), request.databaseName(), request.tableName(), (store, table) -> {
            String expression = request.expression() == null ? "" : request.expression();
            CompiledFilter filter = PartitionFilter.compile(expression, table.keys());
            List<Stored> found = store.page(table, filter, after, segment, size + 1);
            List<Stored> page = found.subList(0, Math.min(size, found.size()));
            String nextToken =
                    found.size() > size ? PageToken.after(page.get(size - 1).values()) : null;
            return answer.apply(table, new Page(page, nextToken));
        });
    }

    @Override
    public Optional<String> json(GlueRequest request) {
        if (request instanceof GetPartitionsRequest get) {
            boolean excludeColumns = Boolean.TRUE.equals(get.excludeColumnSchema());
            return Optional.of(page(get, (table, page) -> {
                String list = new PartitionJson(table, catalogId.value(), excludeColumns).list(page.partitions());
                String nextToken = page.nextToken();
                return "{\"Partitions\":" + list
                        + (nextToken == null ? "" : ",\"NextToken\":" + GlueJson.quote(nextToken)) + "}";
            }));
        } else if (request instanceof BatchGetPartitionRequest get) {
            return Optional.of(found(get, (table, found) -> {
                String list = new PartitionJson(table, catalogId.value(), false).list(found);
                return "{\"Partitions\":" + list + ",\"UnprocessedKeys\":[]}";
            }));
        }
        return Optional.empty();
    }

    private static @Nullable Segment segment(GetPartitionsRequest request) {
        if (request.segment() == null) {
            return null;
        }
        Integer number = request.segment().segmentNumber();
        Integer total = request.segment().totalSegments();
        if (number == null || total == null || total < 1 || total > 10 || number < 0 || number >= total) {
            throw invalid("Segment " + number + " of " + total
                    + " is not valid: TotalSegments is 1 to 10, SegmentNumber from 0 and less than it");
        }
        return new Segment(number, total);
    }

    @Override
    public DeletePartitionResponse deletePartition(DeletePartitionRequest request) {
        return partitions.run(request.catalogId(), request.databaseName(), request.tableName(), (store, table) -> {
            List<String> values = table.values(request.partitionValues());
            if (!store.delete(table.entity(), values)) {
                throw table.missing(values);
            }
            return DeletePartitionResponse.builder().build();
        });
    }

    @Override
    public BatchDeletePartitionResponse batchDeletePartition(BatchDeletePartitionRequest request) {
        limit("PartitionsToDelete", request.partitionsToDelete().size(), 25);
        return partitions.run(request.catalogId(), request.databaseName(), request.tableName(), (store, table) -> {
            List<PartitionError> errors = new ArrayList<>();
            List<List<String>> keys = new ArrayList<>();
            for (PartitionValueList key : request.partitionsToDelete()) {
                try {
                    keys.add(table.values(key.values()));
                } catch (GlueException e) {
                    errors.add(error(key.values(), e));
                }
            }
            Set<List<String>> deleted = store.deleteAll(table.entity(), keys);
            for (List<String> values : keys) {
                // Of two with the same values in one batch the second finds nothing.
                if (!deleted.remove(values)) {
                    errors.add(error(values, table.missing(values)));
                }
            }
            return BatchDeletePartitionResponse.builder().errors(errors).build();
        });
    }

    private static void limit(String member, int size, int most) {
        if (size > most) {
            throw invalid(member + " has " + size + " elements; at most " + most + " are taken");
        }
    }

    private static GlueException tableVanished(
            ConstraintViolationException e, @Nullable String database, @Nullable String table) {
        if ("partition_has_a_table".equals(Transactions.brokenConstraint(e))) {
            return EntityNotFoundException.builder()
                    .message("Table " + database + "." + table + " not found.")
                    .build();
        }
        throw e;
    }

    private static InvalidInputException invalid(String message) {
        return InvalidInputException.builder().message(message).build();
    }

    private static PartitionError error(List<String> values, GlueException e) {
        return PartitionError.builder()
                .partitionValues(values)
                .errorDetail(detail(e))
                .build();
    }

    private static ErrorDetail detail(GlueException e) {
        return ErrorDetail.builder()
                .errorCode(e.getClass().getSimpleName())
                .errorMessage(e.getMessage())
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
