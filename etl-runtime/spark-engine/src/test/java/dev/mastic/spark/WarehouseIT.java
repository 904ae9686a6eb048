package dev.mastic.spark;

import dev.mastic.bookmarks.BookmarkOption;
import dev.mastic.bookmarks.RunCommit;
import dev.mastic.job.Csv;
import dev.mastic.job.Jdbc;
import dev.mastic.job.Job;
import dev.mastic.testing.TestMariaDb;
import dev.mastic.testing.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static dev.mastic.job.Dsl.col;
import static dev.mastic.job.Dsl.expr;
import static org.assertj.core.api.Assertions.assertThat;

/** Jobs that load tables of real databases. */
class WarehouseIT {
    private static final String ORDERS = "id,customer,amount,at\n1,ann,10.50,2026-01-03 10:00:00\n"
            + "2,bob,3.00,2026-02-04 11:30:00\n3,ann,7.25,2026-02-05 23:59:59\n";

    private final TestJobs jobs = new TestJobs();
    private final TestPostgres.TestDatabase database = TestPostgres.newDatabase();

    @BeforeEach
    void connect() throws SQLException {
        TestCatalog.connection("warehouse", database.jdbcUrl(), database.user(), database.password());
        run(
                "create schema mart",
                "create table mart.orders (id bigint primary key, customer varchar(5), amount numeric(8,2),"
                        + " at timestamptz, note text default 'none')");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void run(String... statements) throws SQLException {
        try (Connection session = database.dataSource().getConnection();
                Statement statement = session.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private List<String> rows(String sql) throws SQLException {
        try (Connection session = database.dataSource().getConnection()) {
            return rows(session, sql);
        }
    }

    private static List<String> rows(Connection session, String sql) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    row.add(found.getString(i));
                }
                rows.add(String.join("|", row));
            }
            return rows;
        }
    }

    private Csv csv() {
        return Csv.at(jobs.at("in/"))
                .withHeader()
                .column("id", "bigint")
                .column("customer", "string")
                .column("amount", "decimal(8,2)")
                .column("at", "timestamp")
                .newFilesOnly();
    }

    private Job merge() {
        return job -> job.read("orders", csv())
                .write("fact", Jdbc.connection("warehouse").table("mart.orders").mergeOn("id"));
    }

    @Test
    void rowsAreSeenWhenTheRunIsPublishedAndOnce() throws SQLException {
        jobs.put("in/a.csv", ORDERS);
        RunCommit commit = jobs.run(merge(), BookmarkOption.ENABLE, Optional.empty());
        assertThat(rows("select * from mart.orders"))
                .as("committed, not published")
                .isEmpty();
        assertThat(commit.loads()).hasSize(1);
        assertThat(commit.metrics())
                .containsEntry("write.fact.rows", 3L)
                .containsEntry("write.fact.refused", 0L)
                .containsEntry("read.orders.rows", 3L);

        jobs.complete(commit);
        assertThat(rows("select id, customer, amount, at at time zone 'UTC', note from mart.orders order by id"))
                .containsExactly(
                        "1|ann|10.50|2026-01-03 10:00:00|none",
                        "2|bob|3.00|2026-02-04 11:30:00|none",
                        "3|ann|7.25|2026-02-05 23:59:59|none");
        run("update mart.orders set note = 'kept', amount = 0 where id = 1");
        jobs.complete(commit);
        assertThat(rows("select amount from mart.orders where id = 1"))
                .as("once")
                .containsExactly("0.00");

        jobs.put("in/b.csv", "id,customer,amount,at\n1,cid,1.00,2026-01-03 10:00:00\n4,dan,,2026-01-04 10:00:00\n");
        jobs.publish(merge(), BookmarkOption.ENABLE);
        assertThat(rows("select id, customer, note from mart.orders order by id"))
                .containsExactly("1|cid|kept", "2|bob|none", "3|ann|none", "4|dan|none");
        assertThat(rows("select run_id, step, rows_loaded from mart.mastic_loads order by 1"))
                .containsExactly("jr_1|fact|3", "jr_2|fact|2");
    }

    @Test
    void refusedRowsGoToTheirTableAndAreCounted() throws SQLException {
        jobs.put("in/a.csv", ORDERS + "4,far too long,1.00,2026-01-01 00:00:00\n");
        RunCommit commit = jobs.publish(
                job -> job.read("orders", csv())
                        .write(
                                "fact",
                                Jdbc.connection("warehouse")
                                        .table("mart.orders")
                                        .append()
                                        .refusedTo("mart.refused", 5)),
                BookmarkOption.DISABLE);
        assertThat(commit.metrics()).containsEntry("write.fact.rows", 3L).containsEntry("write.fact.refused", 1L);
        assertThat(rows("select reason, row_content from mart.refused").get(0))
                .contains("value too long", "\"customer\":\"far too long\"");
        assertThat(jobs.failure(merge()))
                .startsWith("Write 'fact': Connection warehouse: a row is refused: ")
                .contains("value too long", "refusedTo(");
    }

    @Test
    void whatDoesNotFitFailsBeforeARowMoves() throws SQLException {
        jobs.put("in/a.csv", ORDERS);
        assertThat(jobs.failure(job -> job.read("orders", csv())
                        .derive("amount", col("amount").cast("string"))
                        .rename("customer", "custmer")
                        .write("fact", Jdbc.connection("warehouse").table("mart.orders"))))
                .startsWith("Write 'fact': there is no column 'custmer' in table mart.orders, which has id, customer,")
                .contains("column 'amount' is text, and numeric in table mart.orders: cast it to decimal");
        assertThat(jobs.failure(job -> job.read("orders", csv())
                        .write("fact", Jdbc.connection("nowhere").table("mart.orders"))))
                .isEqualTo("Connection nowhere not found in the catalog; create it, or correct its name");
        TestCatalog.connection("wrong", database.jdbcUrl(), database.user(), "an-old-password");
        assertThat(jobs.failure(job -> job.read("orders", csv())
                        .write("fact", Jdbc.connection("wrong").table("mart.orders"))))
                .startsWith("Write 'fact': Connection wrong cannot be opened: ")
                .contains("the password may have expired")
                .doesNotContain("an-old-password");
        assertThat(rows("select tablename from pg_tables where tablename like 'mastic%'"))
                .isEmpty();
    }

    @Test
    void aMissingTableIsMadeOfTheRowsColumns() throws SQLException {
        jobs.put("in/a.csv", ORDERS);
        jobs.publish(
                job -> job.read("orders", csv())
                        .derive("tags", expr("array(customer, 'x')"))
                        .write(
                                "made",
                                Jdbc.connection("warehouse")
                                        .table("mart.made")
                                        .mergeOn("id")
                                        .createWhenMissing()),
                BookmarkOption.DISABLE);
        assertThat(rows("select id, tags->>1, amount, pg_typeof(tags) from mart.made order by id"))
                .containsExactly("1|x|10.50|jsonb", "2|x|3.00|jsonb", "3|x|7.25|jsonb");
    }

    @Test
    void mariaDbIsLoadedToo() throws SQLException {
        String name = TestMariaDb.newDatabase(
                "create table orders (id bigint primary key, customer varchar(5), amount decimal(8,2), at datetime)");
        TestCatalog.connection("maria", TestMariaDb.url("mariadb", name), TestMariaDb.USER, TestMariaDb.PASSWORD);
        jobs.put("in/a.csv", ORDERS);
        jobs.publish(
                job -> job.read("orders", csv())
                        .write("fact", Jdbc.connection("maria").table("orders").mergeOn("id")),
                BookmarkOption.DISABLE);
        try (Connection session =
                DriverManager.getConnection(TestMariaDb.url("mariadb", name), TestMariaDb.USER, TestMariaDb.PASSWORD)) {
            assertThat(rows(session, "select id, customer, amount, at from orders order by id"))
                    .containsExactly(
                            "1|ann|10.50|2026-01-03 10:00:00",
                            "2|bob|3.00|2026-02-04 11:30:00",
                            "3|ann|7.25|2026-02-05 23:59:59");
        }
    }
}
