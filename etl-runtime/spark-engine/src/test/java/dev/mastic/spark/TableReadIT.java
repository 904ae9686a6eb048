package dev.mastic.spark;

import dev.mastic.bookmarks.BookmarkOption;
import dev.mastic.bookmarks.RunCommit;
import dev.mastic.job.Jdbc;
import dev.mastic.job.Job;
import dev.mastic.job.Parquet;
import dev.mastic.testing.TestMariaDb;
import dev.mastic.testing.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

import static dev.mastic.job.Dsl.col;
import static org.assertj.core.api.Assertions.assertThat;

/** Jobs that read tables of real databases. */
class TableReadIT {
    private final TestJobs jobs = new TestJobs();
    private final TestPostgres.TestDatabase database = TestPostgres.newDatabase();

    @BeforeEach
    void connect() throws SQLException {
        TestCatalog.connection("shop", database.jdbcUrl(), database.user(), database.password());
        run(
                "create table orders (id bigint primary key, customer text, amount numeric(8,2),"
                        + " updated_at timestamptz not null default now(), seen timestamp, ratio double precision not null"
                        + " default 0)",
                "create index on orders (updated_at, id)",
                "insert into orders select g, case when g % 10 = 0 then null else 'c' || g % 3 end, g,"
                        + " '2026-01-01 00:00:00Z'::timestamptz + g * interval '1 minute', '2026-03-29 01:30:00'"
                        + " from generate_series(1, 100) g");
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

    private Jdbc orders() {
        return Jdbc.connection("shop").table("orders");
    }

    private Job copy(Jdbc source) {
        return job -> job.read("orders", source).select("id").write("lake", Parquet.at(jobs.at("lake/")));
    }

    private long read(Jdbc source, BookmarkOption option) {
        RunCommit commit = jobs.publish(copy(source), option);
        return commit.metrics().getOrDefault("write.lake.rows", 0L);
    }

    @Test
    void everyWayToShareReadsEachRowOnce() {
        for (Jdbc source : new Jdbc[] {
            orders(),
            orders().fetchSize(7),
            orders().partitionedBy("id", 4),
            orders().partitionedBy("id", 3, "40", "60"),
            orders().partitionedBy("updated_at", 3),
            orders().hashedBy("customer"),
            Jdbc.connection("shop").query("select * from orders where id > 0").hashedBy("id", 2)
        }) {
            RunCommit commit = jobs.run(copy(source));
            assertThat(commit.metrics())
                    .as(source.describe())
                    .containsEntry("read.orders.rows", 100L)
                    .containsEntry("write.lake.rows", 100L);
        }
    }

    @Test
    void filtersAndColumnsGoToTheDatabaseAndTimesStay() {
        RunCommit commit = jobs.publish(
                job -> job.read("orders", orders())
                        .filter(col("id").eq(7))
                        .select("id", "customer", "amount", "updated_at", "seen")
                        .write("lake", Parquet.at(jobs.at("lake/"))),
                BookmarkOption.DISABLE);
        assertThat(commit.metrics()).containsEntry("read.orders.rows", 1L);
        assertThat(jobs.rows("lake/"))
                .containsExactly("{\"id\":7,\"customer\":\"c1\",\"amount\":7.00,"
                        + "\"updated_at\":\"2026-01-01T00:07:00.000Z\",\"seen\":\"2026-03-29T01:30:00.000Z\"}");
    }

    @Test
    void aRunReadsWhatIsNewByItsKey() throws SQLException {
        Jdbc source = orders().newRowsBy("id").partitionedBy("id", 2);
        assertThat(read(source, BookmarkOption.ENABLE)).isEqualTo(100);
        assertThat(read(source, BookmarkOption.ENABLE)).as("nothing new").isZero();
        run("insert into orders (id) values (101), (102)");
        assertThat(read(source, BookmarkOption.PAUSE)).isEqualTo(2);
        run("insert into orders (id) values (103)");
        assertThat(read(source, BookmarkOption.ENABLE)).isEqualTo(3);
        assertThat(read(source, BookmarkOption.DISABLE)).isEqualTo(103);
        assertThat(jobs.failure(copy(orders().newRowsBy("updated_at", "id")), BookmarkOption.ENABLE))
                .contains("is of table public.orders of shop by id, and the job reads table public.orders of shop by"
                        + " updated_at, id");
    }

    @Test
    void changedRowsAreReadAgainAndYoungOnesLater() throws SQLException {
        Jdbc source = orders().newRowsBy("updated_at", "id").lag(Duration.ofHours(1));
        run("insert into orders (id) values (200)");
        assertThat(read(source, BookmarkOption.ENABLE))
                .as("without the young one")
                .isEqualTo(100);
        run(
                "update orders set updated_at = '2026-02-01Z' where id in (3, 4)",
                "insert into orders (id, updated_at) values (5000, '2026-02-01Z')");
        assertThat(read(source, BookmarkOption.ENABLE)).isEqualTo(3);
        run(
                "update orders set updated_at = '2026-02-01Z' where id = 6000",
                "insert into orders (id, updated_at) values (6000, '2026-02-01Z')");
        assertThat(read(source, BookmarkOption.ENABLE))
                .as("of the same instant")
                .isEqualTo(1);
    }

    @Test
    void aFailedRunGivesItsRowsBack() throws SQLException {
        Jdbc source = orders().newRowsBy("id");
        jobs.meanwhile(() -> {
            throw new IllegalStateException("killed");
        });
        assertThat(jobs.failure(copy(source), BookmarkOption.ENABLE)).contains("killed");
        jobs.meanwhile(() -> {});
        run("insert into orders (id) values (101)");
        assertThat(read(source, BookmarkOption.ENABLE)).isEqualTo(101);
    }

    @Test
    void rowsThatComeWhileARunReadsAreForTheNext() {
        Jdbc source = orders().newRowsBy("id");
        jobs.meanwhile(() -> {
            try {
                run("insert into orders (id) values (101)");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(read(source, BookmarkOption.ENABLE)).isEqualTo(100);
        assertThat(read(source, BookmarkOption.ENABLE)).isEqualTo(1);
    }

    @Test
    void keysThatCannotWorkAreRefusedWithTheReason() {
        assertThat(jobs.failure(copy(orders().newRowsBy("amount"))))
                .isEqualTo(
                        "Read 'orders': key 'amount' of table public.orders of shop takes nulls, and a row without a key"
                                + " would never be read; use a column that takes none, or declare it NOT NULL");
        assertThat(jobs.failure(copy(orders().newRowsBy("ratio"))))
                .contains("is of type float8, whose values are not exact");
        assertThat(jobs.failure(copy(orders().newRowsBy("nowhere"))))
                .contains("there is no column 'nowhere' in table public.orders of shop; it has id, customer");
        assertThat(jobs.failure(copy(orders().partitionedBy("customer", 3))))
                .contains(
                        "parts by ranges are of a number, a date or a timestamp, and 'customer' is text; use hashedBy");
        assertThat(jobs.failure(copy(Jdbc.connection("shop").table("ordres"))))
                .contains("Connection shop leads to no table ordres");
        assertThat(jobs.failure(copy(Jdbc.connection("shop").query("select nothing from nowhere"))))
                .startsWith("Read 'orders': Connection shop does not take the read 'orders': ")
                .contains("nowhere");
    }

    @Test
    void mariaDbIsReadByItsKeysToo() throws SQLException {
        String name = TestMariaDb.newDatabase(
                "create table orders (id bigint primary key, name varchar(20), at datetime(6) not null)",
                "insert into orders values (1, 'ann', '2026-01-01 10:00:00.123456'), (2, 'bob', '2026-01-01 10:00:00.5')");
        TestCatalog.connection("maria", TestMariaDb.url("mariadb", name), TestMariaDb.USER, TestMariaDb.PASSWORD);
        Jdbc source =
                Jdbc.connection("maria").table("orders").newRowsBy("at", "id").hashedBy("name", 2);
        Job job = orders -> orders.read("orders", source).write("lake", Parquet.at(jobs.at("lake/")));
        jobs.publish(job, BookmarkOption.ENABLE);
        TestMariaDb.run(name, "insert into orders values (3, 'cid', '2026-01-01 10:00:00.5')");
        jobs.publish(job, BookmarkOption.ENABLE);
        assertThat(jobs.rows("lake/"))
                .containsExactly(
                        "{\"id\":1,\"name\":\"ann\",\"at\":\"2026-01-01T10:00:00.123Z\"}",
                        "{\"id\":2,\"name\":\"bob\",\"at\":\"2026-01-01T10:00:00.500Z\"}",
                        "{\"id\":3,\"name\":\"cid\",\"at\":\"2026-01-01T10:00:00.500Z\"}");
        assertThat(jobs.run(job, BookmarkOption.ENABLE, Optional.empty()).outputs())
                .isEmpty();
    }
}
