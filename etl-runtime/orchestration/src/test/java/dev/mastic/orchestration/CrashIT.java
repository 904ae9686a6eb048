package dev.mastic.orchestration;

import dev.mastic.bookmarks.Failpoint;
import dev.mastic.orchestration.launch.DriverLauncher;
import dev.mastic.orchestration.testing.CrashServer;
import dev.mastic.orchestration.testing.RouteServer;
import dev.mastic.orchestration.testing.TestServer;
import dev.mastic.testing.TestFolders;
import dev.mastic.testing.TestObjectStore;
import dev.mastic.testing.TestPostgres;
import dev.mastic.wire.GlueDispatcher;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.glue.GlueClient;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Kills the server or the driver, as {@code kill -9} does, at every named instant of a run, starts a new server, and
 * looks whether each object was processed exactly once.
 */
@Execution(ExecutionMode.CONCURRENT)
class CrashIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final List<String> TRUTH =
            IntStream.range(0, 5).mapToObj(number -> "in/" + number + ".csv").toList();

    private static final String OLD = "out/old-1.txt";

    private final TestPostgres.TestDatabase database = TestPostgres.newDatabase();
    private final TestObjectStore store = TestObjectStore.shared();
    private final String bucket = store.newBucket();
    private final Path data = TestFolders.create("crash");
    private final int port = freePort();
    private final HttpClient http = HttpClient.newHttpClient();
    private final OrchestrationSettings settings = CrashServer.settings(data, port, store.endpoint());
    private final AtomicBoolean firstDriver = new AtomicBoolean(true);
    private final List<Integer> killed = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "SERVER_.*|WAREHOUSE_.*_LOAD")
    void processesEachObjectOnceWhenTheServerIsKilled(Failpoint point) throws Exception {
        try (Orchestration next = TestServer.open(settings, database.dataSource(), store.s3())) {
            createJobAndTrigger(new GlueDispatcher(next.operations()).client());
            Process killed = startServer(point.pointName());
            try {
                sendUntilAcceptedOrDead(killed::isAlive);
                assertThat(killed.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .as("the server dies at %s", point)
                        .isTrue();
                assertThat(killed.exitValue()).isEqualTo(137);
            } finally {
                killed.destroyForcibly();
            }
            assertThat(output()).as("whole files or nothing").isSubsetOf(TRUTH).doesNotHaveDuplicates();
            assertThat(isOldFileThere() || !output().isEmpty())
                    .as("the old file or the new one")
                    .isTrue();

            processesEachObjectOnce(next);
        } finally {
            database.close();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "DRIVER_.*|WAREHOUSE_AFTER_STAGE")
    void processesEachObjectOnceWhenTheDriverIsKilled(Failpoint point) throws Exception {
        DriverLauncher dying = TestServer.copyDrivers(settings, Map.of("MASTIC_FAILPOINT", point.pointName()));
        DriverLauncher living = TestServer.copyDrivers(settings, Map.of());
        DriverLauncher launcher = (launch, onExit) -> firstDriver.getAndSet(false)
                ? dying.launch(launch, code -> {
                    killed.add(code);
                    onExit.accept(code);
                })
                : living.launch(launch, onExit);
        try (Orchestration server = TestServer.open(settings, database.dataSource(), store.s3(), launcher)) {
            createJobAndTrigger(new GlueDispatcher(server.operations()).client());
            processesEachObjectOnce(server);
            await("the driver dies at " + point)
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(killed).containsExactly(137));
            if (point == Failpoint.WAREHOUSE_AFTER_STAGE) {
                await("no staging table is left over")
                        .atMost(PATIENCE)
                        .until(() -> count("SELECT count(*) FROM bookmarks.staged_table") == 0
                                && count("SELECT count(*) FROM pg_tables WHERE tablename ~ '^mastic_[0-9a-f]{20}'")
                                        == 0);
            }
        } finally {
            database.close();
        }
    }

    private void processesEachObjectOnce(Orchestration server) {
        try (RouteServer routes = new RouteServer(port)) {
            routes.serve(server.routes());
            server.start();
            sendUntilAcceptedOrDead(() -> true);

            await("all events are done").atMost(PATIENCE).until(() -> open() == 0);
            await("all is published").atMost(PATIENCE).until(() -> unpublished() == 0);
            assertThat(output()).as("each object once").containsExactlyElementsOf(TRUTH);
            assertThat(isOldFileThere()).as("what was replaced is there").isFalse();
            assertThat(loaded()).as("each object once in the warehouse").containsExactlyElementsOf(TRUTH);
            await("nothing is left over")
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(store.s3()
                                    .listMultipartUploads(request -> request.bucket(bucket))
                                    .uploads())
                            .isEmpty());
        }
    }

    private void createJobAndTrigger(GlueClient glue) {
        store.s3().putObject(request -> request.bucket(bucket).key(OLD), RequestBody.fromString(""));
        Jdbi.create(database.dataSource())
                .useHandle(handle -> handle.execute("CREATE SCHEMA mart; CREATE TABLE mart.copied (object_key text)"));
        glue.createJob(request -> request.name("job")
                .role("role")
                .command(command -> command.name("glueetl").scriptLocation("s3://scripts/Copy.java"))
                .defaultArguments(Map.of(
                        "--output", "s3://" + bucket + "/out/",
                        "--job-bookmark-option", "job-bookmark-enable",
                        "--warehouse", database.jdbcUrl() + "|" + database.user() + "|" + database.password())));
        glue.createTrigger(request -> request.name("trigger")
                .type("EVENT")
                .startOnCreation(true)
                .eventBatchingCondition(condition -> condition.batchSize(5).batchWindow(1))
                .actions(action -> action.jobName("job").arguments(Map.of("--event-bucket", bucket))));
    }

    private Process startServer(String failpoint) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-XX:-UsePerfData",
                        "-Xmx256m",
                        "-Djava.io.tmpdir=" + data,
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashServer.class.getName(),
                        data.toString(),
                        String.valueOf(port),
                        store.endpoint().toString(),
                        database.jdbcUrl(),
                        database.user(),
                        database.password())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        data.resolve("server.log").toFile()));
        builder.environment().put("MASTIC_FAILPOINT", failpoint);
        return builder.start();
    }

    /** As a store does: sends the notification again until the server has answered. */
    private void sendUntilAcceptedOrDead(BooleanSupplier serverIsAlive) {
        String records = TRUTH.stream()
                .map(key -> "{\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":{\"name\":\"" + bucket
                        + "\"},\"object\":{\"key\":\"" + key + "\",\"size\":1,\"eTag\":\"e\",\"sequencer\":\"1\"}}}")
                .collect(Collectors.joining(","));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/events/s3"))
                .header("Authorization", "Bearer " + TestServer.WEBHOOK_TOKEN)
                .POST(HttpRequest.BodyPublishers.ofString("{\"Records\":[" + records + "]}"))
                .build();
        await("the notification is accepted")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    try {
                        return http.send(request, HttpResponse.BodyHandlers.discarding())
                                        .statusCode()
                                == 200;
                    } catch (IOException e) {
                        return !serverIsAlive.getAsBoolean();
                    }
                });
    }

    private List<String> output() {
        return store.s3().listObjectsV2(request -> request.bucket(bucket).prefix("out/")).contents().stream()
                .flatMap(object -> store.s3()
                        .getObjectAsBytes(request -> request.bucket(bucket).key(object.key()))
                        .asUtf8String()
                        .lines())
                .map(line -> line.replaceFirst(" .*", ""))
                .sorted()
                .toList();
    }

    private boolean isOldFileThere() {
        return store.s3()
                        .listObjectsV2(request -> request.bucket(bucket).prefix(OLD))
                        .keyCount()
                > 0;
    }

    private List<String> loaded() {
        return Jdbi.create(database.dataSource())
                .withHandle(handle -> handle.createQuery("SELECT object_key FROM mart.copied ORDER BY 1")
                        .mapTo(String.class)
                        .list());
    }

    private long open() {
        return count("SELECT 5 - count(*) FROM orchestration.delivery WHERE state = 'DONE'");
    }

    private long unpublished() {
        return count("SELECT count(*) FROM orchestration.job_run WHERE completed_on IS NULL");
    }

    private long count(String sql) {
        return Jdbi.create(database.dataSource())
                .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
