package dev.mastic.spark;

import dev.mastic.bookmarks.BookmarkOption;
import dev.mastic.bookmarks.driver.RunAssignment;
import dev.mastic.testing.TestObjectStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** The driver as a process of its own, from the jars in {@code target/driver}. */
class DriverIT {
    private static final TestObjectStore STORE = TestObjectStore.shared();
    private static final String SCRIPT = """
            import static dev.mastic.job.Dsl.*;
            import dev.mastic.job.*;
            public class Orders implements Job {
                @Override
                public void define(JobBuilder job) {
                    job.read("orders", Csv.at(job.argument("input")).withHeader().newFilesOnly())
                            .filter(col("id").gt(1))
                            .write("lake", Parquet.at(job.argument("output")));
                }
            }
            """;

    private final S3Client s3 = STORE.s3();
    private final String bucket = STORE.newBucket();
    private Path log = Path.of("target");

    private RunServer server(String script) {
        put("orders.java", script);
        put("in/a.csv", "id,name\n1,a\n2,b\n3,c\n");
        return new RunServer(new RunAssignment(
                "orders",
                "jr_driver",
                0,
                Map.of("--input", "s3://" + bucket + "/in/", "--output", "s3://" + bucket + "/lake/"),
                "s3://" + bucket + "/orders.java",
                BookmarkOption.ENABLE,
                Optional.empty(),
                1,
                4));
    }

    private void put(String key, String text) {
        s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString(text));
    }

    private int drive(RunServer server, TestInfo test) throws IOException, InterruptedException {
        Path driver = Path.of("target/driver").toAbsolutePath();
        Path scratch = Path.of(
                        "target/driver-scratch",
                        test.getTestMethod().orElseThrow().getName())
                .toAbsolutePath();
        Files.createDirectories(scratch);
        log = scratch.resolve("driver.log");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + driver.resolve("jvm-options"),
                "-Xmx1g",
                "-Djava.io.tmpdir=" + scratch,
                "-cp",
                driver + File.separator + "*",
                "dev.mastic.spark.DriverMain");
        builder.environment()
                .putAll(Map.of(
                        "MASTIC_URL",
                        server.address().toString(),
                        "MASTIC_RUN_ID",
                        "jr_driver",
                        "MASTIC_RUN_TOKEN",
                        RunServer.TOKEN,
                        "MASTIC_S3_ENDPOINT",
                        STORE.endpoint().toString(),
                        "AWS_ACCESS_KEY_ID",
                        TestObjectStore.KEY,
                        "AWS_SECRET_ACCESS_KEY",
                        TestObjectStore.KEY,
                        "AWS_REGION",
                        "us-east-1",
                        "MASTIC_SCRATCH",
                        scratch.toString()));
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        Process process = builder.start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("ended").isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private List<String> openUploads() {
        return s3.listMultipartUploads(request -> request.bucket(bucket)).uploads().stream()
                .map(upload -> upload.key())
                .toList();
    }

    @Test
    void commitsOnceAndExitsWith0(TestInfo test) throws Exception {
        try (RunServer server = server(SCRIPT)) {
            assertThat(drive(server, test)).as(Files.readString(log)).isZero();
            assertThat(server.failures).isEmpty();
            assertThat(server.commits).hasSize(1);
            assertThat(server.commits.get(0).metrics())
                    .containsEntry("read.orders.files", 1L)
                    .containsEntry("write.lake.rows", 2L);
            assertThat(server.calls).contains("started", "heartbeat", "claims", "outputs", "commit");
            assertThat(openUploads()).as("left for the server to complete").hasSize(1);
            assertThat(Files.readString(log))
                    .contains("orders          reads CSV s3://" + bucket + "/in/, with header, new files only")
                    .doesNotContain("WARN")
                    .doesNotContain("Exception");
        }
    }

    @Test
    void reportsAScriptThatDoesNotCompileAndExitsWith1(TestInfo test) throws Exception {
        try (RunServer server = server(SCRIPT.replace("col(\"id\")", "colour(\"id\")"))) {
            assertThat(drive(server, test)).as(Files.readString(log)).isEqualTo(1);
            assertThat(server.failures)
                    .singleElement()
                    .asString()
                    .startsWith("Script does not compile: orders.java:7: cannot find symbol;");
            assertThat(server.commits).isEmpty();
        }
    }

    @Test
    void exitsWith3WhenAnotherAttemptHasBegun(TestInfo test) throws Exception {
        try (RunServer server = server(SCRIPT)) {
            server.moodOnStage = RunServer.Mood.ATTEMPT_LOST;
            assertThat(drive(server, test)).as(Files.readString(log)).isEqualTo(3);
            assertThat(Files.readString(log)).contains("Attempt 1 has begun").doesNotContain("SparkException");
            assertThat(server.commits).isEmpty();
        }
    }

    @Test
    void exitsWith4WhenTheServerIsSilentForLongerThanTheLease(TestInfo test) throws Exception {
        try (RunServer server = server(SCRIPT)) {
            server.moodOnStage = RunServer.Mood.SILENT;
            assertThat(drive(server, test)).as(Files.readString(log)).isEqualTo(4);
            assertThat(server.commits).isEmpty();
        }
    }

    @Test
    void exitsWith5WhenTheRunIsStopped(TestInfo test) throws Exception {
        try (RunServer server = server(SCRIPT)) {
            server.moodOnStage = RunServer.Mood.STOPPING;
            assertThat(drive(server, test)).as(Files.readString(log)).isEqualTo(5);
            assertThat(server.failures).as("a stopped run has not failed").isEmpty();
            assertThat(server.commits).isEmpty();
            assertThat(openUploads()).isEmpty();
        }
    }
}
