package dev.mastic.catalog.statistics;

import dev.mastic.catalog.store.Errors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.BinaryColumnStatisticsData;
import software.amazon.awssdk.services.glue.model.ColumnStatistics;
import software.amazon.awssdk.services.glue.model.ColumnStatisticsData;
import software.amazon.awssdk.services.glue.model.ColumnStatisticsType;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.StringColumnStatisticsData;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Checks and completes the statistics of one column. */
final class ColumnFigures {
    private ColumnFigures() {}

    /**
     * Checks that statistics are complete, and that their data is that of their type.
     *
     * @throws InvalidInputException when they are not
     */
    static void check(ColumnStatistics statistics) {
        if (statistics.columnName() == null || statistics.columnName().isEmpty()) {
            throw Errors.invalid("A ColumnStatistics has no ColumnName");
        }
        ColumnStatisticsData data = statistics.statisticsData();
        if (statistics.columnType() == null || statistics.analyzedTime() == null || data == null) {
            throw Errors.invalid("The statistics of column " + statistics.columnName()
                    + " need ColumnType, AnalyzedTime and StatisticsData");
        }
        ColumnStatisticsType type = data.type();
        if (type == null || type == ColumnStatisticsType.UNKNOWN_TO_SDK_VERSION) {
            throw Errors.invalid("The statistics of column " + statistics.columnName() + " have the type "
                    + data.typeAsString() + "; use one of "
                    + Arrays.toString(
                            ColumnStatisticsType.knownValues().stream().sorted().toArray()));
        }
        List<ColumnStatisticsType> given = given(data);
        if (!given.equals(List.of(type))) {
            throw Errors.invalid("The statistics of column " + statistics.columnName() + " have the type " + type
                    + ", so StatisticsData must hold the data of this type and no other; it holds " + given);
        }
    }

    /** The statistics with an average length of 0 where none was given, because readers count on one. */
    static ColumnStatistics withAverageLength(ColumnStatistics statistics) {
        ColumnStatisticsData data = statistics.statisticsData();
        StringColumnStatisticsData text = data.stringColumnStatisticsData();
        BinaryColumnStatisticsData binary = data.binaryColumnStatisticsData();
        if (text != null && text.averageLength() == null) {
            return statistics.copy(copy -> copy.statisticsData(
                    data.copy(it -> it.stringColumnStatisticsData(text.copy(lengths -> lengths.averageLength(0.0))))));
        }
        if (binary != null && binary.averageLength() == null) {
            return statistics.copy(copy -> copy.statisticsData(data.copy(
                    it -> it.binaryColumnStatisticsData(binary.copy(lengths -> lengths.averageLength(0.0))))));
        }
        return statistics;
    }

    private static List<ColumnStatisticsType> given(ColumnStatisticsData data) {
        Map<ColumnStatisticsType, @Nullable Object> members = new EnumMap<>(ColumnStatisticsType.class);
        members.put(ColumnStatisticsType.BOOLEAN, data.booleanColumnStatisticsData());
        members.put(ColumnStatisticsType.DATE, data.dateColumnStatisticsData());
        members.put(ColumnStatisticsType.DECIMAL, data.decimalColumnStatisticsData());
        members.put(ColumnStatisticsType.DOUBLE, data.doubleColumnStatisticsData());
        members.put(ColumnStatisticsType.LONG, data.longColumnStatisticsData());
        members.put(ColumnStatisticsType.STRING, data.stringColumnStatisticsData());
        members.put(ColumnStatisticsType.BINARY, data.binaryColumnStatisticsData());
        return members.entrySet().stream()
                .filter(member -> member.getValue() != null)
                .map(Map.Entry::getKey)
                .toList();
    }
}
