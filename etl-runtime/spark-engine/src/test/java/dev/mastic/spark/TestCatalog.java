package dev.mastic.spark;

import dev.mastic.testing.TestPostgres;
import dev.mastic.wire.GlueDispatcher;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.util.List;
import java.util.function.Consumer;

/** The catalog of the tests' jobs: one for the JVM, in PostgreSQL; each test begins with an empty one. */
final class TestCatalog {
    static final GlueClient GLUE = new GlueDispatcher(
                    dev.mastic.catalog.Catalog.open(TestPostgres.newDatabase().dataSource(), "123456789012")
                            .operations())
            .client();

    private TestCatalog() {}

    static void empty() {
        GLUE.getDatabases(request -> {})
                .databaseList()
                .forEach(database -> GLUE.deleteDatabase(request -> request.name(database.name())));
    }

    static void database(String name) {
        GLUE.createDatabase(request -> request.databaseInput(input -> input.name(name)));
    }

    static void table(String database, String name, Consumer<TableInput.Builder> words) {
        TableInput.Builder input = TableInput.builder().name(name);
        words.accept(input);
        GLUE.createTable(request -> request.databaseName(database).tableInput(input.build()));
    }

    static void partition(String database, String table, String location, String... values) {
        GLUE.createPartition(request -> request.databaseName(database)
                .tableName(table)
                .partitionInput(
                        input -> input.values(values).storageDescriptor(storage -> storage.location(location))));
    }

    /** The columns of a table as {@code name type}. */
    static List<String> columns(String database, String name) {
        Table table = GLUE.getTable(request -> request.databaseName(database).name(name))
                .table();
        return table.storageDescriptor().columns().stream()
                .map(column -> column.name() + " " + column.type())
                .toList();
    }

    static Column column(String name, String type) {
        return Column.builder().name(name).type(type).build();
    }
}
