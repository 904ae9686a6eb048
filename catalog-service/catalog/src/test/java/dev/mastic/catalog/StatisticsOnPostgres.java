package dev.mastic.catalog;

import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.ColumnStatistics;
import software.amazon.awssdk.services.glue.model.ColumnStatisticsData;
import software.amazon.awssdk.services.glue.model.ColumnStatisticsType;
import software.amazon.awssdk.services.glue.model.GetColumnStatisticsForPartitionResponse;
import software.amazon.awssdk.services.glue.model.GetColumnStatisticsForTableResponse;
import software.amazon.awssdk.services.glue.model.TableInput;
import software.amazon.awssdk.services.glue.model.UpdateColumnStatisticsForTableResponse;

import java.time.Instant;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;

/** Statistics of columns for tests. */
abstract class StatisticsOnPostgres extends CatalogOnPostgres {
    static final Instant ANALYZED = Instant.parse("2026-02-03T04:05:06.789Z");

    static ColumnStatistics of(String column, ColumnStatisticsData data) {
        return ColumnStatistics.builder()
                .columnName(column)
                .columnType("some")
                .analyzedTime(ANALYZED)
                .statisticsData(data)
                .build();
    }

    static ColumnStatistics longs(String column, long distinct) {
        return of(
                column,
                ColumnStatisticsData.builder()
                        .type(ColumnStatisticsType.LONG)
                        .longColumnStatisticsData(data -> data.minimumValue(Long.MIN_VALUE)
                                .maximumValue(Long.MAX_VALUE)
                                .numberOfNulls(0L)
                                .numberOfDistinctValues(distinct))
                        .build());
    }

    void createTable(String name, String... columns) {
        glue.createTable(request -> request.databaseName(database).tableInput(withColumns(name, columns)));
    }

    static TableInput withColumns(String name, String... columns) {
        return TableInput.builder()
                .name(name)
                .partitionKeys(Column.builder().name("k").type("string").build())
                .storageDescriptor(storage -> storage.columns(Arrays.stream(columns)
                        .map(column -> Column.builder()
                                .name(column.split(":")[0])
                                .type(column.split(":")[1])
                                .build())
                        .toList()))
                .build();
    }

    UpdateColumnStatisticsForTableResponse update(String table, ColumnStatistics... statistics) {
        return glue.updateColumnStatisticsForTable(
                request -> request.databaseName(database).tableName(table).columnStatisticsList(statistics));
    }

    GetColumnStatisticsForTableResponse get(String table, String... columns) {
        return glue.getColumnStatisticsForTable(
                request -> request.databaseName(database).tableName(table).columnNames(columns));
    }

    void update(String table, String partition, ColumnStatistics... statistics) {
        assertThat(glue.updateColumnStatisticsForPartition(request -> request.databaseName(database)
                                .tableName(table)
                                .partitionValues(partition)
                                .columnStatisticsList(statistics))
                        .errors())
                .isEmpty();
    }

    GetColumnStatisticsForPartitionResponse ofPartition(String table, String partition, String... columns) {
        return glue.getColumnStatisticsForPartition(request -> request.databaseName(database)
                .tableName(table)
                .partitionValues(partition)
                .columnNames(columns));
    }
}
