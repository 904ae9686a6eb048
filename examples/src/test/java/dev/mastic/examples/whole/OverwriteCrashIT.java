package dev.mastic.examples.whole;

import dev.mastic.bookmarks.Failpoint;
import dev.mastic.testing.ServerProcess;
import dev.mastic.testing.TestFolders;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.glue.model.JobRunState;
import software.amazon.awssdk.services.glue.model.Partition;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** A server that dies when the catalog shows the new files and the old ones are still there. */
class OverwriteCrashIT {
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final String JOB = "replaced";

    @Test
    void thePartitionsHaveTheNewFilesAlone() throws Exception {
        Path data = TestFolders.create("overwrite");
        ServerProcess.Ports ports = ServerProcess.Ports.free();
        Path output = data.resolve("buckets").resolve(JOB).resolve("out");
        try (MortalServer server = MortalServer.start(data, ports, Map.of())) {
            createJob(server);
            Orders.upload(server, JOB);
            succeed(server, server.glue().startJobRun(run -> run.jobName(JOB)).jobRunId());
            assertThat(rows(output)).containsExactlyInAnyOrderElementsOf(Orders.truth());
            server.kill();
        }
        String run;
        try (MortalServer server = MortalServer.start(
                data, ports, Map.of("MASTIC_FAILPOINT", Failpoint.SERVER_AFTER_CATALOG.pointName()))) {
            run = server.glue().startJobRun(start -> start.jobName(JOB)).jobRunId();
            Awaitility.await("the server dies").atMost(LONGEST).until(() -> !server.isAlive());
            assertThat(rows(output))
                    .as("files of both runs")
                    .hasSize(2 * Orders.truth().size());
        }
        try (MortalServer server = MortalServer.start(data, ports, Map.of())) {
            succeed(server, run);
            assertThat(rows(output)).as("in the store").containsExactlyInAnyOrderElementsOf(Orders.truth());
            assertThat(server.glue()
                            .getPartitions(
                                    request -> request.databaseName("sales").tableName(JOB))
                            .partitions())
                    .extracting(Partition::values)
                    .containsExactlyInAnyOrder(List.of("1"), List.of("2"));
            assertThat(server.glue()
                            .getPartitions(
                                    request -> request.databaseName("sales").tableName(JOB))
                            .partitions())
                    .allMatch(partition ->
                            partition.storageDescriptor().location().endsWith("/v-" + run + "-0/"));
        }
    }

    private static void createJob(MortalServer server) throws Exception {
        server.s3().createBucket(request -> request.bucket(JOB));
        server.glue().createDatabase(request -> request.databaseInput(input -> input.name("sales")));
        try (InputStream script = OverwriteCrashIT.class.getResourceAsStream("/jobs/OrdersReplaced.java")) {
            byte[] source = script.readAllBytes();
            server.s3()
                    .putObject(
                            request -> request.bucket(JOB).key("scripts/OrdersReplaced.java"),
                            RequestBody.fromBytes(source));
        }
        server.glue()
                .createJob(request -> request.name(JOB)
                        .role("any")
                        .command(command ->
                                command.name("glueetl").scriptLocation("s3://" + JOB + "/scripts/OrdersReplaced.java"))
                        .defaultArguments(Map.of(
                                "--input", "s3://" + JOB + "/in/",
                                "--output", "s3://" + JOB + "/out/",
                                "--table", JOB)));
    }

    private static void succeed(MortalServer server, String run) {
        Awaitility.await(run + " succeeds")
                .atMost(LONGEST)
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> server.glue()
                                .getJobRun(request -> request.jobName(JOB).runId(run))
                                .jobRun()
                                .jobRunState(),
                        state -> state == JobRunState.SUCCEEDED);
    }

    /** Rows by the folders of their partitions, whichever run's folder they are in. */
    private static List<String> rows(Path output) throws Exception {
        return ParquetRows.read(output).stream()
                .map(row -> row.replaceFirst(",v-jr_[^,]*$", ""))
                .toList();
    }
}
