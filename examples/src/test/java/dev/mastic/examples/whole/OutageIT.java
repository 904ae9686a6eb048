package dev.mastic.examples.whole;

import dev.mastic.testing.Relay;
import dev.mastic.testing.ServerProcess;
import dev.mastic.testing.TestFolders;
import dev.mastic.testing.TestObjectStore;
import dev.mastic.testing.TestPostgres;
import dev.mastic.testing.TestPostgres.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.JobRunState;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** PostgreSQL or the object store goes away in the middle of a run, and comes back: nothing is lost or doubled. */
class OutageIT {
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final String BUCKET = "outage";

    /** How far the run is when the store goes away. */
    enum Moment {
        STARTING,
        RUNNING
    }

    private final TestDatabase database = TestPostgres.newDatabase();
    private final TestObjectStore store = TestObjectStore.start();
    private final URI jdbc = URI.create(database.jdbcUrl().substring("jdbc:".length()));
    private final Relay postgres = Relay.to(jdbc.getPort());
    private final Relay s3 = Relay.to(store.endpoint().getPort());
    private final Path folder = TestFolders.create("outage");
    private MortalServer server;

    @BeforeEach
    void start() throws Exception {
        server = MortalServer.start(
                folder,
                ServerProcess.Ports.free(),
                Map.of(
                        "MASTIC_POSTGRES",
                        "jdbc:postgresql://127.0.0.1:" + postgres.port() + jdbc.getPath(),
                        "MASTIC_POSTGRES_USER",
                        database.user(),
                        "MASTIC_POSTGRES_PASSWORD",
                        database.password(),
                        "MASTIC_S3_ENDPOINT",
                        "http://127.0.0.1:" + s3.port()),
                store.s3());
        Orders.createJob(server, "orders", BUCKET, 4);
        Orders.upload(server, BUCKET);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        s3.close();
        postgres.close();
        store.close();
        database.close();
    }

    @ParameterizedTest
    @EnumSource
    void aRunOutlivesAnOutageOfPostgres(Moment moment) throws Exception {
        startRun(moment);

        postgres.cut();
        awaitHealth(503, "\"postgres\":\"does not answer");
        assertThatThrownBy(() -> server.glue()
                        .getTable(request -> request.databaseName("sales").name("orders")))
                .isInstanceOfSatisfying(
                        GlueException.class, e -> assertThat(e.statusCode()).isEqualTo(503))
                .hasMessageContaining("The database of Mastic does not answer. Try again");
        postgres.mend();

        awaitHealth(200, "\"postgres\":\"ok\"");
        awaitTruth();
    }

    @ParameterizedTest
    @EnumSource
    void aRunOutlivesAnOutageOfTheObjectStore(Moment moment) throws Exception {
        startRun(moment);

        s3.cut();
        awaitHealth(503, "\"s3\":\"does not answer");
        s3.mend();

        awaitHealth(200, "\"s3\":\"ok\"");
        awaitTruth();
    }

    private void startRun(Moment moment) {
        String run =
                server.glue().startJobRun(request -> request.jobName("orders")).jobRunId();
        Awaitility.await(moment.toString()).atMost(LONGEST).until(() -> {
            JobRun now = server.glue()
                    .getJobRun(request -> request.jobName("orders").runId(run))
                    .jobRun();
            return moment == Moment.STARTING
                            && Files.exists(folder.resolve("runs").resolve(run))
                    || now.jobRunState() == JobRunState.RUNNING
                    || now.completedOn() != null;
        });
    }

    private void awaitHealth(int status, String part) {
        HttpClient http = HttpClient.newHttpClient();
        Awaitility.await(part).atMost(LONGEST).untilAsserted(() -> {
            HttpResponse<String> health = http.send(
                    HttpRequest.newBuilder(server.address().resolve("/health")).build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(health.body()).contains(part);
            assertThat(health.statusCode()).isEqualTo(status);
        });
    }

    private void awaitTruth() throws IOException {
        Awaitility.await("an attempt succeeds")
                .atMost(LONGEST)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> server.glue().getJobRuns(request -> request.jobName("orders")).jobRuns().stream()
                        .anyMatch(run -> run.jobRunState() == JobRunState.SUCCEEDED));
        List<JobRun> runs =
                server.glue().getJobRuns(request -> request.jobName("orders")).jobRuns();
        assertThat(runs)
                .filteredOn(run -> run.jobRunState() == JobRunState.FAILED)
                .as("failed attempts say why")
                .allSatisfy(run -> assertThat(run.errorMessage()).isNotBlank());

        Path copy = TestFolders.create("outage-copy").resolve("out");
        for (S3Object object : store.s3()
                .listObjectsV2(request -> request.bucket(BUCKET).prefix("out/"))
                .contents()) {
            Path file = copy.resolveSibling(object.key());
            Files.createDirectories(file.getParent());
            store.s3().getObject(request -> request.bucket(BUCKET).key(object.key()), file);
        }
        assertThat(ParquetRows.read(copy)).containsExactlyInAnyOrderElementsOf(Orders.truth());
        Awaitility.await("uploads of attempts in vain are taken away")
                .atMost(LONGEST)
                .until(() -> store.s3()
                        .listMultipartUploads(request -> request.bucket(BUCKET))
                        .uploads()
                        .isEmpty());
    }
}
