package dev.mastic.orchestration.testing;

import com.zaxxer.hikari.HikariDataSource;
import dev.mastic.orchestration.Orchestration;
import dev.mastic.orchestration.OrchestrationSettings;
import dev.mastic.orchestration.launch.DriverEnvironment;
import dev.mastic.orchestration.launch.DriverLauncher;
import dev.mastic.orchestration.launch.ProcessDriverLauncher;
import dev.mastic.orchestration.launch.RunFolders;
import dev.mastic.testing.TestFolders;
import dev.mastic.testing.TestObjectStore;
import dev.mastic.testing.TestPostgres;
import dev.mastic.wire.GlueDispatcher;
import org.jdbi.v3.core.Jdbi;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.s3.S3Client;

import javax.sql.DataSource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** An orchestration on real parts, whose drivers are {@link CopyDriver} processes. */
public final class TestServer implements AutoCloseable {
    public static final String WEBHOOK_TOKEN = "webhook-secret";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final TestPostgres.TestDatabase database = TestPostgres.newDatabase();
    private final RouteServer http = new RouteServer();
    private final HttpClient client = HttpClient.newHttpClient();
    private final OrchestrationSettings settings;
    private final TestObjectStore store = TestObjectStore.shared();
    private Orchestration orchestration;
    private GlueClient glue;

    public TestServer() {
        this(settings -> settings);
    }

    public TestServer(UnaryOperator<OrchestrationSettings> change) {
        Path data = TestFolders.create("orchestration");
        this.settings =
                change.apply(OrchestrationSettings.of(data, data, driverEnvironment(http.url(), store.endpoint()))
                        .withTimes(new OrchestrationSettings.Times(
                                Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofMillis(100)))
                        .withWebhookToken(WEBHOOK_TOKEN));
        start();
    }

    static DriverEnvironment driverEnvironment(URI server, URI s3) {
        String key = TestObjectStore.KEY;
        return new DriverEnvironment(server, s3, "us-east-1", key, key, key, key);
    }

    /** Starts a server on the same data; the one before must be stopped. */
    public void start() {
        orchestration = open(settings, database.dataSource(), store.s3());
        glue = new GlueDispatcher(orchestration.operations()).client();
        http.serve(orchestration.routes());
        orchestration.start();
    }

    /** An orchestration whose drivers are {@link CopyDriver} processes and whose catalog has one connection. */
    public static Orchestration open(OrchestrationSettings settings, DataSource dataSource, S3Client s3) {
        return open(settings, dataSource, s3, copyDrivers(settings, Map.of()));
    }

    /** An orchestration whose catalog has one connection. */
    public static Orchestration open(
            OrchestrationSettings settings, DataSource dataSource, S3Client s3, DriverLauncher launcher) {
        // Its own database is the warehouse too.
        HikariDataSource database = (HikariDataSource) dataSource;
        GlueClient catalog = new OneConnection(database.getJdbcUrl(), database.getUsername(), database.getPassword());
        return Orchestration.open(settings, dataSource, s3, catalog, launcher);
    }

    /** Starts {@link CopyDriver} processes, with these environment variables. */
    public static DriverLauncher copyDrivers(OrchestrationSettings settings, Map<String, String> variables) {
        return new ProcessDriverLauncher(
                settings.driverEnvironment(),
                new RunFolders(settings.dataFolder()),
                System.getProperty("java.class.path"),
                CopyDriver.class.getName(),
                List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"),
                variables);
    }

    /** Stops the server as SIGTERM would. */
    public void stop() {
        orchestration.close();
        http.serve(List.of());
    }

    public GlueClient glue() {
        return glue;
    }

    public Orchestration orchestration() {
        return orchestration;
    }

    public TestObjectStore store() {
        return store;
    }

    public Jdbi jdbi() {
        return Jdbi.create(database.dataSource());
    }

    public OrchestrationSettings settings() {
        return settings;
    }

    /** Makes a job that copies the addresses of what is below {@code in/} of a bucket to {@code out/}. */
    public void createJob(String name, String bucket, Map<String, String> arguments, int maxConcurrent, int retries) {
        Map<String, String> all = new java.util.HashMap<>(Map.of(
                "--input",
                "s3://" + bucket + "/in/",
                "--output",
                "s3://" + bucket + "/out/",
                "--job-bookmark-option",
                "job-bookmark-enable"));
        all.putAll(arguments);
        glue.createJob(request -> request.name(name)
                .role("role")
                .command(command -> command.name("glueetl").scriptLocation("s3://scripts/Copy.java"))
                .executionProperty(property -> property.maxConcurrentRuns(maxConcurrent))
                .maxRetries(retries)
                .defaultArguments(all));
    }

    public String startRun(String job, Map<String, String> arguments) {
        return glue.startJobRun(request -> request.jobName(job).arguments(arguments))
                .jobRunId();
    }

    public JobRun run(String job, String runId) {
        return glue.getJobRun(request -> request.jobName(job).runId(runId)).jobRun();
    }

    /** Waits until a run is in a state. */
    public JobRun awaitState(String job, String runId, String state) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> run(job, runId),
                        run -> run.jobRunStateAsString().equals(state)
                                || (run.completedOn() != null && fail(run, state)));
    }

    private static boolean fail(JobRun run, String state) {
        assertThat(run.jobRunStateAsString()).as("state of %s", run).isEqualTo(state);
        return true;
    }

    /** The lines of all files below {@code out/}. */
    public List<String> output(String bucket) {
        return store.s3().listObjectsV2(request -> request.bucket(bucket).prefix("out/")).contents().stream()
                .flatMap(object -> store.s3()
                        .getObjectAsBytes(request -> request.bucket(bucket).key(object.key()))
                        .asUtf8String()
                        .lines())
                .map(line -> line.replaceFirst(" .*", ""))
                .sorted()
                .collect(Collectors.toList());
    }

    public void put(String bucket, String key, String content) {
        store.s3()
                .putObject(
                        request -> request.bucket(bucket).key(key),
                        software.amazon.awssdk.core.sync.RequestBody.fromString(content));
    }

    public HttpResponse<String> request(String method, String path, String token, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(http.url() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        orchestration.close();
        http.close();
        database.close();
    }
}
