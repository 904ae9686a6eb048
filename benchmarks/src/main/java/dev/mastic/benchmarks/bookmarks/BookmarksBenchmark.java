package dev.mastic.benchmarks.bookmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.mastic.bookmarks.BookmarkOption;
import dev.mastic.bookmarks.Claim;
import dev.mastic.bookmarks.ObjectVersion;
import dev.mastic.bookmarks.driver.ClaimRequest;
import dev.mastic.bookmarks.driver.RunConnection;
import dev.mastic.bookmarks.postgres.BookmarksSchema;
import dev.mastic.bookmarks.postgres.PostgresLedger;
import dev.mastic.embedded.postgres.EmbeddedPostgres;
import dev.mastic.wire.rest.Json;
import org.jdbi.v3.core.Jdbi;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * Claims of a job that has read very many objects, on a real PostgreSQL: straight from the ledger, over HTTP as a driver
 * sends them, and beside them bare SQL that joins the same candidates with the same table.
 */
public final class BookmarksBenchmark {
    private static final int CHUNK = 1_000;
    private static final int ROUNDS = 2;
    private static final String JOB = "benchmark";
    private static final String SOURCE = "orders";
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    private final Jdbi jdbi;
    private final PostgresLedger ledger = new PostgresLedger();
    private final int objects;

    private BookmarksBenchmark(Jdbi jdbi, int objects) {
        this.jdbi = jdbi;
        this.objects = objects;
    }

