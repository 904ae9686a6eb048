package dev.mastic.catalog;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.BackfillErrorCode;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.KeySchemaElement;
import software.amazon.awssdk.services.glue.model.PartitionIndex;
import software.amazon.awssdk.services.glue.model.PartitionIndexDescriptor;
import software.amazon.awssdk.services.glue.model.PartitionIndexStatus;
import software.amazon.awssdk.services.glue.model.ResourceNumberLimitExceededException;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PartitionIndexIT extends CatalogOnPostgres {
    private static PartitionIndex index(String name, String... keys) {
        return PartitionIndex.builder().indexName(name).keys(keys).build();
    }

    private void createIndex(String table, String name, String... keys) {
        glue.createPartitionIndex(
                request -> request.databaseName(database).tableName(table).partitionIndex(index(name, keys)));
    }

    private void deleteIndex(String table, String name) {
        glue.deletePartitionIndex(
                request -> request.databaseName(database).tableName(table).indexName(name));
    }

    private List<PartitionIndexDescriptor> indexes(String table) {
        return glue
                .getPartitionIndexesPaginator(
                        request -> request.databaseName(database).tableName(table))
                .stream()
                .flatMap(page -> page.partitionIndexDescriptorList().stream())
                .toList();
    }

    private static KeySchemaElement key(String name, String type) {
        return KeySchemaElement.builder().name(name).type(type).build();
    }

    private static TableInput withKeys(String name, String... namesAndTypes) {
        return TableInput.builder()
                .name(name)
                .partitionKeys(IntStream.range(0, namesAndTypes.length / 2)
                        .mapToObj(i -> Column.builder()
                                .name(namesAndTypes[2 * i])
                                .type(namesAndTypes[2 * i + 1])
                                .build())
                        .toList())
                .build();
    }

    private void createTable(TableInput input) {
        glue.createTable(request -> request.databaseName(database).tableInput(input));
    }

    private void updateTable(TableInput input) {
        glue.updateTable(request -> request.databaseName(database).tableInput(input));
    }

    @Test
    void indexesAreActiveAtOnceAndShownWithTheTypesOfTheirKeys() {
        createTable("t");
        create("t", partition("2026", "1"), partition("__HIVE_DEFAULT_PARTITION__", "x"));
        createIndex("t", "by_month", "MONTH", "year");
        createIndex("t", "By_Year", "year");

        assertThat(indexes("t"))
                .containsExactly(
                        PartitionIndexDescriptor.builder()
                                .indexName("By_Year")
                                .keys(key("year", "int"))
                                .indexStatus(PartitionIndexStatus.ACTIVE)
                                .build(),
                        PartitionIndexDescriptor.builder()
                                .indexName("by_month")
                                .keys(key("month", "string"), key("year", "int"))
                                .indexStatus(PartitionIndexStatus.ACTIVE)
                                .build());
        deleteIndex("t", "By_Year");
        assertThat(indexes("t")).hasSize(1);
        assertThatThrownBy(() -> deleteIndex("t", "By_Year"))
                .isInstanceOf(EntityNotFoundException.class)
                .hasMessageContaining("Index By_Year of table " + database + ".t not found");
    }

    @Test
    void createsATableWithIndexesOrNotAtAll() {
        glue.createTable(request -> request.databaseName(database)
                .tableInput(input("t", null))
                .partitionIndexes(index("a", "year"), index("b", "month", "year")));
        assertThat(indexes("t")).extracting(PartitionIndexDescriptor::indexName).containsExactly("a", "b");
        assertThatThrownBy(() -> create("t", partition("x", "1"))).isInstanceOf(InvalidInputException.class);

        assertThatThrownBy(() -> glue.createTable(request -> request.databaseName(database)
                        .tableInput(input("u", null))
                        .partitionIndexes(index("a", "year"), index("a", "month"))))
                .isInstanceOf(AlreadyExistsException.class);
        assertThatThrownBy(() -> glue.createTable(request -> request.databaseName(database)
                        .tableInput(input("u", null))
                        .partitionIndexes(
                                index("a", "year"), index("b", "month"), index("c", "month"), index("d", "year"))))
                .isInstanceOf(ResourceNumberLimitExceededException.class);
        assertThatThrownBy(() -> table("u")).isInstanceOf(EntityNotFoundException.class);
    }

    @Test
    void takesThreeIndexesOfSomeOfTheKeysWithNamesOfTheirOwn() {
        createTable(withKeys(
                "t",
                "s",
                "string",
                "v",
                "varchar(10)",
                "i",
                "bigint",
                "d",
                "date",
                "n",
                "decimal(10,2)",
                "t",
                "tinyint"));
        createIndex("t", "one", "v", "s");
        createIndex("t", "two", "t", "i", "s", "v");
        assertThatThrownBy(() -> createIndex("t", "one", "i"))
                .isInstanceOf(AlreadyExistsException.class)
                .hasMessageContaining("Index one of table " + database + ".t already exists");
        for (String[] keys : new String[][] {{"none"}, {"s", "S"}, {"d"}, {"n"}, {}}) {
            assertThatThrownBy(() -> createIndex("t", "bad", keys))
                    .as(String.join(",", keys))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("bad");
        }
        createIndex("t", "three", "i");
        assertThatThrownBy(() -> createIndex("t", "four", "s"))
                .isInstanceOf(ResourceNumberLimitExceededException.class)
                .hasMessageContaining("3 partition indexes");
        deleteIndex("t", "two");
        createIndex("t", "four", "s");

        assertThatThrownBy(() -> createIndex("none", "i", "s")).isInstanceOf(EntityNotFoundException.class);
        createTable(TableInput.builder().name("plain").build());
        assertThatThrownBy(() -> createIndex("plain", "i", "s")).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void failsOnPartitionsThatItCannotHaveAndNamesThem() {
        createTable(withKeys("t", "n", "smallint", "s", "string", "i", "int"));
        create(
                "t",
                partition("32767", "a", "1"),
                partition("32768", "a", "2"),
                partition("x", "a", "3"),
                partition("1", "a\u0002", "4"),
                partition("2", "a", "nine"));
        createIndex("t", "numbers", "n");
        createIndex("t", "strings", "s");
        createIndex("t", "fine", "s");

        assertThat(indexes("t"))
                .extracting(PartitionIndexDescriptor::indexStatusAsString)
                .containsOnly("FAILED");
        PartitionIndexDescriptor numbers = indexes("t").get(1);
        assertThat(numbers.indexName()).isEqualTo("numbers");
        assertThat(numbers.backfillErrors()).singleElement().satisfies(error -> {
            assertThat(error.code()).isEqualTo(BackfillErrorCode.INVALID_PARTITION_TYPE_DATA_ERROR);
            assertThat(error.partitions()).containsExactly(key("32768", "a", "2"), key("x", "a", "3"));
        });
        assertThat(indexes("t").get(2).backfillErrors()).singleElement().satisfies(error -> {
            assertThat(error.code()).isEqualTo(BackfillErrorCode.UNSUPPORTED_PARTITION_CHARACTER_ERROR);
            assertThat(error.partitions()).containsExactly(key("1", "a\u0002", "4"));
        });
        // Nothing is promised by an index that failed.
        create("t", partition("y", "a", "1"));

        glue.batchDeletePartition(request -> request.databaseName(database)
                .tableName("t")
                .partitionsToDelete(key("32768", "a", "2"), key("x", "a", "3"), key("y", "a", "1")));
        deleteIndex("t", "numbers");
        createIndex("t", "numbers", "n");
        assertThat(indexes("t").get(1).indexStatus()).isEqualTo(PartitionIndexStatus.ACTIVE);
        assertThat(indexes("t").get(1).backfillErrors()).isEmpty();
    }

    @Test
    void namesPartitionsThatHaveNoValueForAKey() {
        createTable(withKeys("t", "a", "string"));
        create("t", partition("1"));
        updateTable(withKeys("t", "a", "string", "b", "int"));
        createIndex("t", "i", "b");
        assertThat(indexes("t").get(0).backfillErrors()).singleElement().satisfies(error -> {
            assertThat(error.code()).isEqualTo(BackfillErrorCode.MISSING_PARTITION_VALUE_ERROR);
            assertThat(error.partitions()).containsExactly(key("1"));
        });
    }

    @Test
    void keepsTheLastTenIndexesThatFailed() {
        createTable(withKeys("t", "n", "int"));
        create("t", partition("x"));
        IntStream.range(0, 12).forEach(i -> createIndex("t", String.format("i%02d", i), "n"));
        assertThat(indexes("t"))
                .extracting(PartitionIndexDescriptor::indexName)
                .hasSize(10)
                .startsWith("i02")
                .endsWith("i11");
    }

    @Test
    void freezesThePartitionKeysOfAnIndexedTable() {
        createTable("t");
        createIndex("t", "i", "year");
        for (TableInput changed : List.of(
                withKeys("t", "year", "bigint", "month", "string"),
                withKeys("t", "year", "int", "month", "varchar(2)"),
                withKeys("t", "month", "string", "year", "int"),
                withKeys("t", "year", "int", "mon", "string"),
                withKeys("t", "year", "int"),
                withKeys("t", "year", "int", "month", "string", "day", "int"),
                withKeys("t"))) {
            assertThatThrownBy(() -> updateTable(changed))
                    .as("%s", changed.partitionKeys())
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("The partition keys of table " + database + ".t cannot change");
        }
        assertThat(table("t").versionId()).isEqualTo("0");
        update("t", "the keys stay", null, false);
        assertThat(table("t").description()).isEqualTo("the keys stay");

        deleteIndex("t", "i");
        updateTable(withKeys("t", "year", "bigint"));
        assertThat(table("t").partitionKeys()).hasSize(1);
    }

    @Test
    void checksTheTypesOfNewPartitions() {
        createTable("t");
        create("t", partition("2024", "1"));
        createIndex("t", "i", "year");

        assertThat(glue.batchCreatePartition(request -> request.databaseName(database)
                                .tableName("t")
                                .partitionInputList(
                                        partition("2025", "1"),
                                        partition("", "1"),
                                        partition("2147483648", "1"),
                                        partition("__HIVE_DEFAULT_PARTITION__", "1")))
                        .errors())
                .allSatisfy(error -> assertThat(error.errorDetail().errorCode()).isEqualTo("InvalidInputException"))
                .extracting(error -> error.partitionValues().get(0))
                .containsExactly("", "2147483648");
        assertThatThrownBy(() -> glue.createPartition(
                        request -> request.databaseName(database).tableName("t").partitionInput(partition("x", "1"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("The value 'x' of partition key 'year'");
        assertThatThrownBy(() -> glue.updatePartition(request -> request.databaseName(database)
                        .tableName("t")
                        .partitionValueList("2024", "1")
                        .partitionInput(partition("1.5", "1"))))
                .isInstanceOf(InvalidInputException.class);
        assertThat(glue.batchUpdatePartition(request -> request.databaseName(database)
                                .tableName("t")
                                .entries(entry ->
                                        entry.partitionValueList("2024", "1").partitionInput(partition("nil", "1"))))
                        .errors())
                .hasSize(1);
        assertThat(partitions("t", "year = 2024")).hasSize(1);

        deleteIndex("t", "i");
        create("t", partition("x", "1"));
    }

    @Test
    void letsNoPartitionSlipPastAnIndexThatIsMade() throws Exception {
        for (int round = 0; round < 8; round++) {
            String name = "t" + round;
            createTable(name);
            List<Boolean> done = together(5, writer -> {
                if (writer == 0) {
                    createIndex(name, "i", "year");
                    return indexes(name).get(0).indexStatus() == PartitionIndexStatus.ACTIVE;
                }
                try {
                    create(name, partition("bad" + writer, "1"));
                    return true;
                } catch (InvalidInputException e) {
                    assertThat(e.getMessage()).contains("is not of its type");
                    return false;
                }
            });
            if (done.get(0)) {
                assertThat(partitions(name, "")).as("round %s: %s", round, done).isEmpty();
            } else {
                assertThat(done).as("round %s", round).containsSequence(true);
            }
        }
    }

    @Test
    void letsNoChangeOfKeysSlipPastAnIndexThatIsMade() throws Exception {
        for (int round = 0; round < 10; round++) {
            String name = "t" + round;
            createTable(name);
            List<Boolean> done = together(2, writer -> {
                try {
                    if (writer == 0) {
                        createIndex(name, "i", "year");
                    } else {
                        updateTable(withKeys(name, "year", "date", "month", "string"));
                    }
                    return true;
                } catch (InvalidInputException e) {
                    return false;
                }
            });
            assertThat(done).as("round %s", round).containsOnlyOnce(true);
        }
    }

    @Test
    void takesThreeOfManyIndexesThatAreMadeAtOnce() throws Exception {
        createTable("t");
        List<Boolean> made = together(8, writer -> {
            try {
                createIndex("t", "i" + writer, "year");
                return true;
            } catch (ResourceNumberLimitExceededException e) {
                return false;
            }
        });
        assertThat(made).filteredOn(one -> one).hasSize(3);
        assertThat(indexes("t")).hasSize(3);
    }
}
