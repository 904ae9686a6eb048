package dev.mastic.orchestration;

import dev.mastic.orchestration.testing.TestServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.BatchStopJobRunResponse;
import software.amazon.awssdk.services.glue.model.ConcurrentRunsExceededException;
import software.amazon.awssdk.services.glue.model.JobBookmarkEntry;
import software.amazon.awssdk.services.glue.model.JobRun;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class RunsIT {
    private static TestServer server;

    private String job;
    private String bucket;

    @BeforeAll
    static void start() {
        server = new TestServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void prepare() {
        job = "job-" + UUID.randomUUID();
        bucket = server.store().newBucket();
        server.put(bucket, "in/a", "one");
        server.put(bucket, "in/b", "two");
    }

    @Test
    void processesWhatIsNewAndPublishesIt() {
        server.createJob(job, bucket, Map.of(), 1, 0);

        String first = server.startRun(job, Map.of());
        JobRun succeeded = server.awaitState(job, first, "SUCCEEDED");
        assertThat(server.output(bucket)).as("visible when SUCCEEDED").containsExactly("in/a", "in/b");
        assertThat(first).matches("jr_[0-9a-f]{64}");
        assertThat(succeeded.timeout()).isEqualTo(480);

        server.put(bucket, "in/c", "three");
        String second = server.startRun(job, Map.of());
        server.awaitState(job, second, "SUCCEEDED");

        assertThat(server.output(bucket)).as("c alone is new").containsExactly("in/a", "in/b", "in/c");
        JobBookmarkEntry bookmark =
                server.glue().getJobBookmark(request -> request.jobName(job)).jobBookmarkEntry();
        assertThat(bookmark.run()).isEqualTo(2);
        assertThat(bookmark.jobBookmark()).contains("\"objects\":3");
        assertThat(server.request("GET", "/api/v1/runs/" + second, "", "").body())
                .contains("\"metrics\":{\"read.input.files\":1}")
                .contains("\"state\":\"PUBLISHED\"")
                .contains("\"files\":1,\"rows\":1");
        // The driver writes this after the commit, by when the server may have published the run.
        await("the driver's last line")
                .untilAsserted(() -> assertThat(server.request("GET", "/api/v1/runs/" + second + "/logs?tail=1", "", "")
                                .body())
                        .isEqualTo("Committed 1\n"));
        await("the scratch folder goes")
                .until(() -> !Files.exists(server.settings().dataFolder().resolve("runs/" + second + "/scratch")));
        assertThat(server.glue().getJobRuns(request -> request.jobName(job).maxResults(1)))
                .satisfies(page -> assertThat(page.nextToken()).isNotNull())
                .satisfies(page -> assertThat(page.jobRuns().get(0).id())
                        .as("newest first")
                        .isEqualTo(second));
    }

    @Test
    void metersWhatRunsAndWhatEnded() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        server.orchestration().metrics().bindTo(meters);
        double succeeded = meters.get("mastic.runs.ended")
                .tag("state", "succeeded")
                .functionCounter()
                .count();
        double failed = meters.get("mastic.runs.ended")
                .tag("state", "failed")
                .functionCounter()
                .count();
        server.createJob(job, bucket, Map.of(), 1, 0);
        String run = server.startRun(job, Map.of());
        server.awaitState(job, run, "SUCCEEDED");
        server.awaitState(job, server.startRun(job, Map.of("--behaviour", "fail")), "FAILED");

        assertThat(meters.get("mastic.runs.ended")
                        .tag("state", "succeeded")
                        .functionCounter()
                        .count())
                .isEqualTo(succeeded + 1);
        assertThat(meters.get("mastic.runs.ended")
                        .tag("state", "failed")
                        .functionCounter()
                        .count())
                .isEqualTo(failed + 1);
        await("figures are at most a second old")
                .untilAsserted(() -> assertThat(meters.get("mastic.runs").gauges())
                        .allSatisfy(gauge -> assertThat(gauge.value()).isZero()));
        assertThat(meters.get("mastic.publications")
                        .tag("state", "failing")
                        .gauge()
                        .value())
                .isZero();
        assertThat(meters.get("mastic.events").tag("state", "parked").gauge().value())
                .isNotNaN();
    }

    @Test
    void keepsTheDriversOwnMessage() {
        server.createJob(job, bucket, Map.of("--behaviour", "fail"), 1, 0);

        JobRun failed = server.awaitState(job, server.startRun(job, Map.of()), "FAILED");

        assertThat(failed.errorMessage()).isEqualTo("Step input: no such column");
        String next = server.startRun(job, Map.of("--behaviour", "commit"));
        server.awaitState(job, next, "SUCCEEDED");
        assertThat(server.output(bucket)).as("its claims were released").containsExactly("in/a", "in/b");
    }

    @Test
    void tellsHowADriverEndedThatDidNotReportAndTakesItsUploadsAway() {
        server.createJob(job, bucket, Map.of("--behaviour", "exit"), 1, 0);

        JobRun failed = server.awaitState(job, server.startRun(job, Map.of()), "FAILED");

        assertThat(failed.errorMessage())
                .isEqualTo("driver ended with code 3 before it reported; last log line: about to exit");
        await("its uploads are aborted")
                .untilAsserted(() -> assertThat(server.store()
                                .s3()
                                .listMultipartUploads(request -> request.bucket(bucket))
                                .uploads())
                        .isEmpty());
        assertThat(server.output(bucket)).isEmpty();
    }

    @Test
    void triesAgainAsOftenAsTheJobAllows() {
        server.createJob(job, bucket, Map.of("--behaviour", "fail-once"), 1, 2);

        String first = server.startRun(job, Map.of());
        server.awaitState(job, first, "FAILED");
        JobRun second = server.awaitState(job, first + "_attempt_1", "SUCCEEDED");

        assertThat(second.attempt()).isOne();
        assertThat(second.previousRunId()).isEqualTo(first);
        assertThat(server.output(bucket)).containsExactly("in/a", "in/b");
    }

    @Test
    void stopsARunThatListens() {
        server.createJob(job, bucket, Map.of("--behaviour", "wait-for-stop"), 1, 3);
        String run = server.startRun(job, Map.of());
        server.awaitState(job, run, "RUNNING");

        BatchStopJobRunResponse answer =
                server.glue().batchStopJobRun(request -> request.jobName(job).jobRunIds(run, "jr_unknown"));

        assertThat(answer.successfulSubmissions()).hasSize(1);
        assertThat(answer.errors().get(0).errorDetail().errorCode()).isEqualTo("EntityNotFoundException");
        server.awaitState(job, run, "STOPPED");
        assertThat(server.glue().getJobRuns(request -> request.jobName(job)).jobRuns())
                .as("a stopped run is not retried")
                .hasSize(1);
    }

    @Test
    void refusesTheCommitOfARunThatIsToStop() throws IOException {
        Path file = server.settings().dataFolder().resolve("go-" + job);
        server.createJob(job, bucket, Map.of("--behaviour", "hang-until-file", "--file", file.toString()), 1, 0);
        String run = server.startRun(job, Map.of());
        server.awaitState(job, run, "RUNNING");

        server.glue().batchStopJobRun(request -> request.jobName(job).jobRunIds(run));
        Files.createFile(file);

        server.awaitState(job, run, "STOPPED");
        assertThat(server.output(bucket)).isEmpty();
    }

    @Test
    void endsARunThatTakesTooLong() {
        server.createJob(job, bucket, Map.of("--behaviour", "hang"), 1, 0);
        String run = server.startRun(job, Map.of());
        server.awaitState(job, run, "RUNNING");

        server.jdbi()
                .useHandle(handle -> handle.execute(
                        "UPDATE orchestration.job_run SET started_on = started_on - interval '481 minutes' "
                                + "WHERE id = ?",
                        run));

        assertThat(server.awaitState(job, run, "TIMEOUT").errorMessage()).contains("longer than its Timeout");
    }

    @Test
    void givesUpADriverThatIsSilent() {
        server.createJob(job, bucket, Map.of("--behaviour", "silent"), 1, 0);

        JobRun failed = server.awaitState(job, server.startRun(job, Map.of()), "FAILED");

        assertThat(failed.errorMessage()).contains("silent for longer than its lease of 5 s");
    }

    @Test
    void countsConcurrentRuns() throws IOException {
        Path file = server.settings().dataFolder().resolve("go-" + job);
        server.createJob(job, bucket, Map.of("--behaviour", "hang-until-file", "--file", file.toString()), 1, 0);
        String first = server.startRun(job, Map.of());

        assertThatThrownBy(() -> server.startRun(job, Map.of()))
                .isInstanceOf(ConcurrentRunsExceededException.class)
                .hasMessageContaining("Concurrent runs exceeded for " + job + ": MaxConcurrentRuns is 1");
        String waiting = server.glue()
                .startJobRun(request -> request.jobName(job).jobRunQueuingEnabled(true))
                .jobRunId();
        assertThat(server.run(job, waiting).jobRunStateAsString()).isEqualTo("WAITING");

        Files.createFile(file);
        server.awaitState(job, first, "SUCCEEDED");
        server.awaitState(job, waiting, "SUCCEEDED");
        assertThat(server.output(bucket)).containsExactly("in/a", "in/b");
    }

    @Test
    void refusesAStrangersToken() {
        server.createJob(job, bucket, Map.of("--behaviour", "hang"), 1, 0);
        String run = server.startRun(job, Map.of());
        server.awaitState(job, run, "RUNNING");

        for (String token : List.of("wrong", "")) {
            assertThat(server.request("POST", "/api/v1/runs/" + run + "/driver/heartbeat", token, "{}"))
                    .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(403))
                    .satisfies(answer -> assertThat(answer.body()).contains("InvalidToken"));
        }
        assertThat(server.request("GET", "/api/v1/runs/jr_0/driver/assignment", "wrong", "")
                        .statusCode())
                .isEqualTo(404);
        server.glue().deleteJob(request -> request.jobName(job));
        await("deleting the job stops it")
                .atMost(Duration.ofMinutes(3))
                .untilAsserted(() -> assertThat(server.request("GET", "/api/v1/runs/" + run, "", "")
                                .body())
                        .contains("\"state\":\"STOPPED\""));
    }

    @Test
    void putsRunsBackWhenTheServerStopsAndFinishesThemWithTheNext() throws IOException {
        try (TestServer own = new TestServer()) {
            Path file = own.settings().dataFolder().resolve("go");
            own.createJob(job, bucket, Map.of("--behaviour", "hang-until-file", "--file", file.toString()), 1, 0);
            String run = own.startRun(job, Map.of());
            own.awaitState(job, run, "RUNNING");

            own.stop();
            JobRun waiting = own.run(job, run);
            assertThat(waiting.jobRunStateAsString()).isEqualTo("WAITING");
            assertThat(waiting.stateDetail()).contains("the server was stopped");

            Files.createFile(file);
            own.start();
            assertThat(own.awaitState(job, run, "SUCCEEDED").attempt()).isZero();
            assertThat(own.output(bucket)).containsExactly("in/a", "in/b");
        }
    }
}