    /** @param arguments number of objects, PostgreSQL's folder and that of its programs */
    public static void main(String[] arguments) throws Exception {
        HikariConfig config = new HikariConfig();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of(arguments[1]), Path.of(arguments[2]))) {
            config.setJdbcUrl(postgres.jdbcUrl());
            config.setUsername(postgres.user());
            config.setPassword(postgres.password());
            try (HikariDataSource database = new HikariDataSource(config)) {
                BookmarksSchema.migrate(database);
                new BookmarksBenchmark(Jdbi.create(database), Integer.parseInt(arguments[0])).run();
            }
        }
    }

    private void run() throws IOException {
        fill();
        ledgerSize();
        print("heap, nothing held", heap(), "MB");
        List<ObjectVersion> known = candidates(0, objects);
        print("heap, the driver's list of candidates", heap(), "MB");
        List<ObjectVersion> some = new ArrayList<>(known.subList(objects / 100, objects));
        some.addAll(candidates(objects, objects / 100));
        for (int round = 1; round <= ROUNDS; round++) {
            System.out.println("round " + round);
            print("bare SQL, one hash join of two tables", time(this::join), "ms");
            print("nothing new, ledger alone", time(() -> claim(known, 0, this::claim)), "ms");
            print("1 % new, ledger alone", time(() -> claim(some, objects / 100, this::claim)), "ms");
            release();
        }
        overHttp(known, some);
    }

    private void overHttp(List<ObjectVersion> known, List<ObjectVersion> some) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        http.setExecutor(threads);
        http.createContext("/", this::answer);
        http.start();
        try {
            RunConnection driver = new RunConnection(
                    URI.create("http://127.0.0.1:" + http.getAddress().getPort()), "run", "token");
            for (int round = 1; round <= ROUNDS; round++) {
                System.out.println("over HTTP, round " + round);
                print(
                        "nothing new, driver and server",
                        time(() -> claim(known, 0, chunk -> driver.claim(SOURCE, chunk))),
                        "ms");
                print("heap after, driver and server", heap(), "MB");
                print(
                        "1 % new, driver and server",
                        time(() -> claim(some, objects / 100, chunk -> driver.claim(SOURCE, chunk))), "ms");
                release();
            }
        } finally {
            http.stop(0);
            threads.shutdownNow();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            ClaimRequest request = Json.read(exchange.getRequestBody().readAllBytes(), ClaimRequest.class);
            byte[] body = Json.write(claim(request.candidates()));
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private void fill() {
        jdbi.useHandle(handle -> {
            handle.execute("INSERT INTO bookmarks.bookmark (job_name, version, run) VALUES ('" + JOB + "', 1, 1)");
            handle.execute(
                    "INSERT INTO bookmarks.object_claim (job_name, source, bucket, object_key, etag, size, last_modified, "
                            + "run_id, state, version) SELECT ?, ?, 'lake', "
                            + "'sales/orders/day=' || lpad((i / 1000)::text, 6, '0') || '/part-' || lpad(i::text, 9, '0') "
                            + "|| '.parquet', md5(i::text), 1000000, ?::timestamptz, 'jr_' || repeat('0', 64), 'DONE', 1 "
                            + "FROM generate_series(0, ? - 1) i",
                    JOB,
                    SOURCE,
                    TIME.toString(),
                    objects);
            handle.execute("VACUUM ANALYZE bookmarks.object_claim");
        });
    }

    private void ledgerSize() {
        jdbi.useHandle(handle -> {
            for (String part : List.of("pg_table_size", "pg_indexes_size", "pg_total_relation_size")) {
                long bytes = handle.createQuery("SELECT " + part + "('bookmarks.object_claim')")
                        .mapTo(Long.class)
                        .one();
                print(part + " per object", bytes / objects, "bytes");
            }
        });
    }

    private List<ObjectVersion> candidates(int first, int count) {
        List<ObjectVersion> candidates = new ArrayList<>(count);
        jdbi.useTransaction(handle -> handle.createQuery(
                        "SELECT i, md5(i::text) AS etag FROM generate_series(:first, :last) i")
                .bind("first", first)
                .bind("last", first + count - 1)
                .setFetchSize(10_000)
                .map((row, context) -> new ObjectVersion(
                        "lake",
                        String.format(
                                Locale.ROOT,
                                "sales/orders/day=%06d/part-%09d.parquet",
                                row.getInt("i") / 1000,
                                row.getInt("i")),
                        row.getString("etag"),
                        1_000_000,
                        TIME))
                .forEach(candidates::add));
        return candidates;
    }

    private void join() {
        jdbi.useTransaction(handle -> {
            handle.execute("CREATE TEMPORARY TABLE candidate ON COMMIT DROP AS "
                    + "SELECT bucket, object_key, etag FROM bookmarks.object_claim");
            handle.createQuery(
                            "SELECT count(*) FROM candidate c WHERE NOT EXISTS (SELECT FROM bookmarks.object_claim o "
                                    + "WHERE o.job_name = :job AND o.source = :source AND o.bucket = c.bucket "
                                    + "AND o.object_key = c.object_key AND o.etag = c.etag)")
                    .bind("job", JOB)
                    .bind("source", SOURCE)
                    .mapTo(Long.class)
                    .one();
        });
    }

    private static void claim(
            List<ObjectVersion> candidates, long expected, Function<List<ObjectVersion>, Claim> ledger) {
        long granted = 0;
        for (int from = 0; from < candidates.size(); from += CHUNK) {
            granted += ledger.apply(candidates.subList(from, Math.min(from + CHUNK, candidates.size())))
                    .granted()
                    .size();
        }
        if (granted != expected) {
            throw new IllegalStateException("Granted " + granted + " objects instead of " + expected);
        }
    }

    private Claim claim(List<ObjectVersion> chunk) {
        return jdbi.inTransaction(handle -> ledger.claim(handle, JOB, "run", BookmarkOption.ENABLE, SOURCE, chunk));
    }

    private void release() {
        jdbi.useTransaction(handle -> ledger.release(handle, "run"));
    }

    private static long time(Runnable work) {
        long began = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - began).toMillis();
    }

    private static long heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / 1_000_000;
    }

    private static void print(String what, long figure, String unit) {
        System.out.printf(Locale.ROOT, "%-42s %,12d %s%n", what, figure, unit);
    }
}
