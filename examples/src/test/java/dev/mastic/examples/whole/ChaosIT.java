package dev.mastic.examples.whole;

import dev.mastic.bookmarks.Failpoint;
import dev.mastic.testing.Relay;
import dev.mastic.testing.ServerProcess;
import dev.mastic.testing.TestFolders;
import dev.mastic.testing.TestObjectStore;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.JobRunState;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs of several jobs at once, while at a random instant a process is killed or the object store goes away. After each,
 * every target must be equal to the truth, no run stuck, and nothing left behind.
 *
 * <p>{@code mastic.chaos.runs} says how many runs (default 20), {@code mastic.chaos.seed} repeats those of a seed.
 */
class ChaosIT {
    private static final int RUNS = Integer.getInteger("mastic.chaos.runs", 20);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration ORPHANED = Duration.ofSeconds(60);
    private static final int LATEST_HARM_MILLIS = 14_000;
    private static final int LONGEST_OUTAGE_MILLIS = 6_000;
    private static final Set<JobRunState> UNDER_WAY =
            Set.of(JobRunState.STARTING, JobRunState.RUNNING, JobRunState.STOPPING, JobRunState.WAITING);

    /** What is done to a run. */
    private enum Harm {
        DRIVER_KILLED,
        SERVER_KILLED,
        POSTGRES_KILLED,
        STORE_CUT,
        STORE_STALLED,
        NAMED_POINT
    }

    private final TestObjectStore store = TestObjectStore.start();
    private final Relay s3 = Relay.to(store.endpoint().getPort());
    private final Path data = TestFolders.create("chaos");
    private final List<Load> loads = new ArrayList<>();
    private ServerProcess.Ports ports;
    private MortalServer server;

    @BeforeEach
    void start() throws Exception {
        ports = ServerProcess.Ports.free();
        server = startServer(Map.of());
        loads.add(new FilesToParquet("chaos-files", store.s3()));
        loads.add(new TableToTable("chaos-tables", store.s3()));
        for (Load load : loads) {
            load.create(server);
        }
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        for (Load load : loads) {
            load.close();
        }
        s3.close();
        store.close();
    }

    private MortalServer startServer(Map<String, String> more) throws Exception {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("MASTIC_S3_ENDPOINT", "http://127.0.0.1:" + s3.port());
        return MortalServer.start(data, ports, environment, store.s3());
    }

    @Test
    void everyTargetIsTheTruthWhateverHappens() throws Exception {
        long seed = Long.getLong("mastic.chaos.seed", new Random().nextLong());
        System.out.println("Seed of the chaos: " + seed);
        Random random = new Random(seed);
        int rounds = Math.max(1, RUNS / loads.size());
        for (int round = 0; round < rounds; round++) {
            String what = String.format("seed %d, round %d of %d", seed, round + 1, rounds);
            for (Load load : loads) {
                load.addInput();
            }
            Instant began = Instant.now();
            String harm = harmed(random);
            Map<String, Integer> attempts = awaitEnd(what + ", " + harm);
            awaitNothingLeft(what + ", " + harm);
            for (Load load : loads) {
                assertThat(load.target())
                        .as("%s, %s: target of %s", what, harm, load.job())
                        .containsExactlyInAnyOrderElementsOf(load.truth());
            }
            System.out.printf(
                    "%s: %s; settled after %.1f s, attempts %s%n",
                    what, harm, Duration.between(began, Instant.now()).toMillis() / 1e3, attempts);
        }
    }

    /** Starts all jobs and does one harm; all works again at the end. */
    private String harmed(Random random) throws Exception {
        Harm harm = Harm.values()[random.nextInt(Harm.values().length)];
        int instant = random.nextInt(LATEST_HARM_MILLIS);
        int outage = random.nextInt(LONGEST_OUTAGE_MILLIS);
        Failpoint point = Failpoint.values()[random.nextInt(Failpoint.values().length)];
        if (harm == Harm.NAMED_POINT) {
            server.close();
            server = startServer(Map.of("MASTIC_FAILPOINT", point.pointName()));
        }
        Set<String> runs = new HashSet<>();
        for (Load load : loads) {
            startRun(load).ifPresent(runs::add);
        }
        // That the instant is any one is what the test is about.
        TimeUnit.MILLISECONDS.sleep(instant);
        String what = String.format("%s after %.1f s", harm, instant / 1e3);
        switch (harm) {
            case DRIVER_KILLED -> killADriver(random);
            case SERVER_KILLED -> {
                server.kill();
                server = startServer(Map.of());
            }
            case POSTGRES_KILLED -> killPostgres();
            case STORE_CUT -> {
                s3.cut();
                TimeUnit.MILLISECONDS.sleep(outage);
                s3.mend();
                what += String.format(" for %.1f s", outage / 1e3);
            }
            case STORE_STALLED -> {
                s3.stall();
                TimeUnit.MILLISECONDS.sleep(outage);
                s3.mend();
                what += String.format(" for %.1f s", outage / 1e3);
            }
            case NAMED_POINT -> {
                what = point.pointName();
                server.kill();
                server = startServer(Map.of());
            }
        }
        for (Load load : loads) {
            // What a server did not answer it may not have done: whoever started the run starts it again.
            if (runs.size() < loads.size()) {
                startRun(load);
            }
        }
        return what;
    }

