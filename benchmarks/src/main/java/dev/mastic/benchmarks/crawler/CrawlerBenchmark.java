package dev.mastic.benchmarks.crawler;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.mastic.benchmarks.Clients;
import dev.mastic.catalog.Catalog;
import dev.mastic.crawler.Crawlers;
import dev.mastic.embedded.postgres.EmbeddedPostgres;
import dev.mastic.wire.GlueDispatcher;
import dev.mastic.wire.rest.Json;
import dev.mastic.wire.rest.RestRequest;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.CrawlerState;
import software.amazon.awssdk.services.glue.model.LastCrawlStatus;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import static java.util.Objects.requireNonNull;

/**
 * A bare listing of a bucket, page by page through the AWS SDK, and two first crawls of it into an empty database: one that
 * reads a file of each folder (SampleSize 1) and one with the crawler's own choice of files. One process for each bucket,
 * so that its peak of memory is that bucket's.
 */
public final class CrawlerBenchmark {
    /** Of each the faster counts: the first loads classes. */
    private static final int ROUNDS = 2;

    private CrawlerBenchmark() {}

    /** @param arguments the store's name and address, a bucket, PostgreSQL's folder and that of its programs */
    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("title")) {
            System.out.printf(
                    "%-26s %10s %8s %8s | %7s %6s %6s | %7s %6s %6s | %9s %9s%n",
                    "store",
                    "objects",
                    "folders",
                    "listing",
                    "crawl 1",
                    "ratio",
                    "read",
                    "crawl",
                    "ratio",
                    "read",
                    "heap max",
                    "peak RSS");
            return;
        }
        Objects objects = Objects.of(arguments[2]);
        HeapAfterCollections heap = HeapAfterCollections.watch();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of(arguments[3]), Path.of(arguments[4]));
                HikariDataSource database = connections(postgres);
                S3Client s3 = Clients.s3(URI.create(arguments[1]));
                Catalog catalog = Catalog.open(database, "123456789012");
                Crawlers crawlers = Crawlers.open(database, s3, new GlueDispatcher(catalog.operations()).client())) {
            List<GlueClient> operations = new ArrayList<>(catalog.operations());
            operations.addAll(crawlers.operations());
            GlueClient glue = new GlueDispatcher(operations).client();
            crawlers.start();
            Duration listing = Duration.ofDays(1);
            for (int i = 0; i < ROUNDS; i++) {
                Duration one = list(s3, objects);
                listing = one.compareTo(listing) < 0 ? one : listing;
            }
            Crawled one = fastest(glue, crawlers, objects, 1);
            Crawled own = fastest(glue, crawlers, objects, null);
            System.out.printf(
                    Locale.ROOT,
                    "%-26s %,10d %,8d %6.2f s | %5.2f s %5.2fx %,6d | %5.2f s %5.2fx %,6d | %6d MB %6d MB%n",
                    arguments[0],
                    objects.count(),
                    objects.folders(),
                    seconds(listing),
                    seconds(one.time()),
                    seconds(one.time()) / seconds(listing),
                    one.read(),
                    seconds(own.time()),
                    seconds(own.time()) / seconds(listing),
                    own.read(),
                    heap.most() >> 20,
                    peakResident() >> 10);
        }
    }

    private static HikariDataSource connections(EmbeddedPostgres postgres) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(postgres.jdbcUrl());
        config.setUsername(postgres.user());
        config.setPassword(postgres.password());
        return new HikariDataSource(config);
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    private static Duration list(S3Client s3, Objects objects) {
        long start = System.nanoTime();
        long found = s3
                .listObjectsV2Paginator(
                        ListObjectsV2Request.builder().bucket(objects.bucket()).build())
                .contents()
                .stream()
                .count();
        if (found != objects.count()) {
            throw new IllegalStateException("Listed " + found + " keys of " + objects.count());
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private record Crawled(Duration time, int read) {}

    private static Crawled fastest(GlueClient glue, Crawlers crawlers, Objects objects, @Nullable Integer sampleSize)
            throws InterruptedException {
        Crawled fastest = crawl(glue, crawlers, objects, sampleSize, 1);
        for (int i = 2; i <= ROUNDS; i++) {
            Crawled another = crawl(glue, crawlers, objects, sampleSize, i);
            fastest = another.time().compareTo(fastest.time()) < 0 ? another : fastest;
        }
        return fastest;
    }

    /** By a crawler and into a database of its own. */
    private static Crawled crawl(
            GlueClient glue, Crawlers crawlers, Objects objects, @Nullable Integer sampleSize, int round)
            throws InterruptedException {
        String name = objects.bucket() + "_" + sampleSize + "_" + round;
        glue.createCrawler(request -> request.name(name)
                .role("role")
                .databaseName(name.replace('-', '_').toLowerCase(Locale.ROOT))
                .targets(targets -> targets.s3Targets(
                        target -> target.path("s3://" + objects.bucket() + "/").sampleSize(sampleSize))));
        long start = System.nanoTime();
        glue.startCrawler(request -> request.name(name));
        Crawler crawler;
        do {
            Thread.sleep(10);
            crawler = glue.getCrawler(request -> request.name(name)).crawler();
        } while (crawler.state() != CrawlerState.READY);
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        if (crawler.lastCrawl().status() != LastCrawlStatus.SUCCEEDED) {
            throw new IllegalStateException(crawler.lastCrawl().errorMessage());
        }
        Map<?, ?> target = target(crawlers, name);
        int listed = number(target, "objectsListed");
        if (listed != objects.count()) {
            throw new IllegalStateException("The crawl listed " + listed + " of " + objects.count());
        }
        return new Crawled(time, number(target, "objectsSampled"));
    }

    private static Map<?, ?> target(Crawlers crawlers, String name) {
        RestRequest request =
                new RestRequest(Map.of("name", name, "crawlId", "latest"), Map.of(), Map.of(), new byte[0]);
        Map<?, ?> body = Json.readObject(
                crawlers.routes().get(0).handler().handle(request).body());
        Map<?, ?> report = (Map<?, ?>) requireNonNull(body.get("report"));
        return (Map<?, ?>) ((List<?>) requireNonNull(report.get("targets"))).get(0);
    }

    private static int number(Map<?, ?> target, String name) {
        return ((Number) requireNonNull(target.get(name))).intValue();
    }

    /** Kilobytes. */
    private static long peakResident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }
}
