package dev.mastic.server.transfer;

import dev.mastic.server.transfer.Tally.Fate;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.ColumnStatistics;
import software.amazon.awssdk.services.glue.model.ColumnStatisticsError;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.UpdateColumnStatisticsForPartitionRequest;
import software.amazon.awssdk.services.glue.model.UpdateColumnStatisticsForTableRequest;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Sets column statistics. To set them again is no conflict, but what is there can be left. For one thread. */
final class StatisticsTarget {
    private final GlueClient glue;
    private final IfExists ifExists;
    private final Tally tally;

    StatisticsTarget(GlueClient glue, IfExists ifExists, Tally tally) {
        this.glue = glue;
        this.ifExists = ifExists;
        this.tally = tally;
    }

    void ofTable(UpdateColumnStatisticsForTableRequest update) {
        set(
                EntryKind.TABLE_STATISTICS,
                String.valueOf(EntryKind.name(update)),
                update.columnStatisticsList(),
                names -> glue.getColumnStatisticsForTable(request -> request.databaseName(update.databaseName())
                                .tableName(update.tableName())
                                .columnNames(names))
                        .columnStatisticsList(),
                missing -> glue.updateColumnStatisticsForTable(
                                update.toBuilder().columnStatisticsList(missing).build())
                        .errors());
    }

    void ofPartition(UpdateColumnStatisticsForPartitionRequest update) {
        set(
                EntryKind.PARTITION_STATISTICS,
                String.valueOf(EntryKind.name(update)),
                update.columnStatisticsList(),
                names -> glue.getColumnStatisticsForPartition(request -> request.databaseName(update.databaseName())
                                .tableName(update.tableName())
                                .partitionValues(update.partitionValues())
                                .columnNames(names))
                        .columnStatisticsList(),
                missing -> glue.updateColumnStatisticsForPartition(
                                update.toBuilder().columnStatisticsList(missing).build())
                        .errors());
    }

    private void set(
            EntryKind kind,
            String name,
            List<ColumnStatistics> given,
            Function<List<String>, List<ColumnStatistics>> read,
            Function<List<ColumnStatistics>, List<ColumnStatisticsError>> write) {
        try {
            List<ColumnStatistics> missing = ifExists == IfExists.SKIP ? missing(given, read) : given;
            if (missing.isEmpty()) {
                tally.add(kind, Fate.SKIPPED);
                return;
            }
            List<ColumnStatisticsError> errors = write.apply(missing);
            if (errors.isEmpty()) {
                tally.add(kind, Fate.CREATED);
            } else {
                tally.fail(
                        kind,
                        name,
                        errors.stream()
                                .map(error -> error.columnStatistics().columnName() + ": "
                                        + error.error().errorMessage())
                                .collect(Collectors.joining("; ")));
            }
        } catch (GlueException e) {
            if (GlueEndpoint.isOfTheEndpoint(e)) {
                throw e;
            }
            tally.fail(kind, name, GlueEndpoint.message(e));
        }
    }

    private static List<ColumnStatistics> missing(
            List<ColumnStatistics> given, Function<List<String>, List<ColumnStatistics>> read) {
        List<String> names = given.stream().map(ColumnStatistics::columnName).toList();
        Set<String> present = read.apply(names).stream()
                .map(statistics -> folded(statistics.columnName()))
                .collect(Collectors.toSet());
        return given.stream()
                .filter(statistics -> !present.contains(folded(statistics.columnName())))
                .toList();
    }

    private static String folded(String column) {
        return column.toLowerCase(Locale.ROOT);
    }
}
