package dev.mastic.server.transfer;

import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.BatchCreatePartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchCreatePartitionResponse;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionResponse;
import software.amazon.awssdk.services.glue.model.CreateDatabaseRequest;
import software.amazon.awssdk.services.glue.model.CreateDatabaseResponse;
import software.amazon.awssdk.services.glue.model.CreatePartitionIndexRequest;
import software.amazon.awssdk.services.glue.model.CreatePartitionIndexResponse;
import software.amazon.awssdk.services.glue.model.CreateTableRequest;
import software.amazon.awssdk.services.glue.model.CreateTableResponse;
import software.amazon.awssdk.services.glue.model.CreateUserDefinedFunctionRequest;
import software.amazon.awssdk.services.glue.model.CreateUserDefinedFunctionResponse;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetColumnStatisticsForPartitionRequest;
import software.amazon.awssdk.services.glue.model.GetColumnStatisticsForPartitionResponse;
import software.amazon.awssdk.services.glue.model.GetColumnStatisticsForTableRequest;
import software.amazon.awssdk.services.glue.model.GetColumnStatisticsForTableResponse;
import software.amazon.awssdk.services.glue.model.GetPartitionIndexesRequest;
import software.amazon.awssdk.services.glue.model.GetPartitionIndexesResponse;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionError;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.PartitionValueList;
import software.amazon.awssdk.services.glue.model.UpdateColumnStatisticsForPartitionRequest;
import software.amazon.awssdk.services.glue.model.UpdateColumnStatisticsForPartitionResponse;
import software.amazon.awssdk.services.glue.model.UpdateColumnStatisticsForTableRequest;
import software.amazon.awssdk.services.glue.model.UpdateColumnStatisticsForTableResponse;
import software.amazon.awssdk.services.glue.model.UpdateDatabaseRequest;
import software.amazon.awssdk.services.glue.model.UpdateDatabaseResponse;
import software.amazon.awssdk.services.glue.model.UpdateTableRequest;
import software.amazon.awssdk.services.glue.model.UpdateTableResponse;
import software.amazon.awssdk.services.glue.model.UpdateUserDefinedFunctionRequest;
import software.amazon.awssdk.services.glue.model.UpdateUserDefinedFunctionResponse;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A client for an import that changes nothing: it answers whether a thing is there, as the real client would by its
 * conflict. What else a real import may be refused for, it does not see.
 */
public final class DryRun implements GlueClient {
    private final GlueClient glue;

    /** @param glue a client of the endpoint; not closed by this object */
    public DryRun(GlueClient glue) {
        this.glue = glue;
    }

    @Override
    public CreateDatabaseResponse createDatabase(CreateDatabaseRequest request) {
        requireAbsent(
                () -> glue.getDatabase(get -> get.name(request.databaseInput().name())));
        return CreateDatabaseResponse.builder().build();
    }

    @Override
    public UpdateDatabaseResponse updateDatabase(UpdateDatabaseRequest request) {
        return UpdateDatabaseResponse.builder().build();
    }

    @Override
    public CreateTableResponse createTable(CreateTableRequest request) {
        requireAbsent(() -> glue.getTable(get -> get.databaseName(request.databaseName())
                .name(request.tableInput().name())));
        return CreateTableResponse.builder().build();
    }

    @Override
    public UpdateTableResponse updateTable(UpdateTableRequest request) {
        return UpdateTableResponse.builder().build();
    }

    @Override
    public CreateUserDefinedFunctionResponse createUserDefinedFunction(CreateUserDefinedFunctionRequest request) {
        requireAbsent(() -> glue.getUserDefinedFunction(get -> get.databaseName(request.databaseName())
                .functionName(request.functionInput().functionName())));
        return CreateUserDefinedFunctionResponse.builder().build();
    }

    @Override
    public UpdateUserDefinedFunctionResponse updateUserDefinedFunction(UpdateUserDefinedFunctionRequest request) {
        return UpdateUserDefinedFunctionResponse.builder().build();
    }

    @Override
    public GetPartitionIndexesResponse getPartitionIndexes(GetPartitionIndexesRequest request) {
        return orElse(
                () -> glue.getPartitionIndexes(request),
                GetPartitionIndexesResponse.builder().build());
    }

    @Override
    public CreatePartitionIndexResponse createPartitionIndex(CreatePartitionIndexRequest request) {
        return CreatePartitionIndexResponse.builder().build();
    }

    @Override
    public BatchCreatePartitionResponse batchCreatePartition(BatchCreatePartitionRequest request) {
        List<PartitionValueList> keys = request.partitionInputList().stream()
                .map(PartitionInput::values)
                .map(values -> PartitionValueList.builder().values(values).build())
                .toList();
        List<Partition> found = orElse(
                () -> glue.batchGetPartition(get -> get.databaseName(request.databaseName())
                                .tableName(request.tableName())
                                .partitionsToGet(keys))
                        .partitions(),
                List.of());
        Set<List<String>> there = new HashSet<>();
        found.forEach(partition -> there.add(partition.values()));
        return BatchCreatePartitionResponse.builder()
                .errors(keys.stream()
                        .map(PartitionValueList::values)
                        // Of two with the same values the second would find the first.
                        .filter(values -> !there.add(values))
                        .map(DryRun::exists)
                        .toList())
                .build();
    }

    @Override
    public BatchUpdatePartitionResponse batchUpdatePartition(BatchUpdatePartitionRequest request) {
        return BatchUpdatePartitionResponse.builder().build();
    }

    @Override
    public GetColumnStatisticsForTableResponse getColumnStatisticsForTable(GetColumnStatisticsForTableRequest request) {
        return orElse(
                () -> glue.getColumnStatisticsForTable(request),
                GetColumnStatisticsForTableResponse.builder().build());
    }

    @Override
    public UpdateColumnStatisticsForTableResponse updateColumnStatisticsForTable(
            UpdateColumnStatisticsForTableRequest request) {
        return UpdateColumnStatisticsForTableResponse.builder().build();
    }

    @Override
    public GetColumnStatisticsForPartitionResponse getColumnStatisticsForPartition(
            GetColumnStatisticsForPartitionRequest request) {
        return orElse(
                () -> glue.getColumnStatisticsForPartition(request),
                GetColumnStatisticsForPartitionResponse.builder().build());
    }

    @Override
    public UpdateColumnStatisticsForPartitionResponse updateColumnStatisticsForPartition(
            UpdateColumnStatisticsForPartitionRequest request) {
        return UpdateColumnStatisticsForPartitionResponse.builder().build();
    }

    private static PartitionError exists(List<String> values) {
        return PartitionError.builder()
                .partitionValues(values)
                .errorDetail(detail ->
                        detail.errorCode("AlreadyExistsException").errorMessage("Partition " + values + " exists"))
                .build();
    }

    private static void requireAbsent(Supplier<?> find) {
        if (orElse(() -> find.get() != null, false)) {
            throw AlreadyExistsException.builder().message("It exists").build();
        }
    }

    private static <T> T orElse(Supplier<T> find, T none) {
        try {
            return find.get();
        } catch (EntityNotFoundException e) {
            return none;
        }
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
