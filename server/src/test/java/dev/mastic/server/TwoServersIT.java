package dev.mastic.server;

import dev.mastic.server.config.Setting;
import dev.mastic.server.config.Settings;
import dev.mastic.testing.TestFolders;
import dev.mastic.testing.TestObjectStore;
import dev.mastic.testing.TestPostgres;
import dev.mastic.testing.TestPostgres.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.Database;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableVersion;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Two server processes on one PostgreSQL are one catalog, whoever writes through which. */
class TwoServersIT {
    private static final int WRITERS = 16;
    private static final Duration STORM = Duration.ofSeconds(20);
    private static final int DUELS = 12;
    private static final int HEAP_MEGABYTES = 384;

    private static TestDatabase postgres;
    private static List<ServerProcess> servers;
    private static List<GlueClient> clients;

    @BeforeAll
    static void start() {
        postgres = TestPostgres.newDatabase();
        // Both find an empty database, and both migrate it.
        servers = List.of(
                ServerProcess.launch("first", HEAP_MEGABYTES, settings(postgres)),
                ServerProcess.launch("second", HEAP_MEGABYTES, settings(postgres)));
        clients = servers.stream().map(server -> client(server.address())).toList();
    }

    @AfterAll
    static void stop() {
        clients.forEach(GlueClient::close);
        servers.forEach(ServerProcess::close);
        postgres.close();
    }

    @Test
    void loseAndDoubleNothingInAStorm() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("Seed of the storm: " + seed);
        CatalogStorm storm = new CatalogStorm(clients);
        storm.prepare();

        long end = System.nanoTime() + STORM.toNanos();
        List<Integer> steps = together(WRITERS, writer -> {
            Random random = new Random(seed + writer);
            int number = 0;
            while (System.nanoTime() < end) {
                storm.step(random, "w" + writer, number++);
            }
            return number;
        });

