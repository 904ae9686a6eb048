package dev.mastic.catalog;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.ColumnStatistics;

import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** When statistics end, and what many writers make of them. */
class StatisticsLifetimeIT extends StatisticsOnPostgres {
    @Test
    void statisticsEndWithTheirTableAndPartitionAndMoveWithTheirPartition() {
        createTable("t", "a:bigint");
        create("t", partition("p"), partition("q"));
        update("t", longs("a", 1));
        update("t", "p", longs("a", 2));
        update("t", "q", longs("a", 3));

        glue.updatePartition(request -> request.databaseName(database)
                .tableName("t")
                .partitionValueList("q")
                .partitionInput(partition("moved")));
        assertThat(ofPartition("t", "moved", "a").columnStatisticsList()).containsExactly(longs("a", 3));
        glue.deletePartition(
                request -> request.databaseName(database).tableName("t").partitionValues("p"));
        create("t", partition("p"));
        assertThat(ofPartition("t", "p", "a").columnStatisticsList()).isEmpty();

        glue.deleteTable(request -> request.databaseName(database).name("t"));
        createTable("t", "a:bigint");
        create("t", partition("moved"));
        assertThat(get("t", "a").columnStatisticsList()).isEmpty();
        assertThat(ofPartition("t", "moved", "a").columnStatisticsList()).isEmpty();
    }

    @Test
    void statisticsEndWithTheirColumn() {
        createTable("t", "a:bigint", "b:bigint", "c:int");
        create("t", partition("p"));
        update("t", longs("a", 1), longs("b", 1), longs("c", 1));
        update("t", "p", longs("a", 1), longs("b", 1), longs("c", 1));

        // b goes, c is of another type, a stays.
        glue.updateTable(request ->
                request.databaseName(database).tableInput(withColumns("t", "A:bigint", "x:bigint", "c:string")));
        glue.updateTable(request ->
                request.databaseName(database).tableInput(withColumns("t", "a:bigint", "b:bigint", "c:int")));
        assertThat(get("t", "a", "b", "c").columnStatisticsList()).containsExactly(longs("a", 1));
        assertThat(ofPartition("t", "p", "a", "b", "c").columnStatisticsList()).containsExactly(longs("a", 1));

        update("t", "p", longs("b", 2));
        assertThat(ofPartition("t", "p", "a", "b", "c").columnStatisticsList())
                .containsExactlyInAnyOrder(longs("a", 1), longs("b", 2));
    }

    @Test
    void takesTheLongestValuesAndNames() {
        String column = "\uD83D\uDE00".repeat(255);
        glue.createTable(request -> request.databaseName(database)
                .tableInput(input -> input.name("t")
                        .partitionKeys(Column.builder().name("k").type("string").build())
                        .storageDescriptor(storage -> storage.columns(
                                Column.builder().name(column).type("bigint").build()))));
        String value = "v".repeat(2_100);
        create("t", partition(value));
        update("t", value, longs(column, 4));
        assertThat(ofPartition("t", value, column).columnStatisticsList()).containsExactly(longs(column, 4));
    }

    @Test
    void losesNothingOfManyWritersOfOnePartition() throws Exception {
        String[] columns =
                IntStream.range(0, 32).mapToObj(i -> "c" + i + ":bigint").toArray(String[]::new);
        createTable("t", columns);
        create("t", partition("p"));
        together(8, writer -> {
            for (int i = 0; i < 4; i++) {
                // Each column from two writers, in opposite orders.
                ColumnStatistics[] some = {
                    longs("c" + (writer * 4 + i) % 32, 1), longs("c" + (31 - writer * 4 - i), 1),
                };
                update("t", "p", some);
                update("t", some);
            }
            return true;
        });
        String[] names = IntStream.range(0, 32).mapToObj(i -> "c" + i).toArray(String[]::new);
        assertThat(ofPartition("t", "p", names).columnStatisticsList()).hasSize(32);
        assertThat(get("t", names).columnStatisticsList()).hasSize(32);
    }

    @Test
    void letsNoStatisticsOutliveAColumnThatIsDroppedMeanwhile() throws Exception {
        createTable("t", "a:bigint", "b:bigint");
        create("t", partition("p"));
        together(4, writer -> {
            for (int i = 0; i < 15; i++) {
                if (writer == 0) {
                    String[] columns = i % 2 == 0 ? new String[] {"a:bigint"} : new String[] {"a:bigint", "b:bigint"};
                    glue.updateTable(request -> request.databaseName(database).tableInput(withColumns("t", columns)));
                } else {
                    update("t", longs("b", writer));
                    glue.updateColumnStatisticsForPartition(request -> request.databaseName(database)
                            .tableName("t")
                            .partitionValues("p")
                            .columnStatisticsList(longs("b", 1)));
                }
            }
            return true;
        });
        glue.updateTable(
                request -> request.databaseName(database).tableInput(withColumns("t", "a:bigint", "b:bigint")));
        assertThat(get("t", "b").columnStatisticsList())
                .as("the last update before had dropped b")
                .isEmpty();
        assertThat(ofPartition("t", "p", "b").columnStatisticsList()).isEmpty();
    }
}
