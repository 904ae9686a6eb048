package dev.mastic.orchestration.testing;

import dev.mastic.bookmarks.Claim;
import dev.mastic.bookmarks.Failpoint;
import dev.mastic.bookmarks.ObjectVersion;
import dev.mastic.bookmarks.PendingUpload;
import dev.mastic.bookmarks.RunCommit;
import dev.mastic.bookmarks.StagedOutput;
import dev.mastic.bookmarks.driver.RunAssignment;
import dev.mastic.bookmarks.driver.RunConnection;
import dev.mastic.warehouse.connection.WarehouseConnection;
import dev.mastic.warehouse.dialect.ColumnKind;
import dev.mastic.warehouse.load.LoadMode;
import dev.mastic.warehouse.load.LoadRequest;
import dev.mastic.warehouse.load.Staging;
import dev.mastic.warehouse.load.TableLoad;
import dev.mastic.warehouse.table.FrameColumn;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A driver without Spark: writes the addresses of the objects that it may read as one file. The argument
 * {@code --behaviour} makes it fail in the ways that drivers fail.
 */
public final class CopyDriver {
    private static final Map<String, String> ENVIRONMENT = System.getenv();
    private static volatile boolean stopRequested;

    private CopyDriver() {}

    public static void main(String[] arguments) throws Exception {
        String runId = ENVIRONMENT.get("MASTIC_RUN_ID");
        RunConnection server = new RunConnection(
                URI.create(ENVIRONMENT.get("MASTIC_URL")), runId, ENVIRONMENT.get("MASTIC_RUN_TOKEN"));
        RunAssignment assignment = server.assignment();
        server.started();
        System.out.println("Run " + runId + " started with " + assignment.arguments());
        Files.writeString(Path.of(ENVIRONMENT.get("MASTIC_SCRATCH"), "scratch.txt"), "scratch");
        String behaviour = assignment.arguments().getOrDefault("--behaviour", "commit");
        if (!behaviour.equals("silent")) {
            heartbeat(server, assignment);
        }
        try (S3Client s3 = s3()) {
            List<ObjectVersion> candidates = candidates(assignment, s3);
            Failpoint.DRIVER_BEFORE_CLAIM.reach();
            Claim claim = server.claim("input", candidates);
            Failpoint.DRIVER_AFTER_CLAIM.reach();
            String location = assignment.arguments().get("--output");
            Failpoint.DRIVER_BEFORE_STAGE.reach();
            server.stage("output", location);
            Failpoint.DRIVER_AFTER_STAGE.reach();
            StagedOutput output = write(s3, location, runId, claim);
            List<TableLoad> loads = load(server, assignment, claim);
            switch (behaviour) {
                case "exit" -> {
                    System.out.println("about to exit");
                    System.exit(3);
                }
                case "fail" -> {
                    server.failed("Step input: no such column");
                    System.exit(1);
                }
                case "fail-once" -> {
                    if (assignment.attempt() == 0) {
                        server.failed("Step input: try again");
                        System.exit(1);
                    }
                }
                case "wait-for-stop" -> {
                    while (!stopRequested) {
                        TimeUnit.MILLISECONDS.sleep(20);
                    }
                    System.exit(4);
                }
                case "silent", "hang" -> new CountDownLatch(1).await();
                case "hang-until-file" -> {
                    Path file = Path.of(assignment.arguments().get("--file"));
                    while (!Files.exists(file)) {
                        TimeUnit.MILLISECONDS.sleep(20);
                    }
                }
                default -> {}
            }
            RunCommit commit = new RunCommit(List.of(output), loads, Map.of("read.input.files", (long)
                    claim.granted().size()));
            Failpoint.DRIVER_BEFORE_COMMIT.reach();
            server.commit(commit);
            Failpoint.DRIVER_AFTER_COMMIT.reach();
            server.commit(commit);
            System.out.println("Committed " + claim.granted().size());
        }
        System.exit(0);
    }

