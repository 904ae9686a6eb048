package dev.mastic.catalog.partition;

import dev.mastic.catalog.partition.PartitionStore.Segment;
import dev.mastic.catalog.partition.PartitionStore.Stored;
import dev.mastic.catalog.partition.filter.CompiledFilter;
import dev.mastic.catalog.partition.filter.PartitionFilter;
import dev.mastic.catalog.store.CatalogId;
import dev.mastic.catalog.store.Names;
import dev.mastic.catalog.store.PageToken;
import dev.mastic.catalog.store.Transactions;
import dev.mastic.catalog.table.TableEntity;
import dev.mastic.catalog.table.TableStore;
import dev.mastic.wire.GlueJson;
import org.hibernate.Session;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.BatchCreatePartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchCreatePartitionResponse;
import software.amazon.awssdk.services.glue.model.BatchDeletePartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchDeletePartitionResponse;
import software.amazon.awssdk.services.glue.model.BatchGetPartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchGetPartitionResponse;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionFailureEntry;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequestEntry;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionResponse;
import software.amazon.awssdk.services.glue.model.Column;
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
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionError;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.PartitionValueList;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.UpdatePartitionRequest;
import software.amazon.awssdk.services.glue.model.UpdatePartitionResponse;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Glue's operations on partitions. A filter is compiled to SQL as a whole; pages go by the partitions' values, so that
 * they stay right while others add and drop. Thread-safe.
 */
public final class PartitionOperations implements GlueClient {
    private static final int LARGEST_PAGE = 1000;

    private final Transactions transactions;
    private final CatalogId catalogId;

    /** On one catalog. */
    public PartitionOperations(Transactions transactions, CatalogId catalogId) {
        this.transactions = transactions;
        this.catalogId = catalogId;
    }

    /** A table that a request names. */
    private record Target(String database, String table, TableEntity entity, Table model) {}

    private <T> T with(
            @Nullable String catalog,
            @Nullable String databaseName,
            @Nullable String tableName,
            java.util.function.BiFunction<PartitionStore, Target, T> work) {
        catalogId.check(catalog);
        String database = Names.fold(databaseName, "Database");
        String table = Names.fold(tableName, "Table");
        return transactions.run(session -> {
            TableEntity entity = new TableStore(session).load(database, table);
            Target target = new Target(database, table, entity, TableStore.read(entity));
            return work.apply(store(session), target);
        });
    }

    private static PartitionStore store(Session session) {
        return new PartitionStore(session);
    }

