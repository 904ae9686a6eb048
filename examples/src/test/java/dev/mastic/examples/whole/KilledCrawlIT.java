package dev.mastic.examples.whole;

import dev.mastic.testing.ServerProcess;
import dev.mastic.testing.TestFolders;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.CrawlerState;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.LastCrawlStatus;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.Table;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** The server's process is killed while it crawls, when so many partitions are in the catalog. */
class KilledCrawlIT {
    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final String BUCKET = "landing";
    private static final int TABLES = 5;
    private static final int PARTITIONS = 120;
    private static final int KILLS = 3;

    private final Path folder = TestFolders.create("killed-crawl");
    private ServerProcess.Ports ports;
    private MortalServer server;

    @BeforeEach
    void start() throws Exception {
        ports = ServerProcess.Ports.free();
        server = MortalServer.start(folder, ports, Map.of());
        server.s3().createBucket(request -> request.bucket(BUCKET));
        for (int table = 0; table < TABLES; table++) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                String key = String.format(Locale.ROOT, "t%d/day=%03d/a.csv", table, partition);
                String rows = "id,v" + table + "\n1,2\n";
                server.s3().putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromString(rows));
            }
        }
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void leavesTheCatalogWholeAndTheNextCrawlFinishesTheWork() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        createCrawler("unharmed");
        server.glue().startCrawler(request -> request.name("unharmed"));
        awaitReady("unharmed");
        Map<String, List<String>> truth = catalog("unharmed");
        assertThat(truth)
                .hasSize(TABLES)
                .allSatisfy((table, rows) -> assertThat(rows).hasSize(PARTITIONS + 1));
        int inMidCrawl = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            String name = "killed" + kill;
            int partitions = kill == 0 ? 0 : random.nextInt(TABLES * PARTITIONS);
            String what = String.format("seed %d, kill %d, at %d partitions", seed, kill, partitions);
            createCrawler(name);
            server.glue().startCrawler(request -> request.name(name));
            Awaitility.await(what)
                    .atMost(LONGEST)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> count(catalog(name)) >= partitions);
            boolean running = crawler(name).state() == CrawlerState.RUNNING;
            server.kill();
            server = MortalServer.start(folder, ports, Map.of());

            awaitReady(name);
            LastCrawlStatus ended = crawler(name).lastCrawl().status();
            assertThat(ended).as(what).isIn(LastCrawlStatus.FAILED, LastCrawlStatus.SUCCEEDED);
            inMidCrawl += running && ended == LastCrawlStatus.FAILED ? 1 : 0;
            catalog(name)
                    .forEach((table, rows) -> assertThat(truth.get(table))
                            .as("%s: table %s", what, table)
                            .startsWith(rows.get(0))
                            .containsAll(rows));

            server.glue().startCrawler(request -> request.name(name));
            awaitReady(name);
            assertThat(crawler(name).lastCrawl().status()).as(what).isEqualTo(LastCrawlStatus.SUCCEEDED);
            assertThat(catalog(name)).as(what).isEqualTo(truth);
        }
        assertThat(inMidCrawl).as("kills in the middle of a crawl").isPositive();
    }

    private void createCrawler(String name) {
        server.glue()
                .createCrawler(request -> request.name(name)
                        .role("role")
                        .databaseName(name)
                        .targets(targets -> targets.s3Targets(target -> target.path("s3://" + BUCKET + "/"))));
    }

    private Crawler crawler(String name) {
        return server.glue().getCrawler(request -> request.name(name)).crawler();
    }

    private void awaitReady(String name) {
        Awaitility.await(name).atMost(LONGEST).until(() -> crawler(name).state(), state -> state == CrawlerState.READY);
    }

    private static int count(Map<String, List<String>> catalog) {
        return catalog.values().stream().mapToInt(rows -> rows.size() - 1).sum();
    }

    /** By table: its columns and keys, then its partitions. */
    private Map<String, List<String>> catalog(String database) {
        Map<String, List<String>> catalog = new TreeMap<>();
        try {
            for (Table table : server.glue()
                    .getTables(request -> request.databaseName(database))
                    .tableList()) {
                List<String> rows = new ArrayList<>();
                rows.add(names(table.storageDescriptor().columns()) + " by " + names(table.partitionKeys()));
                server
                        .glue()
                        .getPartitionsPaginator(
                                request -> request.databaseName(database).tableName(table.name()))
                        .stream()
                        .flatMap(page -> page.partitions().stream())
                        .forEach(partition -> rows.add(row(partition)));
                catalog.put(table.name(), rows);
            }
        } catch (EntityNotFoundException none) {
            assertThat(none).hasMessageContaining(database);
        }
        return catalog;
    }

    private static String row(Partition partition) {
        return partition.values() + " "
                + names(partition.storageDescriptor().columns()) + " "
                + partition.storageDescriptor().location();
    }

    private static String names(List<Column> columns) {
        return columns.stream()
                .map(column -> column.name() + " " + column.type())
                .collect(Collectors.joining(", "));
    }
}
