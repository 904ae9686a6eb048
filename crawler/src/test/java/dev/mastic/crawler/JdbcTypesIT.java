package dev.mastic.crawler;

import dev.mastic.testing.TestMariaDb;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.JdbcMetadataEntry;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** A table with a column of each type that a database has, in the real database, crawled by the Glue API. */
class JdbcTypesIT {
    private CrawlFixture fixture;

    @BeforeEach
    void open() {
        fixture = new CrawlFixture();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void everyTypeOfPostgresHasItsHiveType() throws Exception {
        String url = fixture.database.jdbcUrl();
        try (Connection connection = fixture.database.dataSource().getConnection()) {
            run(
                    connection,
                    "create type mood as enum ('sad', 'happy')",
                    "create domain price as numeric(8,2)",
                    "create domain discount as price check (value < 1)",
                    "create type address as (street text, number int)");
            check(
                    connection,
                    "postgresql",
                    url,
                    fixture.database.user(),
                    fixture.database.password(),
                    database(url) + "/public/all_types");
        }
    }

    @Test
    void everyTypeOfMariaDbHasItsHiveType() throws Exception {
        String database = TestMariaDb.newDatabase();
        String url = TestMariaDb.url("mariadb", database);
        try (Connection connection = DriverManager.getConnection(url, TestMariaDb.USER, TestMariaDb.PASSWORD)) {
            check(connection, "mariadb", url, TestMariaDb.USER, TestMariaDb.PASSWORD, database + "/%");
        }
    }

    @Test
    void everyTypeOfH2HasItsHiveType() throws Exception {
        String url = "jdbc:h2:mem:types";
        try (Connection connection = DriverManager.getConnection(url, "sa", "pw")) {
            run(connection, "create domain price as numeric(8,2)");
            check(connection, "h2", url, "sa", "pw", "TYPES/PUBLIC/%");
        }
    }

    @Test
    void everyTypeOfDerbyHasItsHiveType() throws Exception {
        String url = "jdbc:derby:memory:types";
        try (Connection connection = DriverManager.getConnection(url + ";create=true", "app", "pw")) {
            run(connection, "create type price external name 'java.net.URI' language java");
            check(connection, "derby", url, "app", "pw", "types/APP/%");
        }
    }

    private void check(Connection connection, String engine, String url, String user, String password, String path)
            throws IOException, SQLException {
        List<Map<String, String>> cases = cases(engine);
        StringBuilder table = new StringBuilder("create table all_types (");
        for (int i = 0; i < cases.size(); i++) {
            table.append(i == 0 ? "" : ", ")
                    .append('c')
                    .append(i)
                    .append(' ')
                    .append(cases.get(i).get("type"));
        }
        run(connection, table.append(')').toString());
        fixture.createConnection("warehouse", url, user, password);
        fixture.createCrawler(request -> request.targets(targets -> targets.jdbcTargets(target ->
                target.path(path).connectionName("warehouse").enableAdditionalMetadata(JdbcMetadataEntry.RAWTYPES))));

        fixture.crawl();

        Map<String, String> expected = new LinkedHashMap<>();
        Map<String, String> actual = new LinkedHashMap<>();
        List<Column> columns =
                fixture.table(fixture.tables().get(0)).storageDescriptor().columns();
        assertThat(columns).hasSameSizeAs(cases);
        for (int i = 0; i < cases.size(); i++) {
            String type = cases.get(i).get("type");
            expected.put(i + " " + type, cases.get(i).get("hive"));
            actual.put(
                    columns.get(i).name().substring(1) + " " + type,
                    columns.get(i).type());
            assertThat(columns.get(i).parameters().get("aws:RawType"))
                    .as("%s", type)
                    .isNotBlank();
        }
        assertThat(actual).containsExactlyEntriesOf(expected);
    }

    private static List<Map<String, String>> cases(String engine) throws IOException {
        try (InputStream in = JdbcTypesIT.class.getResourceAsStream("/spec/jdbc/" + engine + ".yaml")) {
            return new Yaml().load(in);
        }
    }

    private static String database(String url) {
        return url.substring(url.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    }

    private static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
