package dev.mastic.catalog;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.glue.model.ColumnError;
import software.amazon.awssdk.services.glue.model.ColumnStatistics;
import software.amazon.awssdk.services.glue.model.ColumnStatisticsData;
import software.amazon.awssdk.services.glue.model.ColumnStatisticsType;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetColumnStatisticsForTableResponse;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

import java.time.Instant;
import java.util.Collections;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StatisticsOperationsIT extends StatisticsOnPostgres {
    @Test
    void keepsStatisticsOfEveryType() {
        List<ColumnStatistics> all = List.of(
                of(
                        "a",
                        ColumnStatisticsData.builder()
                                .type(ColumnStatisticsType.BOOLEAN)
                                .booleanColumnStatisticsData(data -> data.numberOfTrues(1L)
                                        .numberOfFalses(2L)
                                        .numberOfNulls(3L))
                                .build()),
                of(
                        "b",
                        ColumnStatisticsData.builder()
                                .type(ColumnStatisticsType.DATE)
                                .dateColumnStatisticsData(
                                        data -> data.minimumValue(Instant.parse("1969-01-01T00:00:00Z"))
                                                .maximumValue(ANALYZED)
                                                .numberOfNulls(0L)
                                                .numberOfDistinctValues(7L))
                                .build()),
                of(
                        "c",
                        ColumnStatisticsData.builder()
                                .type(ColumnStatisticsType.DECIMAL)
                                .decimalColumnStatisticsData(data -> data.minimumValue(number -> number.scale(2)
                                                .unscaledValue(SdkBytes.fromByteArray(new byte[] {-1, 0, 127})))
                                        .numberOfNulls(0L)
                                        .numberOfDistinctValues(7L))
                                .build()),
                of(
                        "d",
                        ColumnStatisticsData.builder()
                                .type(ColumnStatisticsType.DOUBLE)
                                .doubleColumnStatisticsData(data -> data.minimumValue(-0.1)
                                        .maximumValue(Double.MAX_VALUE)
                                        .numberOfNulls(0L)
                                        .numberOfDistinctValues(7L))
                                .build()),
                longs("e", 5),
                of(
                        "f",
                        ColumnStatisticsData.builder()
                                .type(ColumnStatisticsType.STRING)
                                .stringColumnStatisticsData(data -> data.maximumLength(9L)
                                        .averageLength(1.0 / 3)
                                        .numberOfNulls(0L)
                                        .numberOfDistinctValues(7L))
                                .build()),
                of(
                        "g",
                        ColumnStatisticsData.builder()
                                .type(ColumnStatisticsType.BINARY)
                                .binaryColumnStatisticsData(data -> data.maximumLength(9L)
                                        .averageLength(2.5)
                                        .numberOfNulls(0L))
                                .build()));
        createTable("t", "a:x", "b:x", "c:x", "d:x", "e:x", "f:x", "g:x");
        create("t", partition("p"));

        assertThat(update("t", all.toArray(ColumnStatistics[]::new)).errors()).isEmpty();
        update("t", "p", all.toArray(ColumnStatistics[]::new));
        String[] names = {"g", "f", "e", "d", "c", "b", "a"};
        assertThat(get("t", names).columnStatisticsList()).containsExactlyInAnyOrderElementsOf(all);
        assertThat(get("t", names).errors()).isEmpty();
        assertThat(ofPartition("t", "p", names).columnStatisticsList()).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void answersErrorsPerColumn() {
        createTable("t", "a:bigint", "b:bigint");
        create("t", partition("p"));
        assertThat(update("t", longs("A", 1), longs("none", 2)).errors())
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.columnStatistics()).isEqualTo(longs("none", 2));
                    assertThat(error.error().errorCode()).isEqualTo("EntityNotFoundException");
                    assertThat(error.error().errorMessage())
                            .contains("Column none of table " + database + ".t not found");
                });
        GetColumnStatisticsForTableResponse found = get("t", "a", "b", "none");
        assertThat(found.columnStatisticsList()).containsExactly(longs("A", 1));
        assertThat(found.errors())
                .extracting(ColumnError::columnName, error -> error.error().errorMessage())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "b", "Statistics of column b of table " + database + ".t not found."),
                        org.assertj.core.groups.Tuple.tuple(
                                "none", "Column none of table " + database + ".t not found."));
        assertThat(ofPartition("t", "p", "a").errors()).hasSize(1);
    }

    @Test
    void refusesWhatCannotBe() {
        createTable("t", "a:bigint");
        create("t", partition("p"));
        ColumnStatistics valid = longs("a", 1);
        for (ColumnStatistics wrong : List.of(
                valid.toBuilder()
                        .statisticsData(valid.statisticsData().toBuilder()
                                .type(ColumnStatisticsType.STRING)
                                .build())
                        .build(),
                valid.toBuilder()
                        .statisticsData(data -> data.type(ColumnStatisticsType.LONG))
                        .build(),
                valid.toBuilder()
                        .statisticsData(valid.statisticsData().toBuilder()
                                .booleanColumnStatisticsData(data -> data.numberOfNulls(1L))
                                .build())
                        .build(),
                valid.toBuilder()
                        .statisticsData(
                                valid.statisticsData().toBuilder().type("OTHER").build())
                        .build(),
                valid.toBuilder().analyzedTime(null).build(),
                valid.toBuilder().columnType(null).build(),
                valid.toBuilder().columnName(null).build())) {
            assertThatThrownBy(() -> update("t", wrong)).as("%s", wrong).isInstanceOf(InvalidInputException.class);
        }
        assertThat(update("t", Collections.nCopies(25, valid).toArray(ColumnStatistics[]::new))
                        .errors())
                .isEmpty();
        assertThatThrownBy(() -> update("t", Collections.nCopies(26, valid).toArray(ColumnStatistics[]::new)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("at most 25");
        get("t", Collections.nCopies(100, "a").toArray(String[]::new));
        assertThatThrownBy(() -> get("t", Collections.nCopies(101, "a").toArray(String[]::new)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("at most 100");
        assertThatThrownBy(() -> get("none", "a")).isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> ofPartition("t", "none", "a"))
                .isInstanceOf(EntityNotFoundException.class)
                .hasMessageContaining("Partition [none]");
        assertThatThrownBy(() -> update("t", "none", valid)).isInstanceOf(EntityNotFoundException.class);
    }

    @Test
    void deletesTheStatisticsOfOneColumn() {
        createTable("t", "a:bigint", "b:bigint");
        create("t", partition("p"), partition("q"));
        update("t", longs("a", 1), longs("b", 1));
        update("t", "p", longs("a", 1), longs("b", 1));
        update("t", "q", longs("a", 1));

        glue.deleteColumnStatisticsForTable(
                request -> request.databaseName(database).tableName("t").columnName("A"));
        assertThat(get("t", "a", "b").columnStatisticsList()).containsExactly(longs("b", 1));
        glue.deleteColumnStatisticsForPartition(request -> request.databaseName(database)
                .tableName("t")
                .partitionValues("p")
                .columnName("b"));
        assertThat(ofPartition("t", "p", "a", "b").columnStatisticsList()).containsExactly(longs("a", 1));
        assertThat(ofPartition("t", "q", "a", "b").columnStatisticsList()).containsExactly(longs("a", 1));
        assertThatThrownBy(() -> glue.deleteColumnStatisticsForTable(
                        request -> request.databaseName(database).tableName("t").columnName("none")))
                .isInstanceOf(EntityNotFoundException.class)
                .hasMessageContaining("Column none of table " + database + ".t");
        assertThatThrownBy(() -> glue.deleteColumnStatisticsForPartition(request -> request.databaseName(database)
                        .tableName("t")
                        .partitionValues("p")
                        .columnName("none")))
                .isInstanceOf(EntityNotFoundException.class);
    }

    @Test
    void takesNoAverageLengthAsZero() {
        createTable("t", "a:string", "b:binary");
        update(
                "t",
                of(
                        "a",
                        ColumnStatisticsData.builder()
                                .type(ColumnStatisticsType.STRING)
                                .stringColumnStatisticsData(data ->
                                        data.maximumLength(0L).numberOfNulls(3L).numberOfDistinctValues(1L))
                                .build()),
                of(
                        "b",
                        ColumnStatisticsData.builder()
                                .type(ColumnStatisticsType.BINARY)
                                .binaryColumnStatisticsData(
                                        data -> data.maximumLength(0L).numberOfNulls(3L))
                                .build()));
        List<ColumnStatistics> found = get("t", "a", "b").columnStatisticsList();
        assertThat(found.get(0).statisticsData().stringColumnStatisticsData().averageLength())
                .isZero();
        assertThat(found.get(0).statisticsData().stringColumnStatisticsData().numberOfNulls())
                .isEqualTo(3);
        assertThat(found.get(1).statisticsData().binaryColumnStatisticsData().averageLength())
                .isZero();
    }

    @Test
    void deletesStatisticsThatAreNotThere() {
        createTable("t", "a:bigint");
        create("t", partition("p"));
        for (String column : List.of("a", "k")) {
            glue.deleteColumnStatisticsForTable(
                    request -> request.databaseName(database).tableName("t").columnName(column));
            glue.deleteColumnStatisticsForPartition(request -> request.databaseName(database)
                    .tableName("t")
                    .partitionValues("p")
                    .columnName(column));
        }
        assertThatThrownBy(() -> glue.deleteColumnStatisticsForTable(request ->
                        request.databaseName(database).tableName("none").columnName("a")))
                .isInstanceOf(EntityNotFoundException.class);
    }
}