    @Override
    public CreatePartitionResponse createPartition(CreatePartitionRequest request) {
        PartitionInput input = present(request.partitionInput());
        try {
            return with(request.catalogId(), request.databaseName(), request.tableName(), (store, target) -> {
                Stored partition = stored(target, input, Instant.now());
                if (store.add(target.entity(), List.of(partition)).isEmpty()) {
                    throw exists(target, partition.values());
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
            return with(request.catalogId(), request.databaseName(), request.tableName(), (store, target) -> {
                Instant now = Instant.now();
                List<PartitionError> errors = new ArrayList<>();
                List<Stored> partitions = new ArrayList<>();
                for (PartitionInput input : request.partitionInputList()) {
                    try {
                        partitions.add(stored(target, input, now));
                    } catch (GlueException e) {
                        errors.add(error(input.values(), e));
                    }
                }
                if (!partitions.isEmpty()) {
                    Set<List<String>> added = store.add(target.entity(), partitions);
                    for (Stored partition : partitions) {
                        // Of two with the same values in one batch the first was added.
                        if (!added.remove(partition.values())) {
                            errors.add(error(partition.values(), exists(target, partition.values())));
                        }
                    }
                }
                return BatchCreatePartitionResponse.builder().errors(errors).build();
            });
        } catch (ConstraintViolationException e) {
            throw tableVanished(e, request.databaseName(), request.tableName());
        }
    }

    @Override
    public GetPartitionResponse getPartition(GetPartitionRequest request) {
        return with(request.catalogId(), request.databaseName(), request.tableName(), (store, target) -> {
            List<String> values = values(target, request.partitionValues());
            Stored found = store.find(target.entity(), List.of(values)).stream()
                    .findFirst()
                    .orElseThrow(() -> missing(target, values));
            return GetPartitionResponse.builder()
                    .partition(partition(target, found, false))
                    .build();
        });
    }

    @Override
    public BatchGetPartitionResponse batchGetPartition(BatchGetPartitionRequest request) {
        limit("PartitionsToGet", request.partitionsToGet().size(), 1000);
        return with(request.catalogId(), request.databaseName(), request.tableName(), (store, target) -> {
            List<List<String>> keys = request.partitionsToGet().stream()
                    .map(key -> values(target, key.values()))
                    .toList();
            Map<List<String>, Stored> found = store.find(target.entity(), keys).stream()
                    .collect(Collectors.toMap(Stored::values, Function.identity()));
            return BatchGetPartitionResponse.builder()
                    .partitions(keys.stream()
                            .distinct()
                            .filter(found::containsKey)
                            .map(key -> partition(target, found.get(key), false))
                            .toList())
                    .unprocessedKeys(List.<PartitionValueList>of())
                    .build();
        });
    }

    @Override
    public GetPartitionsResponse getPartitions(GetPartitionsRequest request) {
        int size = PageToken.size(request.maxResults(), LARGEST_PAGE);
        List<String> after = PageToken.read(request.nextToken());
        Segment segment = segment(request);
        return with(request.catalogId(), request.databaseName(), request.tableName(), (store, target) -> {
            String expression = request.expression() == null ? "" : request.expression();
            CompiledFilter filter =
                    PartitionFilter.compile(expression, target.model().partitionKeys());
            List<Stored> found = store.page(target.entity(), filter, after, segment, size + 1);
            List<Stored> page = found.subList(0, Math.min(size, found.size()));
            boolean excludeColumns = Boolean.TRUE.equals(request.excludeColumnSchema());
            return GetPartitionsResponse.builder()
                    .partitions(page.stream()
                            .map(stored -> partition(target, stored, excludeColumns))
                            .toList())
                    .nextToken(
                            found.size() > size
                                    ? PageToken.after(page.get(size - 1).values())
                                    : null)
                    .build();
        });
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
    public UpdatePartitionResponse updatePartition(UpdatePartitionRequest request) {
        PartitionInput input = present(request.partitionInput());
        try {
            return with(request.catalogId(), request.databaseName(), request.tableName(), (store, target) -> {
                update(store, target, request.partitionValueList(), input);
                return UpdatePartitionResponse.builder().build();
            });
        } catch (ConstraintViolationException e) {
            throw AlreadyExistsException.builder()
                    .message("Partition " + input.values() + " of table " + request.databaseName() + "."
                            + request.tableName() + " already exists.")
                    .build();
        }
    }

    @Override
    public BatchUpdatePartitionResponse batchUpdatePartition(BatchUpdatePartitionRequest request) {
        limit("Entries", request.entries().size(), 100);
        List<BatchUpdatePartitionFailureEntry> errors = new ArrayList<>();
        with(request.catalogId(), request.databaseName(), request.tableName(), (store, target) -> Boolean.TRUE);
        for (BatchUpdatePartitionRequestEntry entry : request.entries()) {
            try {
                updatePartition(UpdatePartitionRequest.builder()
                        .databaseName(request.databaseName())
                        .tableName(request.tableName())
                        .partitionValueList(entry.partitionValueList())
                        .partitionInput(entry.partitionInput())
                        .build());
            } catch (GlueException e) {
                errors.add(BatchUpdatePartitionFailureEntry.builder()
                        .partitionValueList(entry.partitionValueList())
                        .errorDetail(detail(e))
                        .build());
            }
        }
        return BatchUpdatePartitionResponse.builder().errors(errors).build();
    }

    private void update(PartitionStore store, Target target, List<String> key, PartitionInput input) {
        List<String> values = values(target, key);
        Stored before = store.find(target.entity(), List.of(values)).stream()
                .findFirst()
                .orElseThrow(() -> missing(target, values));
        PartitionInput complete = input.hasValues() && !input.values().isEmpty()
                ? input
                : input.toBuilder().values(values).build();
        Instant created = GlueJson.read(before.definition(), Partition.class).creationTime();
        if (!store.replace(target.entity(), values, stored(target, complete, created))) {
            throw missing(target, values);
        }
    }

    @Override
    public DeletePartitionResponse deletePartition(DeletePartitionRequest request) {
        return with(request.catalogId(), request.databaseName(), request.tableName(), (store, target) -> {
            List<String> values = values(target, request.partitionValues());
            if (!store.delete(target.entity(), values)) {
                throw missing(target, values);
            }
            return DeletePartitionResponse.builder().build();
        });
    }

    @Override
    public BatchDeletePartitionResponse batchDeletePartition(BatchDeletePartitionRequest request) {
        limit("PartitionsToDelete", request.partitionsToDelete().size(), 25);
        return with(request.catalogId(), request.databaseName(), request.tableName(), (store, target) -> {
            List<PartitionError> errors = new ArrayList<>();
            for (PartitionValueList key : request.partitionsToDelete()) {
                try {
                    List<String> values = values(target, key.values());
                    if (!store.delete(target.entity(), values)) {
                        throw missing(target, values);
                    }
                } catch (GlueException e) {
                    errors.add(error(key.values(), e));
                }
            }
            return BatchDeletePartitionResponse.builder().errors(errors).build();
        });
    }

    /** The members of an input have the names of the members of a partition. */
    private static Stored stored(Target target, PartitionInput input, Instant created) {
        List<String> values = values(target, input.values());
        Partition partition = GlueJson.read(GlueJson.write(input), Partition.class).toBuilder()
                .values(values)
                .creationTime(created.truncatedTo(ChronoUnit.MILLIS))
                .build();
        return new Stored(values, GlueJson.write(partition));
    }

    /** Engines fail on a partition without a StorageDescriptor, and look for the names that they asked for. */
    private Partition partition(Target target, @Nullable Stored stored, boolean excludeColumns) {
        if (stored == null) {
            throw new IllegalStateException("A partition that was found has no row");
        }
        Partition partition = GlueJson.read(stored.definition(), Partition.class);
        StorageDescriptor storage = partition.storageDescriptor() == null
                ? StorageDescriptor.builder().columns(List.of()).build()
                : partition.storageDescriptor();
        if (excludeColumns) {
            storage = storage.toBuilder()
                    .columns((java.util.Collection<Column>) null)
                    .build();
        }
        return partition.toBuilder()
                .databaseName(target.database())
                .tableName(target.table())
                .catalogId(catalogId.value())
                .storageDescriptor(storage)
                .build();
    }

    private static List<String> values(Target target, @Nullable List<String> values) {
        List<String> keys =
                target.model().partitionKeys().stream().map(Column::name).toList();
        List<String> given = values == null ? List.of() : values;
        if (keys.isEmpty()) {
            throw invalid("Table " + target.database() + "." + target.table() + " has no partition keys");
        }
        if (given.size() != keys.size()) {
            throw invalid("The number of partition keys do not match the number of partition values: table "
                    + target.database() + "." + target.table() + " has the keys " + keys + ", found the values "
                    + given);
        }
        for (String value : given) {
            if (value.indexOf('\0') >= 0 || value.indexOf('\u0001') >= 0) {
                throw invalid("A partition value must not hold the characters U+0000 and U+0001");
            }
        }
        return List.copyOf(given);
    }

    private static PartitionInput present(@Nullable PartitionInput input) {
        if (input == null) {
            throw invalid("PartitionInput is missing");
        }
        return input;
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

    private static AlreadyExistsException exists(Target target, List<String> values) {
        return AlreadyExistsException.builder()
                .message("Partition " + values + " of table " + target.database() + "." + target.table()
                        + " already exists.")
                .build();
    }

    private static EntityNotFoundException missing(Target target, List<String> values) {
        return EntityNotFoundException.builder()
                .message(
                        "Partition " + values + " of table " + target.database() + "." + target.table() + " not found.")
                .build();
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
