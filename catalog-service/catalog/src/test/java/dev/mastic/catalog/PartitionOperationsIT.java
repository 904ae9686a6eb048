package dev.mastic.catalog;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequestEntry;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PartitionOperationsIT extends CatalogOnPostgres {
    @Test
    void createsPartitionsInBatchesWithErrorsPerItem() {
        createTable("t");
        assertThat(glue.batchCreatePartition(request -> request.databaseName(database)
                                .tableName("t")
                                .partitionInputList(
                                        partition("2026", "1"), partition("2026", "2"), partition("2026", "1")))
                        .errors())
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.partitionValues()).containsExactly("2026", "1");
                    assertThat(error.errorDetail().errorCode()).isEqualTo("AlreadyExistsException");
                });
        assertThat(glue.batchCreatePartition(request -> request.databaseName(database)
                                .tableName("t")
                                .partitionInputList(partition("2026", "2"), partition("2026"), partition("2026", "3")))
                        .errors())
                .extracting(error -> error.errorDetail().errorCode())
                .containsExactlyInAnyOrder("AlreadyExistsException", "InvalidInputException");
        assertThat(partitions("t", ""))
                .extracting(Partition::values)
                .containsExactly(List.of("2026", "1"), List.of("2026", "2"), List.of("2026", "3"));
        assertThatThrownBy(() -> glue.batchCreatePartition(request -> request.databaseName(database)
                        .tableName("t")
                        .partitionInputList(Collections.nCopies(101, partition("1", "1")))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("at most 100");
    }

    @Test
    void echoesNamesAndAlwaysHasAStorageDescriptor() {
        createTable("t");
        glue.createPartition(request -> request.databaseName(database)
                .tableName("t")
                .partitionInput(PartitionInput.builder().values("2026", "1").build()));

        Partition found = glue.getPartition(
                        request -> request.databaseName(database).tableName("t").partitionValues("2026", "1"))
                .partition();
        assertThat(found.databaseName()).isEqualTo(database);
        assertThat(found.tableName()).isEqualTo("t");
        assertThat(found.storageDescriptor()).isNotNull();
        assertThat(glue.batchGetPartition(request -> request.databaseName(database)
                                .tableName("t")
                                .partitionsToGet(key("2026", "1"), key("2026", "9")))
                        .partitions())
                .hasSize(1);
    }

    @Test
    void updatesMovesAndDeletesPartitions() {
        createTable("t");
        create("t", partition("2026", "1"), partition("2026", "2"));
        glue.updatePartition(request -> request.databaseName(database)
                .tableName("t")
                .partitionValueList("2026", "1")
                .partitionInput(partition("2026", "7")));
        assertThatThrownBy(() -> glue.updatePartition(request -> request.databaseName(database)
                        .tableName("t")
                        .partitionValueList("2026", "7")
                        .partitionInput(partition("2026", "2"))))
                .isInstanceOf(AlreadyExistsException.class);
        assertThat(glue.batchUpdatePartition(request -> request.databaseName(database)
                                .tableName("t")
                                .entries(
                                        entry -> entry.partitionValueList("2026", "2")
                                                .partitionInput(partition("2026", "2")),
                                        entry -> entry.partitionValueList("0", "0")
                                                .partitionInput(partition("0", "0"))))
                        .errors())
                .extracting(error -> error.errorDetail().errorCode())
                .containsExactly("EntityNotFoundException");
        assertThat(glue.batchDeletePartition(request -> request.databaseName(database)
                                .tableName("t")
                                .partitionsToDelete(key("2026", "7"), key("2026", "1")))
                        .errors())
                .hasSize(1);
        glue.deletePartition(
                request -> request.databaseName(database).tableName("t").partitionValues("2026", "2"));
        assertThat(partitions("t", "")).isEmpty();
    }

    @Test
    void filtersPartitionsByExpression() {
        createTable("t");
        create("t", partition("2025", "12"), partition("2026", "2"), partition("2026", "10"), partition("2026", "o'x"));

        // "month" is a string, "year" a number.
        assertThat(partitions("t", "year = 2026 and month < '2'"))
                .extracting(Partition::values)
                .containsExactly(List.of("2026", "10"));
        assertThat(partitions("t", "month = 'o''x'")).hasSize(1);
        assertThatThrownBy(() -> partitions("t", "day = 1"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("day");
        assertThatThrownBy(() -> partitions("t", "month = 'o'x'")).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> partitions("t", "1=1; drop table catalog.partition"))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void scansInSegmentsThatTogetherAreTheWhole() {
        createTable("t");
        for (int batch = 0; batch < 3; batch++) {
            int offset = batch * 100;
            create(
                    "t",
                    IntStream.range(offset, offset + 100)
                            .mapToObj(i -> partition("2026", Integer.toString(i)))
                            .toArray(PartitionInput[]::new));
        }
        List<List<String>> all = new ArrayList<>();
        for (int segment = 0; segment < 5; segment++) {
            int number = segment;
            glue
                    .getPartitionsPaginator(request -> request.databaseName(database)
                            .tableName("t")
                            .maxResults(7)
                            .excludeColumnSchema(true)
                            .segment(part -> part.segmentNumber(number).totalSegments(5)))
                    .stream()
                    .flatMap(page -> page.partitions().stream())
                    .forEach(partition -> {
                        assertThat(partition.storageDescriptor().hasColumns()).isFalse();
                        all.add(partition.values());
                    });
        }

        assertThat(all).hasSize(300).doesNotHaveDuplicates();
    }

    @Test
    void pagesStayRightWhileOthersAddAndDrop() {
        createTable("t");
        create(
                "t",
                IntStream.range(0, 60)
                        .mapToObj(i -> partition("2026", String.format("%02d", i)))
                        .toArray(PartitionInput[]::new));
        List<String> seen = new ArrayList<>();
        String token = null;
        int round = 0;
        do {
            String from = token;
            var page = glue.getPartitions(request ->
                    request.databaseName(database).tableName("t").maxResults(10).nextToken(from));
            page.partitions().forEach(partition -> seen.add(partition.values().get(1)));
            String dropped = String.format("%02d", round);
            glue.deletePartition(
                    request -> request.databaseName(database).tableName("t").partitionValues("2026", dropped));
            create("t", partition("2026", "!" + round));
            round++;
            token = page.nextToken();
        } while (token != null);

        assertThat(seen)
                .containsExactlyElementsOf(IntStream.range(0, 60)
                        .mapToObj(i -> String.format("%02d", i))
                        .toList());
    }

    @Test
    void updatesABatchInTheOrderOfItsEntries() {
        createTable("t");
        create("t", partition("2026", "1"), partition("2026", "2"));
        assertThat(glue.batchUpdatePartition(request -> request.databaseName(database)
                                .tableName("t")
                                .entries(
                                        entry("first", "2026", "1"),
                                        entry("last", "2026", "1"),
                                        entry("x", "2026"),
                                        entry("x", "2026", "9"),
                                        BatchUpdatePartitionRequestEntry.builder()
                                                .partitionValueList("2026", "2")
                                                .build()))
                        .errors())
                .extracting(error ->
                        error.partitionValueList() + " " + error.errorDetail().errorCode())
                .containsExactlyInAnyOrder(
                        "[2026] InvalidInputException",
                        "[2026, 9] EntityNotFoundException",
                        "[2026, 2] InvalidInputException");
        assertThat(get("t", "2026", "1").parameters()).containsEntry("k", "last");
        assertThat(get("t", "2026", "1").creationTime()).isNotNull();

        assertThat(glue.batchUpdatePartition(request -> request.databaseName(database)
                                .tableName("t")
                                .entries(moved("2", "3"), moved("1", "2"), moved("2", "1"), moved("1", "3")))
                        .errors())
                .singleElement()
                .satisfies(error -> assertThat(error.errorDetail().errorMessage())
                        .contains("[2026, 3]")
                        .contains("already exists"));
        assertThat(partitions("t", ""))
                .extracting(Partition::values)
                .containsExactly(List.of("2026", "1"), List.of("2026", "3"));
    }

    @Test
    void letsOneOfManyBatchesCreateEachPartition() throws Exception {
        createTable("t");
        List<PartitionInput> inputs = IntStream.range(0, 100)
                .mapToObj(i -> partition("2026", Integer.toString(i)))
                .collect(Collectors.toList());
        AtomicInteger created = new AtomicInteger();
        together(8, writer -> {
            List<PartitionInput> mine = new ArrayList<>(inputs);
            Collections.shuffle(mine, new Random(writer));
            int errors = glue.batchCreatePartition(request ->
                            request.databaseName(database).tableName("t").partitionInputList(mine))
                    .errors()
                    .size();
            return created.addAndGet(mine.size() - errors) >= 0;
        });

        assertThat(created).as("partitions that some batch created").hasValue(100);
        assertThat(partitions("t", "")).hasSize(100);
    }

    @Test
    void refusesValuesThatCannotBeKept() {
        createTable("t");
        for (String value : List.of("a\u0000", "\uD800", "a\u0001", "x".repeat(2_200))) {
            assertThatThrownBy(() -> create("t", partition("2026", value)))
                    .as("value of %s characters", value.length())
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageMatching(".*(partition value|values of a partition).*");
        }
        Random random = new Random(1);
        for (int bytes = 1; bytes <= 4; bytes *= 4) {
            // Nothing that could be compressed, and of four bytes a sort key is the longest.
            String longest = random.ints(2_180 / bytes, bytes == 1 ? '!' : 0x10000, bytes == 1 ? '~' : 0x10FFFF)
                    .mapToObj(Character::toString)
                    .collect(Collectors.joining());
            create("t", partition("2026", longest));
            assertThat(get("t", "2026", longest).values()).containsExactly("2026", longest);
        }
        assertThatThrownBy(() -> get("t", "2026"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(database + ".t has the keys [year, month], found the values [2026]");
        glue.createTable(request -> request.databaseName(database).tableInput(input -> input.name("plain")));
        assertThatThrownBy(() -> create("plain", partition("1")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has no partition keys");
    }

    @Test
    void keepsPartitionsOfATableThatGetsOneMoreKey() {
        createTable("t");
        create("t", partition("2026", "1"));
        glue.updateTable(request -> request.databaseName(database)
                .tableInput(input("t", null).toBuilder()
                        .partitionKeys(column("year", "int"), column("month", "string"), column("day", "string"))
                        .build()));
        create("t", partition("2026", "1", "5"), partition("2026", "1", "__HIVE_DEFAULT_PARTITION__"));

        assertThat(partitions("t", "year = 2026 and month = '1' and day is null"))
                .hasSize(2);
        assertThat(partitions("t", "month = '1' and day = '5'")).hasSize(1);
        assertThat(partitions("t", "day <> '5'")).isEmpty();
    }

    @Test
    void showsEachPartitionOnceWhileOthersInsert() throws Exception {
        createTable("t");
        for (int batch = 0; batch < 5; batch++) {
            int from = batch * 100;
            create(
                    "t",
                    IntStream.range(from, from + 100)
                            .mapToObj(i -> partition("2026", String.format("%04d", i * 2)))
                            .toArray(PartitionInput[]::new));
        }
        Set<List<String>> before =
                partitions("t", "").stream().map(Partition::values).collect(Collectors.toSet());
        AtomicInteger readers = new AtomicInteger(3);
        together(5, worker -> {
            if (worker < 3) {
                try {
                    List<List<String>> seen = glue
                            .getPartitionsPaginator(request -> request.databaseName(database)
                                    .tableName("t")
                                    .maxResults(13))
                            .stream()
                            .flatMap(page -> page.partitions().stream())
                            .map(Partition::values)
                            .toList();
                    assertThat(seen)
                            .as("reader %s", worker)
                            .doesNotHaveDuplicates()
                            .containsAll(before);
                } finally {
                    readers.decrementAndGet();
                }
            } else {
                for (int i = worker - 3; i < 500 && readers.get() > 0; i += 2) {
                    create("t", partition("2026", String.format("%04d", i * 2 + 1)));
                }
            }
            return true;
        });
    }

    private Partition get(String table, String... values) {
        return glue.getPartition(request ->
                        request.databaseName(database).tableName(table).partitionValues(values))
                .partition();
    }

    private static BatchUpdatePartitionRequestEntry entry(String parameter, String... values) {
        return BatchUpdatePartitionRequestEntry.builder()
                .partitionValueList(values)
                .partitionInput(input -> input.parameters(Map.of("k", parameter)))
                .build();
    }

    private static BatchUpdatePartitionRequestEntry moved(String from, String to) {
        return BatchUpdatePartitionRequestEntry.builder()
                .partitionValueList("2026", from)
                .partitionInput(partition("2026", to))
                .build();
    }

    private static Column column(String name, String type) {
        return Column.builder().name(name).type(type).build();
    }

    @Test
    void filtersByTheTypesThatTheKeysHaveNow() {
        createTable("t");
        create("t", partition("9", "a"), partition("10", "b"), partition("x", "c"));
        assertThat(partitions("t", "year > 9")).extracting(Partition::values).containsExactly(List.of("10", "b"));

        retype("string");
        assertThat(partitions("t", "year > '9'")).extracting(Partition::values).containsExactly(List.of("x", "c"));

        retype("bigint");
        create("t", partition("11", "d"));
        assertThat(partitions("t", "year > 9"))
                .extracting(Partition::values)
                .containsExactlyInAnyOrder(List.of("10", "b"), List.of("11", "d"));
    }

    @Test
    void storesNoSortKeyOfTypesThatAnUpdateHasJustReplaced() throws Exception {
        createTable("t");
        for (int round = 0; round < 20; round++) {
            String type = round % 2 == 0 ? "string" : "int";
            int number = round * 10;
            together(4, writer -> {
                if (writer == 0) {
                    retype(type);
                } else {
                    create("t", partition(Integer.toString(number + writer), "m"));
                }
                return true;
            });
        }
        assertThat(partitions("t", "year >= 0 and year < 1000")).hasSize(60);
    }

    private void retype(String type) {
        TableInput input = input("t", null).toBuilder()
                .partitionKeys(
                        Column.builder().name("year").type(type).build(),
                        Column.builder().name("month").type("string").build())
                .build();
        glue.updateTable(request -> request.databaseName(database).tableInput(input));
    }
}
