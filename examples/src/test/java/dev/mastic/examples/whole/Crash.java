package dev.mastic.examples.whole;

import dev.mastic.bookmarks.Failpoint;
import dev.mastic.testing.ServerProcess;
import dev.mastic.testing.TestFolders;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.JobRunState;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.TriggerType;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills the driver or the server, as {@code kill -9} does, at a named point of the commit protocol, starts again, and
 * compares the table with the truth row by row. Two classes of tests share the points, as they run beside each other.
 */
abstract class Crash {
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Set<JobRunState> ENDED = Set.of(
            JobRunState.SUCCEEDED, JobRunState.FAILED, JobRunState.STOPPED, JobRunState.TIMEOUT, JobRunState.ERROR);

    private static Path data;
    private static ServerProcess.Ports ports;

    @BeforeAll
    static void newServer() throws IOException {
        data = TestFolders.create("crash");
        ports = ServerProcess.Ports.free();
    }

    static void expectEveryRowOnceAfter(Failpoint point) throws Exception {
        String name = point.name().toLowerCase(Locale.ROOT);
        String bucket = name.replace('_', '-');
        Path output = data.resolve("buckets").resolve(bucket).resolve("out");
        if (point == Failpoint.SERVER_AFTER_EVENT_STORED) {
            // The upload of the script is an event too and would be the one that dies.
            try (MortalServer server = MortalServer.start(data, ports, Map.of())) {
                setUp(server, name, bucket);
            }
        }
        try (MortalServer server = MortalServer.start(data, ports, Map.of("MASTIC_FAILPOINT", point.pointName()))) {
            if (point != Failpoint.SERVER_AFTER_EVENT_STORED) {
                setUp(server, name, bucket);
            }
            boolean acknowledged = upload(server, bucket);
            awaitKill(server, name, point);
            if (isBeforeCommit(point)) {
                assertThat(ParquetRows.files(output))
                        .as("visible before the commit")
                        .isEmpty();
            }
            assertThat(acknowledged || point == Failpoint.SERVER_AFTER_EVENT_STORED)
                    .isTrue();
            server.kill();
        }
        try (MortalServer server = MortalServer.start(data, ports, Map.of())) {
            if (point == Failpoint.SERVER_AFTER_EVENT_STORED) {
                // The client that got no answer sends its files again, as every S3 client does.
                upload(server, bucket);
            }
            Awaitility.await("all runs of " + name + " end and every file is processed")
                    .atMost(LONGEST)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> isSettled(server.glue(), name, output));

            assertThat(ParquetRows.read(output)).containsExactlyInAnyOrderElementsOf(Orders.truth());
            assertThat(server.glue()
                            .getPartitions(
                                    request -> request.databaseName("sales").tableName(name))
                            .partitions())
                    .extracting(Partition::values)
                    .containsExactlyInAnyOrder(List.of("1"), List.of("2"));
            assertThat(server.s3()
                            .listMultipartUploads(request -> request.bucket(bucket))
                            .uploads())
                    .as("uploads left behind")
                    .isEmpty();
        }
    }

    private static void setUp(MortalServer server, String name, String bucket) throws IOException {
        Orders.createJob(server, name, bucket, 0);
        server.glue()
                .createTrigger(request -> request.name(name)
                        .type(TriggerType.EVENT)
                        .startOnCreation(true)
                        .eventBatchingCondition(
                                condition -> condition.batchSize(Orders.FILES).batchWindow(1))
                        .actions(action -> action.jobName(name)
                                .arguments(Map.of("--event-bucket", bucket, "--event-prefix", "in/"))));
    }

    /** Tells whether every file was acknowledged. */
    private static boolean upload(MortalServer server, String bucket) {
        try {
            Orders.upload(server, bucket);
            return true;
        } catch (SdkException e) {
            return false;
        }
    }

    private static void awaitKill(MortalServer server, String job, Failpoint point) {
        Awaitility.await(point + " is reached")
                .atMost(LONGEST)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> point.name().startsWith("SERVER")
                        ? !server.isAlive()
                        : newestRun(server.glue(), job)
                                .map(run -> ENDED.contains(run.jobRunState()))
                                .orElse(false));
    }

    private static boolean isSettled(GlueClient glue, String job, Path output) throws IOException {
        List<JobRun> runs = glue.getJobRuns(request -> request.jobName(job)).jobRuns();
        return !runs.isEmpty()
                && runs.stream().allMatch(run -> ENDED.contains(run.jobRunState()))
                && runs.stream().anyMatch(run -> run.jobRunState() == JobRunState.SUCCEEDED)
                && ParquetRows.read(output).size() >= Orders.truth().size();
    }

    private static Optional<JobRun> newestRun(GlueClient glue, String job) {
        return glue.getJobRuns(request -> request.jobName(job)).jobRuns().stream()
                .findFirst();
    }

    private static boolean isBeforeCommit(Failpoint point) {
        return point.compareTo(Failpoint.SERVER_AFTER_COMMIT) < 0;
    }
}
