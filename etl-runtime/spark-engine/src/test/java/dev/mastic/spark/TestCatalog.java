package dev.mastic.spark;

import dev.mastic.catalog.CatalogSettings;
import dev.mastic.catalog.secret.SecretKeys;
import dev.mastic.testing.TestPostgres;
import dev.mastic.wire.GlueDispatcher;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.ConnectionPropertyKey;
import software.amazon.awssdk.services.glue.model.ConnectionType;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The catalog of the tests' jobs: one for the JVM, in PostgreSQL; each test begins with an empty one. */
final class TestCatalog {
    static final GlueClient GLUE = new GlueDispatcher(dev.mastic.catalog.Catalog.open(
                            TestPostgres.newDatabase().dataSource(),
                            "123456789012",
                            new CatalogSettings(1000, "us-east-1", SecretKeys.parse(SecretKeys.random(), "the tests")))
                    .operations())
            .client();

    private TestCatalog() {}

    static void empty() {
        GLUE.getConnections(request -> {})
                .connectionList()
                .forEach(connection -> GLUE.deleteConnection(request -> request.connectionName(connection.name())));
        GLUE.getDatabases(request -> {})
                .databaseList()
                .forEach(database -> GLUE.deleteDatabase(request -> request.name(database.name())));
    }

    static void connection(String name, String url, String user, String password) {
        GLUE.createConnection(request -> request.connectionInput(input -> input.name(name)
                .connectionType(ConnectionType.JDBC)
                .connectionProperties(Map.of(
                        ConnectionPropertyKey.JDBC_CONNECTION_URL, url,
                        ConnectionPropertyKey.USERNAME, user,
                        ConnectionPropertyKey.PASSWORD, password))));
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
