package dev.mastic.warehouse.load;

import dev.mastic.testing.TestMariaDb;
import dev.mastic.testing.TestPostgres;
import dev.mastic.warehouse.connection.WarehouseConnection;
import dev.mastic.warehouse.connection.WarehouseException;
import dev.mastic.warehouse.dialect.ColumnKind;
import dev.mastic.warehouse.table.FrameColumn;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Connection;
import software.amazon.awssdk.services.glue.model.ConnectionPropertyKey;
import software.amazon.awssdk.services.glue.model.GetConnectionRequest;
import software.amazon.awssdk.services.glue.model.GetConnectionResponse;

import java.math.BigDecimal;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LoadIT {
    private static final List<FrameColumn> ORDERS = List.of(
            new FrameColumn("id", ColumnKind.BIGINT),
            new FrameColumn("customer", ColumnKind.TEXT),
            new FrameColumn("amount", ColumnKind.DECIMAL, 10, 2),
            new FrameColumn("ordered_on", ColumnKind.DATE),
            new FrameColumn("placed_at", ColumnKind.TIMESTAMP));
    private static final Instant AT = Instant.parse("2026-03-29T01:30:00.123456Z");

    /** The databases that are here. */
    enum Database {
        POSTGRESQL,
        MARIADB,
        H2,
        DERBY;

        Catalog catalog() throws SQLException {
            return switch (this) {
                case POSTGRESQL -> {
                    TestPostgres.TestDatabase database = TestPostgres.newDatabase();
                    database.close();
                    yield new Catalog(database.jdbcUrl(), database.user(), database.password());
                }
                case MARIADB ->
                    new Catalog(
                            TestMariaDb.url("mariadb", TestMariaDb.newDatabase()),
                            TestMariaDb.USER,
                            TestMariaDb.PASSWORD);
                case H2 -> {
                    String url = "jdbc:h2:mem:load" + System.nanoTime() + ";DB_CLOSE_DELAY=-1";
                    DriverManager.getConnection(url, "sa", "sa-password").close();
                    yield new Catalog(url, "sa", "sa-password");
                }
                case DERBY -> {
                    String url = "jdbc:derby:memory:load" + System.nanoTime();
                    DriverManager.getConnection(url + ";create=true").close();
                    yield new Catalog(url, "app", "app");
                }
            };
        }

        String orders() {
            return "create table orders (id bigint not null primary key, customer varchar(10) not null, amount decimal(10,2)"
                    + ", ordered_on date, placed_at timestamp"
                    + (this == POSTGRESQL ? "tz" : this == MARIADB ? "(6) null" : "")
                    + ", constraint positive check (amount >= 0))";
        }
    }

    /** A catalog with one connection. */
    static final class Catalog implements GlueClient {
        final String url;
        final String user;
        final String password;

        Catalog(String url, String user, String password) {
            this.url = url;
            this.user = user;
            this.password = password;
        }

        @Override
        public GetConnectionResponse getConnection(GetConnectionRequest request) {
            return GetConnectionResponse.builder()
                    .connection(Connection.builder()
                            .name("warehouse")
                            .connectionType("JDBC")
                            .connectionProperties(Map.of(
                                    ConnectionPropertyKey.JDBC_CONNECTION_URL, url,
                                    ConnectionPropertyKey.USERNAME, user,
                                    ConnectionPropertyKey.PASSWORD, password))
                            .build())
                    .build();
        }

        WarehouseConnection connection() {
            return WarehouseConnection.load(this, "warehouse");
        }

        java.sql.Connection session() throws SQLException {
            return DriverManager.getConnection(url, user, password);
        }

        void run(String... statements) throws SQLException {
            try (java.sql.Connection session = session();
                    Statement statement = session.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
            }
        }

        List<String> rows(String sql) throws SQLException {
            try (java.sql.Connection session = session();
                    Statement statement = session.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                List<String> texts = new ArrayList<>();
                while (rows.next()) {
                    List<String> row = new ArrayList<>();
                    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                        row.add(rows.getString(i));
                    }
                    texts.add(String.join("|", row));
                }
                return texts;
            }
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }

    private static LoadRequest request(String run, LoadMode mode, @Nullable String refused, int most) {
        return new LoadRequest(
                run,
                "load",
                "orders",
                mode,
                mode == LoadMode.MERGE ? List.of("id") : List.of(),
                LoadRequest.WhenMissing.FAIL,
                refused,
                most);
    }

    private static @Nullable Object[] order(long id, @Nullable String customer, String amount) {
        return new @Nullable Object[] {id, customer, new BigDecimal(amount), LocalDate.of(2026, 3, 29), AT};
    }

    @SafeVarargs
    private static TableLoad stage(Catalog catalog, LoadRequest request, @Nullable Object[]... rows) {
        Staging staging = Staging.check(catalog.connection(), request, ORDERS);
        staging.create();
        staging.part().write(0, Arrays.asList(rows).iterator());
        return staging.finish();
    }

    private static void publish(Catalog catalog, TableLoad load) {
        new LoadPublisher(catalog, () -> {}).publish(load);
    }

    @ParameterizedTest
    @EnumSource
    void appendsMergesAndReplaces(Database database) throws Exception {
        Catalog catalog = database.catalog();
        catalog.run(database.orders());

        TableLoad first = stage(
                catalog, request("jr_1", LoadMode.APPEND, null, 0), order(1, "ann", "1.50"), order(2, "b\tö\\n", "2"));
        assertThat(catalog.rows("select * from orders")).as("staged").isEmpty();
        publish(catalog, first);
        assertThat(catalog.rows("select id, customer, amount from orders order by id"))
                .containsExactly("1|ann|1.50", "2|b\tö\\n|2.00");
        assertThat(catalog.rows("select placed_at from orders where id = 1").get(0))
                .startsWith("2026-03-29 01:30:00.123456");

        publish(catalog, first);
        publish(
                catalog,
                stage(catalog, request("jr_2", LoadMode.MERGE, null, 0), order(2, "bob", "3"), order(3, "cid", "4")));
        assertThat(catalog.rows("select id, customer, amount from orders order by id"))
                .containsExactly("1|ann|1.50", "2|bob|3.00", "3|cid|4.00");

        publish(catalog, stage(catalog, request("jr_3", LoadMode.REPLACE, null, 0), order(9, "zoe", "0")));
        assertThat(catalog.rows("select id, customer from orders")).containsExactly("9|zoe");
        assertThat(tables(catalog)).as("nothing is left").noneMatch(name -> name.matches("(?i)mastic_[0-9a-f]{20}.*"));
    }

    private static List<String> tables(Catalog catalog) throws SQLException {
        try (java.sql.Connection session = catalog.session();
                ResultSet rows = session.getMetaData().getTables(session.getCatalog(), null, "%", null)) {
            List<String> names = new ArrayList<>();
            while (rows.next()) {
                names.add(rows.getString("TABLE_NAME"));
            }
            return names;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatDiesBetweenTwoStepsLoadsOnce(Database database) throws Exception {
        Catalog catalog = database.catalog();
        catalog.run(database.orders());
        TableLoad load = stage(catalog, request("jr_1", LoadMode.APPEND, null, 0), order(1, "ann", "1"));

        assertThatThrownBy(() -> new LoadPublisher(catalog, () -> {
                            throw new IllegalStateException("killed");
                        })
                        .publish(load))
                .hasMessage("killed");
        assertThat(catalog.rows("select id from orders")).containsExactly("1");
        catalog.run("delete from orders");
        publish(catalog, load);

        assertThat(catalog.rows("select id from orders")).as("loaded once").isEmpty();
        assertThat(tables(catalog)).noneMatch(name -> name.matches("(?i)mastic_[0-9a-f]{20}.*"));
    }

    @ParameterizedTest
    @EnumSource
    void aPartThatIsDoneTwiceIsStagedOnce(Database database) throws Exception {
        Catalog catalog = database.catalog();
        catalog.run(database.orders());
        Staging staging = Staging.check(catalog.connection(), request("jr_1", LoadMode.APPEND, null, 0), ORDERS);
        staging.create();
        StagingPart part = staging.part();
        List<@Nullable Object[]> rows = new ArrayList<>();
        rows.add(order(1, "ann", "1"));
        part.write(0, rows.iterator());
        part.write(0, rows.iterator());
        rows.set(0, order(2, "bob", "2"));
        part.write(1, rows.iterator());
        publish(catalog, staging.finish());
        assertThat(catalog.rows("select id from orders order by id")).containsExactly("1", "2");
    }

    @ParameterizedTest
    @EnumSource
    void refusedRowsGoToTheirTableWithTheReason(Database database) throws Exception {
        Catalog catalog = database.catalog();
        catalog.run(database.orders(), "insert into orders (id, customer) values (7, 'old')");
        TableLoad load = stage(
                catalog,
                request("jr_1", LoadMode.APPEND, "refused", 10),
                order(1, "ann", "1"),
                order(2, "a name that is far too long", "1"),
                order(3, null, "1"),
                order(1, "twice", "1"),
                order(7, "new", "1"),
                order(8, "bob", "-1"),
                order(9, "cid", "1"));
        publish(catalog, load);

        assertThat(catalog.rows("select id, customer from orders order by id"))
                .containsExactly("1|ann", "7|old", "9|cid");
        String name = database == Database.H2 || database == Database.DERBY ? "\"refused\"" : "refused";
        List<String> refused = catalog.rows("select reason, row_content from " + name + " order by mastic_row");
        assertThat(refused).hasSize(5);
        assertThat(refused.get(0)).contains("far too long");
        assertThat(refused.get(1)).contains("is null, and takes no nulls");
        assertThat(refused.get(2)).contains("another row of this load has the same (");
        assertThat(refused.get(3)).contains("a row of table").contains("new");
        assertThat(refused.get(4)).containsIgnoringCase("positive");
    }

    @ParameterizedTest
    @EnumSource
    void aRowThatIsRefusedFailsTheRunWhenNoneMayBe(Database database) throws Exception {
        Catalog catalog = database.catalog();
        catalog.run(database.orders());
        assertThatThrownBy(() -> stage(
                        catalog,
                        request("jr_1", LoadMode.APPEND, null, 0),
                        order(1, "ann", "1"),
                        order(2, "a name that is far too long", "1")))
                .isInstanceOf(WarehouseException.class)
                .hasMessageContaining("Connection warehouse: a row is refused: ")
                .hasMessageContaining("far too long")
                .hasMessageContaining("refusedTo(");
        assertThatThrownBy(() -> stage(
                        catalog, request("jr_2", LoadMode.MERGE, null, 0), order(1, "ann", "1"), order(1, "bob", "1")))
                .hasMessageContaining("another row of this load has the same key (");
    }

    @ParameterizedTest
    @EnumSource
    void aRowThatIsInTheWayByNowWaitsOrIsRefused(Database database) throws Exception {
        Catalog catalog = database.catalog();
        catalog.run(database.orders());
        TableLoad strict =
                stage(catalog, request("jr_1", LoadMode.APPEND, null, 0), order(1, "ann", "1"), order(2, "bob", "1"));
        TableLoad loose = stage(
                catalog, request("jr_2", LoadMode.APPEND, "refused", 1), order(1, "cid", "1"), order(3, "dan", "1"));
        catalog.run("insert into orders (id, customer) values (1, 'new')");

        assertThatThrownBy(() -> publish(catalog, strict))
                .isInstanceOf(WarehouseException.class)
                .hasMessageContaining("refuses a row that it would have taken")
                .hasMessageContaining("ann");
        publish(catalog, loose);
        assertThat(catalog.rows("select id, customer from orders order by id")).containsExactly("1|new", "3|dan");
        catalog.run("delete from orders where id = 1");
        publish(catalog, strict);
        assertThat(catalog.rows("select id, customer from orders order by id"))
                .containsExactly("1|ann", "2|bob", "3|dan");
    }

    @ParameterizedTest
    @EnumSource
    void whatDoesNotFitIsSaidBeforeARowMoves(Database database) throws Exception {
        Catalog catalog = database.catalog();
        catalog.run(database.orders());
        List<FrameColumn> wrong = List.of(
                new FrameColumn("id", ColumnKind.TEXT),
                new FrameColumn("custmer", ColumnKind.TEXT),
                new FrameColumn("placed_at", ColumnKind.TIMESTAMP));
        assertThatThrownBy(() -> Staging.check(catalog.connection(), request("jr_1", LoadMode.APPEND, null, 0), wrong))
                .isInstanceOf(WarehouseException.class)
                .hasMessageContaining("column 'id' is text, and ")
                .hasMessageContaining("there is no column 'custmer' in table ")
                .hasMessageContaining("takes no nulls and has no default");
        catalog.run("drop table orders");
        assertThatThrownBy(() -> Staging.check(catalog.connection(), request("jr_1", LoadMode.APPEND, null, 0), ORDERS))
                .hasMessageContaining("leads to no table orders");
    }

    @ParameterizedTest
    @EnumSource
    void aMissingTableIsMadeWhenWanted(Database database) throws Exception {
        Catalog catalog = database.catalog();
        LoadRequest request = new LoadRequest(
                "jr_1", "load", "made", LoadMode.MERGE, List.of("id"), LoadRequest.WhenMissing.CREATE, null, 0);
        publish(catalog, stage(catalog, request, order(1, "ann", "1"), order(2, "bob", "2")));
        String name = database == Database.H2 || database == Database.DERBY ? "\"made\"" : "made";
        assertThat(catalog.rows("select * from " + name)).hasSize(2);
    }

    @Test
    void aLockedTableIsNamedAndWaits() throws Exception {
        Catalog catalog = Database.POSTGRESQL.catalog();
        catalog.run(Database.POSTGRESQL.orders());
        TableLoad load = stage(catalog, request("jr_1", LoadMode.APPEND, null, 0), order(1, "ann", "1"));
        try (java.sql.Connection other = catalog.session();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table orders in access exclusive mode");
            assertThatThrownBy(() -> publish(catalog, load))
                    .isInstanceOf(WarehouseException.class)
                    .hasMessageContaining("Connection warehouse cannot load table public.orders for 'load'")
                    .hasMessageContaining("another session holds a lock");
        }
        publish(catalog, load);
        assertThat(catalog.rows("select id from orders")).containsExactly("1");
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void aPasswordThatIsWrongAndAServerThatIsAwayAreNamed(Database database) throws Exception {
        Catalog catalog = database.catalog();
        Catalog wrong = new Catalog(catalog.url, catalog.user, "not-the-password");
        assertThatThrownBy(() -> wrong.connection().open())
                .isInstanceOf(WarehouseException.class)
                .hasMessageContaining("Connection warehouse cannot be opened")
                .hasMessageContaining("the password may have expired")
                .hasMessageNotContaining("not-the-password");
        Catalog away = new Catalog(catalog.url.replaceAll(":\\d+/", ":1/"), catalog.user, catalog.password);
        assertThatThrownBy(() -> away.connection().open()).hasMessageContaining("see that the database runs");
    }

    @Test
    void stagedRowsThatAreLostAreNoLoad() throws Exception {
        Catalog catalog = Database.POSTGRESQL.catalog();
        catalog.run(Database.POSTGRESQL.orders());
        TableLoad load = stage(catalog, request("jr_1", LoadMode.APPEND, null, 0), order(1, "ann", "1"));
        catalog.run("truncate " + load.staging());
        assertThatThrownBy(() -> publish(catalog, load)).hasMessageContaining("has 0 of the 1 rows");
    }
}
