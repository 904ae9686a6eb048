package dev.mastic.crawler;

import dev.mastic.testing.TestMariaDb;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.DeleteBehavior;
import software.amazon.awssdk.services.glue.model.JdbcMetadataEntry;
import software.amazon.awssdk.services.glue.model.JdbcTarget;
import software.amazon.awssdk.services.glue.model.LastCrawlInfo;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;
import software.amazon.awssdk.services.glue.model.UpdateBehavior;

import java.io.IOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import static dev.mastic.crawler.CrawlFixture.warnings;
import static org.assertj.core.api.Assertions.assertThat;

/** JDBC targets by the Glue API, mostly on PostgreSQL; what engines do in their own way on MariaDB, H2 and Derby. */
class JdbcCrawlIT {
    private CrawlFixture fixture;
    private String database;

    @BeforeEach
    void open() {
        fixture = new CrawlFixture();
        String url = fixture.database.jdbcUrl();
        database = url.substring(url.lastIndexOf('/') + 1);
        fixture.createConnection("warehouse", url, fixture.database.user(), fixture.database.password());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void describesATableAsGlueDoesWithItsKeysAndComments() throws SQLException {
        run(
                "create table customer (id int primary key, \"Name\" text not null)",
                "create table orders (customer int references customer, line int, total numeric(10,2),"
                        + " primary key (customer, line))",
                "comment on table orders is 'What was bought'",
                "comment on column orders.total is 'In euros'",
                "create view big_orders as select * from orders where total > 100",
                "insert into customer values (1, 'x')",
                "insert into orders select 1, i, i from generate_series(1, 500) i",
                "analyze");
        crawler(database + "/public/%");

        Map<String, Object> report = fixture.crawl();

        assertThat(warnings(report)).isEmpty();
        assertThat(fixture.tables())
                .containsExactly(
                        database + "_public_big_orders", database + "_public_customer", database + "_public_orders");
        Table orders = fixture.table(database + "_public_orders");
        assertThat(CrawlFixture.columns(orders.storageDescriptor().columns()))
                .isEqualTo("customer int, line int, total decimal(10,2)");
        assertThat(orders.storageDescriptor().location()).isEqualTo(database + ".public.orders");
        assertThat(orders.partitionKeys()).isEmpty();
        assertThat(orders.parameters())
                .containsEntry("classification", "postgresql")
                .containsEntry("connectionName", "warehouse")
                .containsEntry("typeOfData", "table")
                .containsEntry("compressionType", "none")
                .containsEntry("UPDATED_BY_CRAWLER", "crawler")
                .containsEntry("recordCount", "500")
                .containsKeys("sizeKey", "averageRecordSize")
                .doesNotContainKey("objectCount")
                .containsEntry("aws:RawTableComment", "What was bought")
                .containsEntry("mastic.primary-key", "[\"customer\",\"line\"]")
                .containsEntry(
                        "mastic.foreign-keys",
                        "[{\"columns\":[\"customer\"],\"table\":\"" + database + ".public.customer"
                                + "\",\"referencedColumns\":[\"id\"]}]");
        assertThat(column(orders, "total").parameters())
                .containsEntry("aws:RawType", "numeric(10,2)")
                .containsEntry("aws:RawColumnComment", "In euros");
        assertThat(column(fixture.table(database + "_public_customer"), "name").parameters())
                .containsEntry("mastic.source-name", "Name")
                .containsEntry("mastic.nullable", "false");
        assertThat(fixture.table(database + "_public_big_orders").parameters()).containsEntry("typeOfData", "view");
    }

    @Test
    void leavesAdditionalMetadataOutUnlessItIsAskedFor() throws SQLException {
        run("create table t (a int)", "comment on column t.a is 'x'");
        crawler(database + "/public/t", target -> {});

        fixture.crawl();

        assertThat(column(fixture.table(database + "_public_t"), "a").parameters())
                .doesNotContainKeys("aws:RawType", "aws:RawColumnComment");
    }

    @Test
    void takesThePathAndTheExclusionsAsTheyAre() throws SQLException {
        run(
                "create schema sales",
                "create schema sales_old",
                "create table sales.orders (a int)",
                "create table sales.orders_tmp (a int)",
                "create table sales.parts (a int) partition by range (a)",
                "create table sales.parts_1 partition of sales.parts for values from (0) to (10)",
                "create table sales_old.orders (a int)",
                "create materialized view sales.sums as select count(*) c from sales.orders",
                "create table public.other (a int)");
        crawler(database + "/sal%/%", target -> target.exclusions("*_tmp", "sales_old/**"));

        Map<String, Object> report = fixture.crawl();

        assertThat(fixture.tables())
                .containsExactly(database + "_sales_orders", database + "_sales_parts", database + "_sales_sums");
        assertThat(report.get("targets").toString())
                .contains("EXCLUDED", database + ".sales.orders_tmp", "PARTITION", "parts_1");
    }

    @Test
    void followsTheDatabaseAndKeepsWhatAPersonEdited() throws SQLException {
        run("create table t (a int, b text, c numeric(5,2), d int)");
        crawler(database + "/public/t");
        fixture.crawl();
        String name = database + "_public_t";
        Table before = fixture.table(name);
        List<Column> edited = before.storageDescriptor().columns().stream()
                .map(column -> column.name().equals("d")
                        ? column.toBuilder().type("string").comment("mine").build()
                        : column)
                .toList();
        fixture.glue.updateTable(request -> request.databaseName("db")
                .tableInput(TableInput.builder()
                        .name(name)
                        .tableType(before.tableType())
                        .description("about t")
                        .parameters(before.parameters())
                        .storageDescriptor(before.storageDescriptor().toBuilder()
                                .columns(edited)
                                .build())
                        .build()));
        run(
                "alter table t drop column b",
                "alter table t alter column a type bigint",
                "alter table t alter column c type numeric(4,1)",
                "alter table t add column e date",
                "alter table t add primary key (a)");

        fixture.crawl();

        assertThat(fixture.columns(name)).isEqualTo("a bigint, c decimal(4,1), d string, e date");
        Table after = fixture.table(name);
        assertThat(column(after, "d").comment()).isEqualTo("mine");
        assertThat(after.description()).isEqualTo("about t");
        assertThat(after.parameters()).containsEntry("mastic.primary-key", "[\"a\"]");
        assertThat(column(after, "a").parameters()).containsEntry("aws:RawType", "bigint");
        String version = after.versionId();

        fixture.crawl();

        assertThat(fixture.table(name).versionId()).isEqualTo(version);
    }

    @Test
    void theSchemaChangePolicyHoldsForTablesOfDatabases() throws SQLException {
        run("create table t (a int)", "create table u (a int)", "create table v (a int)");
        fixture.createCrawler(request -> request.targets(targets -> targets.jdbcTargets(
                        target -> target.path(database + "/public/%").connectionName("warehouse")))
                .schemaChangePolicy(policy -> policy.updateBehavior(UpdateBehavior.LOG)
                        .deleteBehavior(DeleteBehavior.DEPRECATE_IN_DATABASE)));
        fixture.crawl();
        run("alter table t add column b int", "drop table u");

        Map<String, Object> report = fixture.crawl();

        assertThat(fixture.columns(database + "_public_t")).isEqualTo("a int");
        assertThat(fixture.table(database + "_public_u").parameters()).containsKey("DEPRECATED_BY_CRAWLER");
        assertThat(warnings(report)).anyMatch(warning -> warning.contains("is gone from " + database + ".public.u"));
        fixture.glue.updateCrawler(request -> request.name("crawler")
                .schemaChangePolicy(policy -> policy.deleteBehavior(DeleteBehavior.DELETE_FROM_DATABASE)));
        run("drop table v");

        fixture.crawl();

        assertThat(fixture.tables()).containsExactly(database + "_public_t");
    }

    @Test
    void namesThatDifferInCaseAloneAreTwoTablesAndTwoColumns() throws SQLException {
        run("create table \"Orders\" (\"Id\" int, id text)", "create table orders (a int)");
        crawler(database + "/public/%");

        fixture.crawl();
        List<String> tables = fixture.tables();
        fixture.crawl();

        assertThat(tables).hasSize(2).contains(database + "_public_orders");
        assertThat(fixture.tables()).isEqualTo(tables);
        assertThat(fixture.columns(database + "_public_orders")).isEqualTo("id int, id_2 string");
    }

    @Test
    void severalKindsOfTargetsAreOneCrawl() throws SQLException {
        run("create table t (a int)");
        fixture.put("landing/a.csv", "id,v\n1,2\n");
        String maria = TestMariaDb.newDatabase(
                "create table t (id int primary key, p int, foreign key (p) references t (id)) comment 'a tree'",
                "create view w as select * from t");
        fixture.createConnection("shop", TestMariaDb.url("mysql", maria), TestMariaDb.USER, TestMariaDb.PASSWORD);
        fixture.createCrawler(request ->
                request.targets(targets -> targets.s3Targets(target -> target.path(fixture.uri("landing/")))
                        .jdbcTargets(
                                target -> target.path(database + "/public/%").connectionName("warehouse"),
                                target -> target.path(maria + "/%")
                                        .connectionName("shop")
                                        .enableAdditionalMetadata(JdbcMetadataEntry.COMMENTS))));

        fixture.crawl();

        assertThat(fixture.tables())
                .containsExactlyInAnyOrder("landing", database + "_public_t", maria + "_t", maria + "_w");
        Table t = fixture.table(maria + "_t");
        assertThat(t.storageDescriptor().location()).isEqualTo(maria + ".t");
        assertThat(t.parameters())
                .containsEntry("classification", "mysql")
                .containsEntry("mastic.primary-key", "[\"id\"]")
                .containsEntry("aws:RawTableComment", "a tree")
                .containsEntry(
                        "mastic.foreign-keys",
                        "[{\"columns\":[\"p\"],\"table\":\"" + maria + ".t\",\"referencedColumns\":[\"id\"]}]");
        assertThat(fixture.table(maria + "_w").parameters()).containsEntry("typeOfData", "view");
    }

    @Test
    void twoConnectionsToDatabasesOfOneNameAreTwoTables() throws SQLException {
        run("create table t (a int)");
        fixture.createConnection(
                "other", fixture.database.jdbcUrl(), fixture.database.user(), fixture.database.password());
        fixture.createCrawler(request -> request.targets(targets -> targets.jdbcTargets(
                target -> target.path(database + "/public/t").connectionName("warehouse"),
                target -> target.path(database + "/public/t").connectionName("other"))));

        fixture.crawl();
        fixture.crawl();

        assertThat(fixture.tables()).hasSize(2);
    }

    @Test
    void readsH2AndDerbyWithTheirKeysAndViews() throws SQLException {
        try (Connection h2 = DriverManager.getConnection("jdbc:h2:mem:shop", "sa", "pw");
                Connection derby = DriverManager.getConnection("jdbc:derby:memory:shop;create=true", "app", "pw")) {
            for (Connection connection : List.of(h2, derby)) {
                run(
                        connection,
                        "create table customer (id int primary key)",
                        "create table orders (id int not null, customer int references customer(id))",
                        "create view all_orders as select * from orders");
            }
            fixture.createConnection("h2", "jdbc:h2:mem:shop", "sa", "pw");
            fixture.createConnection("derby", "jdbc:derby:memory:shop", "app", "pw");
            fixture.createCrawler(request -> request.targets(targets -> targets.jdbcTargets(
                    target -> target.path("SHOP/%").connectionName("h2"),
                    target -> target.path("shop/APP/%").connectionName("derby"))));

            Map<String, Object> report = fixture.crawl();

            assertThat(warnings(report)).isEmpty();
            assertThat(fixture.tables())
                    .containsExactly(
                            "shop_app_all_orders",
                            "shop_app_customer",
                            "shop_app_orders",
                            "shop_public_all_orders",
                            "shop_public_customer",
                            "shop_public_orders");
            for (String orders : List.of("shop_app_orders", "shop_public_orders")) {
                assertThat(fixture.table(orders).parameters().get("mastic.foreign-keys"))
                        .contains("[\"CUSTOMER\"]", ".CUSTOMER\"", "[\"ID\"]");
            }
            assertThat(fixture.table("shop_app_customer").parameters()).containsEntry("mastic.primary-key", "[\"ID\"]");
        }
    }

    @Test
    void aDatabaseThatNeverAnswersDoesNotHoldAStop() throws IOException {
        try (ServerSocket silent = new ServerSocket(0)) {
            fixture.createConnection(
                    "silent", "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/x", "u", "sup3r-s3cret");
            fixture.createCrawler(request -> request.targets(
                    targets -> targets.jdbcTargets(target -> target.path("x/%").connectionName("silent"))));
            fixture.glue.startCrawler(request -> request.name("crawler"));
            silent.accept();
            fixture.glue.stopCrawler(request -> request.name("crawler"));

            assertThat(fixture.awaitReady().statusAsString()).isEqualTo("CANCELLED");
        }
    }

    @Test
    void failuresNameTheFixAndNoSecret() throws SQLException {
        run("create schema \"Sales\"", "create table \"Sales\".t (a int)");
        failed(database + "/sales/t", "warehouse", "there is Sales: letters' case counts");
        failed("elsewhere/public/%", "warehouse", "leads to database " + database);
        failed(database + "/nowhere/%", "warehouse", "shows no schema nowhere");
        failed("db/%/%", "missing", "Connection missing does not exist");
        fixture.createConnection("noDriver", "jdbc:oracle:thin:@//localhost:1/XE", "scott", "tiger-of-oracle");
        failed("XE/%", "noDriver", "com.oracle.database.jdbc:ojdbc11");
        fixture.createConnection("wrong", fixture.database.jdbcUrl(), "nobody", "sup3r-s3cret");
        failed(database + "/public/%", "wrong", "Connection wrong does not answer");
        fixture.createConnection("away", "jdbc:postgresql://127.0.0.1:1/x?password=in-the-url", "u", "sup3r-s3cret");
        failed("x/public/%", "away", "Connection away does not answer");
        fixture.createConnection("making", "jdbc:derby:memory:new;create=true", "u", "p-of-derby");
        failed("new/APP/%", "making", "parameter create");
        fixture.createConnection("scheme", "jdbc:nothing:x", "u", "p-of-nothing");
        failed("x/%", "scheme", "must begin with one of jdbc:postgresql:");
    }

    private void failed(String path, String connection, String named) {
        fixture.createCrawler(request -> request.targets(
                targets -> targets.jdbcTargets(target -> target.path(path).connectionName(connection))));
        LastCrawlInfo last = fixture.crawlToEnd();
        assertThat(last.statusAsString()).isEqualTo("FAILED");
        assertThat(last.errorMessage())
                .contains(named)
                .doesNotContain("s3cret", "in-the-url", "tiger-of", "p-of-", fixture.database.password());
        fixture.glue.deleteCrawler(request -> request.name("crawler"));
    }

    private void crawler(String path) {
        crawler(
                path,
                target -> target.enableAdditionalMetadata(JdbcMetadataEntry.COMMENTS, JdbcMetadataEntry.RAWTYPES));
    }

    private void crawler(String path, Consumer<JdbcTarget.Builder> change) {
        fixture.createCrawler(request -> request.targets(targets -> targets.jdbcTargets(target -> {
            target.path(path).connectionName("warehouse");
            change.accept(target);
        })));
    }

    private static Column column(Table table, String name) {
        return table.storageDescriptor().columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void run(String... statements) throws SQLException {
        try (Connection connection = fixture.database.dataSource().getConnection()) {
            run(connection, statements);
        }
    }

    private static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
