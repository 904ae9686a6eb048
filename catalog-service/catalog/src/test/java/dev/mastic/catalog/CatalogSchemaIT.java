package dev.mastic.catalog;

import dev.mastic.catalog.secret.SecretKeys;
import dev.mastic.testing.TestPostgres;
import dev.mastic.testing.TestPostgres.TestDatabase;
import dev.mastic.wire.GlueDispatcher;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.ConnectionType;
import software.amazon.awssdk.services.glue.model.Database;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.Table;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** A catalog that older versions of the schema have filled is whole after the migration. */
class CatalogSchemaIT {
    @Test
    void findsPartitionsThatWereStoredBeforeThereWereSortKeys() throws SQLException {
        try (TestDatabase postgres = TestPostgres.newDatabase()) {
            migrate(postgres, "2");
            try (Connection connection = postgres.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("insert into catalog.database (name, definition) values ('d', '{\"Name\":\"d\"}')");
                statement.execute("insert into catalog.table_entry (database_id, name, version, definition)"
                        + " select id, 't', 3, '{\"Name\":\"t\",\"DatabaseName\":\"d\",\"PartitionKeys\":"
                        + "[{\"Name\":\"n\",\"Type\":\"int\"},{\"Name\":\"s\",\"Type\":\"string\"}]}'"
                        + " from catalog.database");
                statement.execute("insert into catalog.partition (table_id, values, definition)"
                        + " select t.id, array[n::text, 's' || n], '{\"Values\":[\"' || n || '\",\"s' || n || '\"]}'"
                        + " from catalog.table_entry t, generate_series(1, 5000) n");
            }

            try (Catalog catalog = Catalog.open(postgres.dataSource(), "123456789012")) {
                GlueClient glue = new GlueDispatcher(catalog.operations()).client();
                assertThat(values(glue, "n between 9 and 11 and s <> 's10'"))
                        .containsExactlyInAnyOrder(List.of("9", "s9"), List.of("11", "s11"));
                assertThat(values(glue, "n > 4999")).containsExactly(List.of("5000", "s5000"));
            }
        }
    }

    @Test
    void keepsWhatTheFirstReleasedSchemaHeld() throws SQLException {
        try (TestDatabase postgres = TestPostgres.newDatabase()) {
            migrate(postgres, "1");
            try (Connection connection = postgres.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("insert into catalog.database (name, definition) values"
                        + " ('sales', '{\"Name\":\"sales\",\"Description\":\"of the shop\",\"Parameters\":{\"k\":\"v\"}}'),"
                        + " ('empty', '{\"Name\":\"empty\"}')");
                statement.execute("insert into catalog.table_entry (database_id, name, version, definition)"
                        + " select id, 'orders', 2, '{\"Name\":\"orders\",\"DatabaseName\":\"sales\",\"Description\":"
                        + "\"present words\",\"PartitionKeys\":[{\"Name\":\"day\",\"Type\":\"date\"},"
                        + "{\"Name\":\"amount\",\"Type\":\"decimal(10,2)\"}],\"StorageDescriptor\":{\"Columns\":"
                        + "[{\"Name\":\"id\",\"Type\":\"bigint\"}],\"Location\":\"s3://lake/orders/\"}}'"
                        + " from catalog.database where name = 'sales'");
                statement.execute("insert into catalog.table_version (table_id, version, definition)"
                        + " select id, n, '{\"Name\":\"orders\",\"DatabaseName\":\"sales\",\"Description\":\"words ' || n"
                        + " || '\"}' from catalog.table_entry, generate_series(0, 1) n");
                statement.execute("insert into catalog.partition (table_id, values, definition) select id,"
                        + " array[v, a], '{\"Values\":[\"' || v || '\",\"' || a || '\"],\"Parameters\":{\"rows\":\"7\"}}'"
                        + " from catalog.table_entry, (values ('2026-01-01', '9.5'), ('2026-02-01', '10'),"
                        + " ('no date', 'x'), ('__HIVE_DEFAULT_PARTITION__', '-1')) p (v, a)");
            }

            SecretKeys keys = SecretKeys.parse(SecretKeys.random(), "the tests");
            CatalogSettings settings = new CatalogSettings(1000, "us-east-1", keys);
            try (Catalog catalog = Catalog.open(postgres.dataSource(), "123456789012", settings)) {
                GlueClient glue = new GlueDispatcher(catalog.operations()).client();
                assertHeld(glue);
                assertChangeable(glue);
                assertThat(catalog.taggedResources())
                        .filteredOn(each -> each.type().equals("database"))
                        .singleElement()
                        .satisfies(tags -> assertThat(tags.find("SALES")).contains(Map.of()));
            }
        }
    }

