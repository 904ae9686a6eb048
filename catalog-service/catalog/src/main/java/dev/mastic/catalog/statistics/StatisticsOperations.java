package dev.mastic.catalog.statistics;

import dev.mastic.catalog.statistics.ColumnStatisticsWork.Found;
import dev.mastic.catalog.statistics.ColumnStatisticsWork.Target;
import dev.mastic.catalog.store.CatalogId;
import dev.mastic.catalog.store.Transactions;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.DeleteColumnStatisticsForPartitionRequest;
import software.amazon.awssdk.services.glue.model.DeleteColumnStatisticsForPartitionResponse;
import software.amazon.awssdk.services.glue.model.DeleteColumnStatisticsForTableRequest;
import software.amazon.awssdk.services.glue.model.DeleteColumnStatisticsForTableResponse;
import software.amazon.awssdk.services.glue.model.GetColumnStatisticsForPartitionRequest;
import software.amazon.awssdk.services.glue.model.GetColumnStatisticsForPartitionResponse;
import software.amazon.awssdk.services.glue.model.GetColumnStatisticsForTableRequest;
import software.amazon.awssdk.services.glue.model.GetColumnStatisticsForTableResponse;
import software.amazon.awssdk.services.glue.model.UpdateColumnStatisticsForPartitionRequest;
import software.amazon.awssdk.services.glue.model.UpdateColumnStatisticsForPartitionResponse;
import software.amazon.awssdk.services.glue.model.UpdateColumnStatisticsForTableRequest;
import software.amazon.awssdk.services.glue.model.UpdateColumnStatisticsForTableResponse;

/**
 * Glue's operations on column statistics. Statistics are kept as engines send them, one set for a column of a table or a
 * partition; those of a column end when an update of the table drops it, renames it or gives it another type. Thread-safe.
 */
public final class StatisticsOperations implements GlueClient {
    private final ColumnStatisticsWork work;

    /** On one catalog. */
    public StatisticsOperations(Transactions transactions, CatalogId catalogId) {
        this.work = new ColumnStatisticsWork(transactions, catalogId);
    }

    @Override
    public GetColumnStatisticsForTableResponse getColumnStatisticsForTable(GetColumnStatisticsForTableRequest request) {
        Target target = new Target(request.catalogId(), request.databaseName(), request.tableName(), null);
        Found found = work.get(target, request.columnNames());
        return GetColumnStatisticsForTableResponse.builder()
                .columnStatisticsList(found.statistics())
                .errors(found.errors())
                .build();
    }

    @Override
    public UpdateColumnStatisticsForTableResponse updateColumnStatisticsForTable(
            UpdateColumnStatisticsForTableRequest request) {
        Target target = new Target(request.catalogId(), request.databaseName(), request.tableName(), null);
        return UpdateColumnStatisticsForTableResponse.builder()
                .errors(work.update(target, request.columnStatisticsList()))
                .build();
    }

    @Override
    public DeleteColumnStatisticsForTableResponse deleteColumnStatisticsForTable(
            DeleteColumnStatisticsForTableRequest request) {
        Target target = new Target(request.catalogId(), request.databaseName(), request.tableName(), null);
        work.delete(target, request.columnName());
        return DeleteColumnStatisticsForTableResponse.builder().build();
    }

    @Override
    public GetColumnStatisticsForPartitionResponse getColumnStatisticsForPartition(
            GetColumnStatisticsForPartitionRequest request) {
        Target target =
                new Target(request.catalogId(), request.databaseName(), request.tableName(), request.partitionValues());
        Found found = work.get(target, request.columnNames());
        return GetColumnStatisticsForPartitionResponse.builder()
                .columnStatisticsList(found.statistics())
                .errors(found.errors())
                .build();
    }

    @Override
    public UpdateColumnStatisticsForPartitionResponse updateColumnStatisticsForPartition(
            UpdateColumnStatisticsForPartitionRequest request) {
        Target target =
                new Target(request.catalogId(), request.databaseName(), request.tableName(), request.partitionValues());
        return UpdateColumnStatisticsForPartitionResponse.builder()
                .errors(work.update(target, request.columnStatisticsList()))
                .build();
    }

    @Override
    public DeleteColumnStatisticsForPartitionResponse deleteColumnStatisticsForPartition(
            DeleteColumnStatisticsForPartitionRequest request) {
        Target target =
                new Target(request.catalogId(), request.databaseName(), request.tableName(), request.partitionValues());
        work.delete(target, request.columnName());
        return DeleteColumnStatisticsForPartitionResponse.builder().build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
