package dev.mastic.catalog;

import dev.mastic.testing.TestPostgres;
import dev.mastic.testing.TestPostgres.TestDatabase;
import dev.mastic.wire.GlueDispatcher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.ConcurrentModificationException;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.PartitionValueList;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CatalogIT {
    private static final AtomicInteger NAMES = new AtomicInteger();

    private static TestDatabase postgres;
    private static Catalog catalog;
    private static GlueClient glue;

    private String database;

    @BeforeAll
    static void open() {
        postgres = TestPostgres.newDatabase();
        catalog = Catalog.open(postgres.dataSource(), "123456789012");
        glue = new GlueDispatcher(catalog.operations()).client();
    }

    @AfterAll
    static void close() {
        catalog.close();
        postgres.close();
    }

    @BeforeEach
    void newDatabase() {
        database = "db" + NAMES.incrementAndGet();
        glue.createDatabase(request -> request.databaseInput(input -> input.name(database)));
    }

    @Test
    void foldsNamesAndKeepsWhatItWasGiven() {
        glue.createDatabase(request -> request.databaseInput(
                input -> input.name("ÉTÉ_İ").description("d").parameters(Map.of("k", "v"))));

        var found = glue.getDatabase(request -> request.name("Été_i̇")).database();
        assertThat(found.name()).isEqualTo("été_i̇");
        assertThat(found.parameters()).containsEntry("k", "v");
        assertThat(found.catalogId()).isEqualTo("123456789012");
        assertThat(found.createTime()).isNotNull();
    }

    @Test
    void answersMissingAndDoubledEntitiesByName() {
        createTable("t");

        assertThatThrownBy(() -> glue.createDatabase(request -> request.databaseInput(input -> input.name(database))))
                .isInstanceOf(AlreadyExistsException.class)
                .hasMessage("Database " + database + " already exists.");
        assertThatThrownBy(() -> createTable("T"))
                .isInstanceOf(AlreadyExistsException.class)
                .hasMessage("Table " + database + ".t already exists.");
        assertThatThrownBy(() ->
                        glue.getTable(request -> request.databaseName(database).name("none")))
                .isInstanceOf(EntityNotFoundException.class)
                .hasMessage("Table " + database + ".none not found.");
        assertThatThrownBy(() ->
                        glue.getTable(request -> request.databaseName("none").name("t")))
                .hasMessage("Database none not found.");
        assertThatThrownBy(() ->
                        glue.createTable(request -> request.databaseName("none").tableInput(input -> input.name("t"))))
                .isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> glue.deleteTable(
                        request -> request.databaseName(database).name("none")))
                .isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> glue.deleteDatabase(request -> request.name("none")))
                .isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> glue.getDatabase(
                        request -> request.catalogId("999999999999").name(database)))
                .isInstanceOf(EntityNotFoundException.class)
                .hasMessageContaining("Catalog 999999999999 not found");
    }

    @Test
    void archivesVersionsUnlessToldNotTo() {
        createTable("t");
        update("t", "one", null, false);
        update("t", "two", null, true);
        update("t", "three", null, false);

        assertThat(table("t").versionId()).isEqualTo("3");
        assertThat(glue.getTableVersions(
                                request -> request.databaseName(database).tableName("t"))
                        .tableVersions())
                .extracting(
                        version -> version.versionId() + " " + version.table().description())
                .containsExactly("3 three", "2 two", "0 null");
        assertThat(glue.getTableVersion(request ->
                                request.databaseName(database).tableName("t").versionId("2"))
                        .tableVersion()
                        .table()
                        .description())
                .isEqualTo("two");
        glue.deleteTableVersion(
                request -> request.databaseName(database).tableName("t").versionId("2"));
        assertThatThrownBy(() -> glue.deleteTableVersion(
                        request -> request.databaseName(database).tableName("t").versionId("3")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is the present one");
        assertThatThrownBy(() -> glue.getTableVersion(
                        request -> request.databaseName(database).tableName("t").versionId("2")))
                .isInstanceOf(EntityNotFoundException.class);
    }

    @Test
    void pagesThroughVersions() {
        createTable("t");
        IntStream.range(0, 12).forEach(i -> update("t", "d" + i, null, false));

        assertThat(glue
                        .getTableVersionsPaginator(request ->
                                request.databaseName(database).tableName("t").maxResults(5))
                        .stream()
                        .flatMap(page -> page.tableVersions().stream())
                        .map(version -> Integer.parseInt(version.versionId())))
                .containsExactlyElementsOf(
                        IntStream.iterate(12, i -> i - 1).limit(13).boxed().toList());
    }

    @Test
    void letsExactlyOneOfManyWritersWinAVersion() throws Exception {
        createTable("t");
        List<Boolean> won = together(16, writer -> {
            try {
                update("t", "writer " + writer, "0", true);
                return true;
            } catch (ConcurrentModificationException e) {
                return false;
            }
        });

        assertThat(won).containsOnlyOnce(true);
        assertThat(table("t").versionId()).isEqualTo("1");
    }

    @Test
    void losesNoUpdateThatNamesNoVersion() throws Exception {
        createTable("t");
        together(12, writer -> {
            update("t", "writer " + writer, null, false);
            return true;
        });

        assertThat(table("t").versionId()).isEqualTo("12");
        assertThat(glue.getTableVersions(
                                request -> request.databaseName(database).tableName("t"))
                        .tableVersions())
                .hasSize(13);
    }

    @Test
    void letsExactlyOneOfManyCreatesWin() throws Exception {
        List<Boolean> won = together(16, writer -> {
            try {
                createTable("same");
                return true;
            } catch (AlreadyExistsException e) {
                return false;
            }
        });

        assertThat(won).containsOnlyOnce(true);
    }

    @Test
    void answersAStormOfCreatesAndDropsWithoutAFault() throws Exception {
        together(8, writer -> {
            for (int i = 0; i < 25; i++) {
                String name = "storm" + i % 3;
                try {
                    switch ((writer + i) % 4) {
                        case 0 -> createTable(name);
                        case 1 ->
                            glue.deleteTable(
                                    request -> request.databaseName(database).name(name));
                        case 2 ->
                            glue.batchCreatePartition(request -> request.databaseName(database)
                                    .tableName(name)
                                    .partitionInputList(partition("2026", "1"), partition("2026", "2")));
                        default -> update(name, "x", null, false);
                    }
                } catch (EntityNotFoundException | AlreadyExistsException e) {
                    assertThat(e.getMessage()).contains(name);
                }
            }
            return true;
        });
    }

    @Test
    void listsTablesByExpressionInPages() {
        IntStream.range(0, 30).forEach(i -> createTable(String.format("%s_%02d", i % 2 == 0 ? "even" : "odd", i)));

        assertThat(glue
                        .getTablesPaginator(request -> request.databaseName(database)
                                .expression("even_.*")
                                .maxResults(4))
                        .stream()
                        .flatMap(page -> page.tableList().stream())
                        .map(Table::name))
                .hasSize(15)
                .isSorted()
                .allMatch(name -> name.startsWith("even_"));
        assertThat(glue.getTables(request -> request.databaseName(database).expression("even"))
                        .tableList())
                .isEmpty();
        assertThatThrownBy(() ->
                        glue.getTables(request -> request.databaseName(database).expression("(")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("not a valid regular expression");
        assertThat(glue.getTables(request -> request.databaseName(database).expression("(a+)+$" + "x".repeat(50)))
                        .tableList())
                .isEmpty();
    }

    @Test
    void refusesTokensThatItNeverGave() {
        for (String token : List.of("x", "!!", "AAAA", "bTEBAA")) {
            assertThatThrownBy(() -> glue.getTables(
                            request -> request.databaseName(database).nextToken(token)))
                    .as(token)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("NextToken");
        }
    }

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
    void takesEveryStringAsData() {
        for (String name :
                List.of("'; drop table catalog.database; --", "a b", "名前", "%", "_", "\"q\"", "a\\b", "${x}")) {
            createTable(name);
            assertThat(table(name).name()).isEqualTo(name);
        }
        createTable("values");
        for (String value : List.of("'", "\"", "\\", "{a,b}", "NULL", "", "é😀", "a/b=c", "%41")) {
            create("values", partition("1", value));
            assertThat(glue.getPartition(request -> request.databaseName(database)
                                    .tableName("values")
                                    .partitionValues("1", value))
                            .partition()
                            .values())
                    .containsExactly("1", value);
        }
        assertThatThrownBy(() -> create("values", partition("1", "a\u0000b")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("U+0000");
    }

    @Test
    void dropsPartitionsAndVersionsWithTheirTableAndTablesWithTheirDatabase() {
        createTable("t");
        create("t", partition("2026", "1"));
        update("t", "x", null, false);
        glue.deleteTable(request -> request.databaseName(database).name("t"));
        createTable("t");
        assertThat(partitions("t", "")).isEmpty();
        assertThat(glue.getTableVersions(
                                request -> request.databaseName(database).tableName("t"))
                        .tableVersions())
                .hasSize(1);

        glue.deleteDatabase(request -> request.name(database));
        assertThatThrownBy(() -> table("t")).isInstanceOf(EntityNotFoundException.class);
        assertThat(glue.batchDeleteTable(
                                request -> request.databaseName(database).tablesToDelete("t"))
                        .errors())
                .hasSize(1);
    }

    private void createTable(String name) {
        glue.createTable(request -> request.databaseName(database).tableInput(input(name, null)));
    }

    private static TableInput input(String name, String description) {
        return TableInput.builder()
                .name(name)
                .description(description)
                .partitionKeys(
                        Column.builder().name("year").type("int").build(),
                        Column.builder().name("month").type("string").build())
                .storageDescriptor(storage("s3://b/" + name))
                .build();
    }

    private static StorageDescriptor storage(String location) {
        return StorageDescriptor.builder()
                .location(location)
                .columns(Column.builder().name("c").type("string").build())
                .build();
    }

    private static PartitionInput partition(String... values) {
        return PartitionInput.builder()
                .values(values)
                .storageDescriptor(storage("s3://b/p"))
                .build();
    }

    private static PartitionValueList key(String... values) {
        return PartitionValueList.builder().values(values).build();
    }

    private void create(String table, PartitionInput... partitions) {
        glue.batchCreatePartition(request ->
                        request.databaseName(database).tableName(table).partitionInputList(partitions))
                .errors()
                .forEach(error -> {
                    throw InvalidInputException.builder()
                            .message(error.errorDetail().errorMessage())
                            .build();
                });
    }

    private List<Partition> partitions(String table, String expression) {
        return glue
                .getPartitionsPaginator(request ->
                        request.databaseName(database).tableName(table).expression(expression))
                .stream()
                .flatMap(page -> page.partitions().stream())
                .toList();
    }

    private Table table(String name) {
        return glue.getTable(request -> request.databaseName(database).name(name))
                .table();
    }

    private void update(String name, String description, String version, boolean skipArchive) {
        glue.updateTable(request -> request.databaseName(database)
                .tableInput(input(name, description))
                .versionId(version)
                .skipArchive(skipArchive));
    }

    private interface Writer {
        boolean run(int number) throws Exception;
    }

    private static List<Boolean> together(int writers, Writer work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(writers);
        try {
            CyclicBarrier barrier = new CyclicBarrier(writers);
            List<Callable<Boolean>> tasks = IntStream.range(0, writers)
                    .<Callable<Boolean>>mapToObj(number -> () -> {
                        barrier.await();
                        return work.run(number);
                    })
                    .toList();
            List<Boolean> results = new ArrayList<>();
            for (Future<Boolean> result : pool.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        } finally {
            pool.shutdown();
        }
    }
}