    /** With the argument {@code --warehouse}, the addresses go to a table too. */
    private static List<TableLoad> load(RunConnection server, RunAssignment assignment, Claim claim) {
        String[] address =
                assignment.arguments().getOrDefault("--warehouse", "").split("\\|");
        if (address.length < 3) {
            return List.of();
        }
        WarehouseConnection warehouse =
                WarehouseConnection.load(new OneConnection(address[0], address[1], address[2]), "warehouse");
        LoadRequest request = new LoadRequest(
                assignment.runId(),
                "table",
                "mart.copied",
                LoadMode.APPEND,
                List.of(),
                LoadRequest.WhenMissing.FAIL,
                null,
                0);
        Staging staging = Staging.check(warehouse, request, List.of(new FrameColumn("object_key", ColumnKind.TEXT)));
        server.stageTable("table", "warehouse", staging.table());
        staging.create();
        List<Object[]> rows = claim.granted().stream()
                .map(object -> new Object[] {object.key()})
                .toList();
        staging.part().write(0, rows.iterator());
        TableLoad load = staging.finish();
        Failpoint.WAREHOUSE_AFTER_STAGE.reach();
        return List.of(load);
    }

    private static void heartbeat(RunConnection server, RunAssignment assignment) {
        Thread thread = new Thread(() -> {
            try {
                while (true) {
                    stopRequested |= server.heartbeat().stopRequested();
                    TimeUnit.MILLISECONDS.sleep(assignment.heartbeatSeconds() * 200L);
                }
            } catch (InterruptedException | RuntimeException e) {
                System.out.println("Heartbeat ended: " + e);
                Runtime.getRuntime().halt(5);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static List<ObjectVersion> candidates(RunAssignment assignment, S3Client s3) {
        Optional<List<ObjectVersion>> manifest = assignment.manifest();
        if (manifest.isPresent()) {
            return manifest.get();
        }
        String input = assignment.arguments().get("--input").substring("s3://".length());
        String bucket = input.substring(0, input.indexOf('/'));
        return s3
                .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(input.substring(bucket.length() + 1)))
                .contents()
                .stream()
                .map(object -> new ObjectVersion(
                        bucket, object.key(), object.eTag().replace("\"", ""), object.size(), object.lastModified()))
                .toList();
    }

    private static StagedOutput write(S3Client s3, String location, String runId, Claim claim) {
        if (claim.granted().isEmpty()) {
            return new StagedOutput("output", location, List.of(), Optional.empty());
        }
        String path = location.substring("s3://".length());
        String bucket = path.substring(0, path.indexOf('/'));
        String key = path.substring(bucket.length() + 1) + "part-" + runId + "-0.txt";
        String content = claim.granted().stream()
                .map(object -> object.key() + " " + object.etag() + "\n")
                .collect(Collectors.joining());
        String id = s3.createMultipartUpload(request -> request.bucket(bucket).key(key))
                .uploadId();
        Failpoint.DRIVER_DURING_UPLOAD.reach();
        String etag = s3.uploadPart(
                        request -> request.bucket(bucket).key(key).uploadId(id).partNumber(1),
                        RequestBody.fromString(content))
                .eTag();
        return new StagedOutput(
                "output",
                location,
                List.of(new PendingUpload(
                        bucket,
                        key,
                        id,
                        List.of(new PendingUpload.Part(1, etag)),
                        content.length(),
                        claim.granted().size(),
                        List.of())),
                Optional.empty(),
                old(s3, bucket, path.substring(bucket.length() + 1)));
    }

    /** Files that an earlier writer left, by their names; they are replaced. */
    private static List<String> old(S3Client s3, String bucket, String prefix) {
        return s3.listObjectsV2(request -> request.bucket(bucket).prefix(prefix + "old-")).contents().stream()
                .map(object -> object.key())
                .toList();
    }

    private static S3Client s3() {
        return S3Client.builder()
                .endpointOverride(URI.create(ENVIRONMENT.get("MASTIC_S3_ENDPOINT")))
                .region(Region.of(ENVIRONMENT.get("AWS_REGION")))
                .forcePathStyle(true)
                .credentialsProvider(EnvironmentVariableCredentialsProvider.create())
                .build();
    }
}
