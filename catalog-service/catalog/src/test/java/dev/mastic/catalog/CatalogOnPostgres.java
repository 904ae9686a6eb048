package dev.mastic.catalog;

import dev.mastic.catalog.secret.SecretKeys;
import dev.mastic.testing.TestPostgres;
import dev.mastic.testing.TestPostgres.TestDatabase;
import dev.mastic.wire.GlueDispatcher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.PartitionValueList;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** A catalog on a database of its own, and a Glue database that is new for each test. */
abstract class CatalogOnPostgres {
    private static final AtomicInteger NAMES = new AtomicInteger();

    static TestDatabase postgres;
    static Catalog catalog;
    static GlueClient glue;

    String database;

    @BeforeAll
    static void open() {
        postgres = TestPostgres.newDatabase();
        SecretKeys keys = SecretKeys.parse(SecretKeys.random(), "the tests");
        catalog = Catalog.open(postgres.dataSource(), "123456789012", new CatalogSettings(1000, "us-east-1", keys));
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

    void createTable(String name) {
        glue.createTable(request -> request.databaseName(database).tableInput(input(name, null)));
    }

    static TableInput input(String name, String description) {
        return TableInput.builder()
                .name(name)
                .description(description)
                .partitionKeys(
                        Column.builder().name("year").type("int").build(),
                        Column.builder().name("month").type("string").build())
                .storageDescriptor(storage("s3://b/" + name))
                .build();
    }

    static StorageDescriptor storage(String location) {
        return StorageDescriptor.builder()
                .location(location)
                .columns(Column.builder().name("c").type("string").build())
                .build();
    }

    static PartitionInput partition(String... values) {
        return PartitionInput.builder()
                .values(values)
                .storageDescriptor(storage("s3://b/p"))
                .build();
    }

    static PartitionValueList key(String... values) {
        return PartitionValueList.builder().values(values).build();
    }

    void create(String table, PartitionInput... partitions) {
        glue.batchCreatePartition(request ->
                        request.databaseName(database).tableName(table).partitionInputList(partitions))
                .errors()
                .forEach(error -> {
                    throw InvalidInputException.builder()
                            .message(error.errorDetail().errorMessage())
                            .build();
                });
    }

    List<Partition> partitions(String table, String expression) {
        return glue
                .getPartitionsPaginator(request ->
                        request.databaseName(database).tableName(table).expression(expression))
                .stream()
                .flatMap(page -> page.partitions().stream())
                .toList();
    }

    Table table(String name) {
        return glue.getTable(request -> request.databaseName(database).name(name))
                .table();
    }

    void update(String name, String description, String version, boolean skipArchive) {
        glue.updateTable(request -> request.databaseName(database)
                .tableInput(input(name, description))
                .versionId(version)
                .skipArchive(skipArchive));
    }

    /** SQL past the catalog, to make what its operations never would. */
    static void execute(String sql) throws SQLException {
        try (Connection connection = postgres.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    interface Writer {
        boolean run(int number) throws Exception;
    }

    static List<Boolean> together(int writers, Writer work) throws Exception {
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
