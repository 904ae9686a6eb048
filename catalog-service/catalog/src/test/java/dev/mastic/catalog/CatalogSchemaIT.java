package dev.mastic.catalog;

import dev.mastic.testing.TestPostgres;
import dev.mastic.testing.TestPostgres.TestDatabase;
import dev.mastic.wire.GlueDispatcher;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Partition;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A catalog that older versions of the schema have filled is whole after the migration. */
class CatalogSchemaIT {
    @Test
    void findsPartitionsThatWereStoredBeforeThereWereSortKeys() throws SQLException {
        try (TestDatabase postgres = TestPostgres.newDatabase()) {
            Flyway.configure()
                    .dataSource(postgres.dataSource())
                    .locations("classpath:db/catalog")
                    .defaultSchema("catalog")
                    .schemas("catalog")
                    .createSchemas(true)
                    .target("2")
                    .load()
                    .migrate();
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