    private static void assertHeld(GlueClient glue) {
        assertThat(glue.getDatabases(request -> {}).databaseList())
                .extracting(Database::name)
                .containsExactly("empty", "sales");
        Database sales = glue.getDatabase(request -> request.name("sales")).database();
        assertThat(sales.description()).isEqualTo("of the shop");
        assertThat(sales.parameters()).containsEntry("k", "v");
        Table orders = glue.getTable(request -> request.databaseName("sales").name("orders"))
                .table();
        assertThat(orders.versionId()).isEqualTo("2");
        assertThat(orders.storageDescriptor().location()).isEqualTo("s3://lake/orders/");
        assertThat(glue.getTableVersions(
                                request -> request.databaseName("sales").tableName("orders"))
                        .tableVersions())
                .extracting(version -> version.table().description())
                .containsExactly("present words", "words 1", "words 0");
        assertThat(partitions(glue, null))
                .hasSize(4)
                .allSatisfy(partition -> assertThat(partition.parameters()).containsEntry("rows", "7"));
        assertThat(partitions(glue, "day > '2026-01-15' and amount > 9.75"))
                .extracting(Partition::values)
                .containsExactly(List.of("2026-02-01", "10"));
        assertThat(partitions(glue, "day is null and amount = -1")).hasSize(1);
        assertThat(glue.searchTables(request -> request.searchText("present")).tableList())
                .extracting(Table::name)
                .containsExactly("orders");
    }

    /** What the later versions of the schema brought, on what the first one held. */
    private static void assertChangeable(GlueClient glue) {
        glue.createTable(request -> request.databaseName("empty").tableInput(input -> input.name("added")));
        glue.updateTable(request ->
                request.databaseName("sales").versionId("2").tableInput(CatalogOnPostgres.input("orders", "changed")));
        assertThat(glue.getTable(request -> request.databaseName("sales").name("orders"))
                        .table()
                        .versionId())
                .isEqualTo("3");
        glue.createConnection(request -> request.connectionInput(input -> input.name("c")
                .connectionType(ConnectionType.JDBC)
                .connectionPropertiesWithStrings(Map.of("JDBC_CONNECTION_URL", "jdbc:x://h/d", "PASSWORD", "p"))));
        assertThat(glue.getConnection(request -> request.name("c")).connection().connectionPropertiesAsStrings())
                .containsEntry("PASSWORD", "p");
    }

    private static List<Partition> partitions(GlueClient glue, String expression) {
        return glue.getPartitions(request ->
                        request.databaseName("sales").tableName("orders").expression(expression))
                .partitions();
    }

    private static void migrate(TestDatabase postgres, String target) {
        Flyway.configure()
                .dataSource(postgres.dataSource())
                .locations("classpath:db/catalog")
                .defaultSchema("catalog")
                .schemas("catalog")
                .createSchemas(true)
                .target(target)
                .load()
                .migrate();
    }

    private static List<List<String>> values(GlueClient glue, String expression) {
        return glue
                .getPartitions(
                        request -> request.databaseName("d").tableName("t").expression(expression))
                .partitions()
                .stream()
                .map(Partition::values)
                .toList();
    }
}