        System.out.println(steps.stream().mapToInt(Integer::intValue).sum() + " writes in " + STORM.toSeconds() + " s: "
                + new TreeMap<>(storm.answers));
        assertThat(storm.faults).as("answers that no lost race has").isEmpty();
        for (GlueClient glue : clients) {
            assertThatTablesAreAsAcknowledged(glue, storm);
            assertThatPartitionsAreAsAcknowledged(glue, storm);
        }
        assertThat(lists(clients.get(0))).isEqualTo(lists(clients.get(1)));
        for (ServerProcess server : servers) {
            assertThat(server.readLog()).doesNotContain("ERROR");
        }
    }

    private static void assertThatTablesAreAsAcknowledged(GlueClient glue, CatalogStorm storm) {
        Map<String, Table> found = new HashMap<>();
        tables(glue, CatalogStorm.DATABASE).forEach(table -> found.put(table.name(), table));
        for (String name : CatalogStorm.COUNTERS) {
            int acknowledged = storm.updates.get(name).get();
            assertThat(found.get(name).parameters()).as(name).containsEntry("count", "" + acknowledged);
        }
        for (String name :
                List.of("counter0", "counter1", "counter2", "overwritten0", "overwritten1", "overwritten2")) {
            int acknowledged = storm.updates.get(name).get();
            assertThat(versions(glue, name))
                    .as("versions of %s, one for each acknowledged update and the first", name)
                    .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(0, acknowledged)
                            .mapToObj(Integer::toString)
                            .toList());
        }
        for (String name : CatalogStorm.CONTESTED) {
            assertThat(storm.tables.get(name).get())
                    .as("acknowledged creates of %s less drops", name)
                    .isEqualTo(found.containsKey(name) ? 1 : 0);
            if (found.containsKey(name)) {
                assertThat(partitions(glue, name)).doesNotHaveDuplicates();
            }
        }
        List<String> databases = databases(glue);
        assertThat(databases).doesNotHaveDuplicates();
        for (String name : CatalogStorm.CONTESTED_DATABASES) {
            assertThat(storm.databases.get(name).get())
                    .as("acknowledged creates of %s less drops", name)
                    .isEqualTo(databases.contains(name) ? 1 : 0);
        }
    }

    private static void assertThatPartitionsAreAsAcknowledged(GlueClient glue, CatalogStorm storm) {
        List<String> expected = new ArrayList<>();
        storm.partitions.forEach((value, count) -> {
            assertThat(count.get())
                    .as("acknowledged creates of %s less drops", value)
                    .isBetween(0, 1);
            if (count.get() == 1) {
                expected.add(value);
            }
        });
        assertThat(partitions(glue, CatalogStorm.PARTITIONED)).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void letExactlyOneOfManyCreatesAndDropsWin() throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(WRITERS);
        clients.get(0).createDatabase(request -> request.databaseInput(input -> input.name("duels")));

        List<List<Integer>> wins = together(WRITERS, writer -> {
            GlueClient glue = clients.get(writer % 2);
            List<Integer> won = new ArrayList<>();
            for (int round = 0; round < DUELS; round++) {
                String name = "duel" + round;
                List<Runnable> duels = List.of(
                        () -> glue.createTable(
                                request -> request.databaseName("duels").tableInput(input -> input.name(name))),
                        () -> glue.deleteTable(
                                request -> request.databaseName("duels").name(name)),
                        () -> glue.createDatabase(request -> request.databaseInput(input -> input.name(name))),
                        () -> glue.deleteDatabase(request -> request.name(name)));
                for (Runnable duel : duels) {
                    barrier.await();
                    won.add(wins(duel) ? 1 : 0);
                }
            }
            return won;
        });

        for (int duel = 0; duel < DUELS * 4; duel++) {
            int number = duel;
            assertThat(wins.stream().mapToInt(won -> won.get(number)).sum())
                    .as("winners of duel %d", duel)
                    .isEqualTo(1);
        }
    }

    private static boolean wins(Runnable write) {
        try {
            write.run();
            return true;
        } catch (AlreadyExistsException | EntityNotFoundException e) {
            return false;
        }
    }

    @RepeatedTest(4)
    void startAtTheSameInstantOnAnEmptyDatabase() throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(2);
        Path noDriver = Files.createDirectories(Path.of("target", "no-driver"));
        try (TestDatabase empty = TestPostgres.newDatabase()) {
            List<MasticServer> started = together(2, number -> {
                Map<Setting, String> values = settings(empty);
                values.put(Setting.DATA, TestFolders.create("instant").toString());
                values.put(Setting.PORT, "0");
                Settings settings = Settings.read(values, Map.of(), Optional.empty());
                barrier.await();
                return MasticServer.start(settings, noDriver);
            });
            try (MasticServer first = started.get(0);
                    MasticServer second = started.get(1);
                    GlueClient writer = client(first.address());
                    GlueClient reader = client(second.address())) {
                writer.createDatabase(request -> request.databaseInput(input -> input.name("seen")));
                assertThat(databases(reader)).containsExactly("seen");
            }
        }
    }

    private static Map<Setting, String> settings(TestDatabase database) {
        Map<Setting, String> settings = new EnumMap<>(Setting.class);
        settings.put(Setting.POSTGRES, database.jdbcUrl());
        settings.put(Setting.POSTGRES_USER, database.user());
        settings.put(Setting.POSTGRES_PASSWORD, database.password());
        settings.put(Setting.S3_ENDPOINT, TestObjectStore.shared().endpoint().toString());
        settings.put(Setting.S3_ACCESS_KEY, TestObjectStore.KEY);
        settings.put(Setting.S3_SECRET_KEY, TestObjectStore.KEY);
        settings.put(Setting.CATALOG_ARCHIVED_VERSIONS, "100000");
        return settings;
    }

    private static GlueClient client(URI address) {
        return GlueClient.builder()
                .endpointOverride(address)
                .region(Region.US_EAST_1)
                // An attempt that is made again would find its own work done.
                .overrideConfiguration(configuration -> configuration.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("mastic", "mastic")))
                .build();
    }

    private interface Work<T> {
        T of(int number) throws Exception;
    }

    private static <T> List<T> together(int threads, Work<T> work) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<T>> all = new ArrayList<>();
            IntStream.range(0, threads).forEach(number -> all.add(() -> work.of(number)));
            List<T> results = new ArrayList<>();
            for (Future<T> future : executor.invokeAll(all)) {
                results.add(future.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }

    /** Everything that can be listed, in the order of the lists. */
    private static List<Object> lists(GlueClient glue) {
        List<Object> all = new ArrayList<>();
        for (String database : databases(glue)) {
            all.add(database);
            for (Table table : tables(glue, database)) {
                all.add(table);
                glue
                        .getPartitionsPaginator(
                                request -> request.databaseName(database).tableName(table.name()))
                        .stream()
                        .forEach(page -> all.addAll(page.partitions()));
            }
        }
        return all;
    }

    private static List<String> databases(GlueClient glue) {
        return glue.getDatabasesPaginator(request -> {}).stream()
                .flatMap(page -> page.databaseList().stream())
                .map(Database::name)
                .toList();
    }

    private static List<Table> tables(GlueClient glue, String database) {
        return glue.getTablesPaginator(request -> request.databaseName(database)).stream()
                .flatMap(page -> page.tableList().stream())
                .toList();
    }

    private static List<String> partitions(GlueClient glue, String table) {
        return glue
                .getPartitionsPaginator(
                        request -> request.databaseName(CatalogStorm.DATABASE).tableName(table))
                .stream()
                .flatMap(page -> page.partitions().stream())
                .map(Partition::values)
                .map(values -> values.get(0))
                .toList();
    }

    private static List<String> versions(GlueClient glue, String table) {
        return glue
                .getTableVersionsPaginator(
                        request -> request.databaseName(CatalogStorm.DATABASE).tableName(table))
                .stream()
                .flatMap(page -> page.tableVersions().stream())
                .map(TableVersion::versionId)
                .toList();
    }
}