    private Optional<String> startRun(Load load) {
        try {
            return Optional.of(server.glue()
                    .startJobRun(request -> request.jobName(load.job()))
                    .jobRunId());
        } catch (SdkException e) {
            System.out.println("StartJobRun of " + load.job() + " was not answered: " + e.getMessage());
            return Optional.empty();
        }
    }

    private void killADriver(Random random) {
        List<ProcessHandle> drivers = server.process()
                .toHandle()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains("DriverMain"))
                .toList();
        if (!drivers.isEmpty()) {
            drivers.get(random.nextInt(drivers.size())).destroyForcibly();
        }
    }

    private void killPostgres() throws Exception {
        Path mark = data.resolve("postgres/data/postmaster.pid");
        long pid = Long.parseLong(Files.readAllLines(mark).get(0).strip());
        ProcessHandle postgres = ProcessHandle.of(pid).orElseThrow();
        postgres.destroyForcibly();
        postgres.onExit().get();
    }

    /** How many runs and attempts each job has had. */
    private Map<String, Integer> awaitEnd(String what) {
        Map<String, Integer> attempts = new HashMap<>();
        for (Load load : loads) {
            List<JobRun> runs = Awaitility.await(what + ": the runs of " + load.job() + " end")
                    .atMost(LONGEST)
                    .pollInterval(Duration.ofMillis(200))
                    .ignoreExceptionsInstanceOf(SdkException.class)
                    .until(
                            () -> server.glue().getJobRunsPaginator(request -> request.jobName(load.job())).stream()
                                    .flatMap(page -> page.jobRuns().stream())
                                    .toList(),
                            all -> all.stream().noneMatch(run -> UNDER_WAY.contains(run.jobRunState()))
                                    && all.stream()
                                            .findFirst()
                                            .map(run -> run.jobRunState() == JobRunState.SUCCEEDED)
                                            .orElse(false));
            assertThat(runs)
                    .filteredOn(run -> run.jobRunState() == JobRunState.FAILED)
                    .as("%s: failed attempts say why", what)
                    .allSatisfy(run -> assertThat(run.errorMessage()).isNotBlank());
            attempts.put(load.job(), runs.size());
        }
        return attempts;
    }

    private void awaitNothingLeft(String what) {
        Awaitility.await(what + ": nothing is left behind")
                .atMost(ORPHANED)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> {
                    for (Load load : loads) {
                        assertThat(load.leftovers()).as(load.job()).isEmpty();
                    }
                    assertThat(locks()).isEmpty();
                });
    }

    /** What is held in the ledger, and transactions that nobody ends. */
    private List<String> locks() throws Exception {
        Path postgres = data.resolve("postgres");
        List<String> mark = Files.readAllLines(postgres.resolve("data/postmaster.pid"));
        String password = Files.readString(postgres.resolve("password")).strip();
        List<String> locks = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + mark.get(3).strip() + "/mastic", "mastic", password);
                Statement statement = connection.createStatement()) {
            locks.addAll(rows(
                    statement,
                    "select job_name || ' holds ' || object_key from bookmarks.object_claim"
                            + " where state = 'CLAIMED'"));
            locks.addAll(rows(statement, "select run_id || ' waits for ' || object_key from bookmarks.held_object"));
            locks.addAll(rows(
                    statement,
                    "select 'unpublished ' || run_id from bookmarks.publication" + " where state <> 'PUBLISHED'"));
            locks.addAll(rows(
                    statement,
                    "select 'transaction since ' || xact_start || ': ' || query from pg_stat_activity"
                            + " where xact_start < now() - interval '30 seconds'"));
        }
        return locks;
    }

    private static List<String> rows(Statement statement, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }
}
