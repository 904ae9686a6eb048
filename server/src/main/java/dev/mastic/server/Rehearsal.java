package dev.mastic.server;

import dev.mastic.server.config.Setting;
import dev.mastic.server.config.Settings;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.CrawlerState;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Starts a server on a scratch folder and asks it a little, so that a JVM that is told
 * {@code -XX:ArchiveClassesAtExit=server.jsa} archives the classes that servers need. One with
 * {@code -XX:SharedArchiveFile=server.jsa} and the same class path starts in about half the time.
 */
public final class Rehearsal {
    private static final int LONGEST_CRAWL_SECONDS = 60;

    private Rehearsal() {}

    /** @param arguments a folder for scratch files, not there yet */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 1) {
            System.err.println("Usage: Rehearsal FOLDER");
            System.exit(2);
        }
        Map<Setting, String> given = new EnumMap<>(Setting.class);
        given.put(Setting.DATA, arguments[0]);
        given.put(Setting.PORT, "0");
        given.put(Setting.S3_PORT, "0");
        Settings settings = Settings.read(given, Map.of(), Optional.empty());
        // No job runs here, so no driver is needed.
        Path driverHome = Files.createDirectories(Path.of(arguments[0], "no-driver"));
        try (MasticServer server = MasticServer.start(settings, driverHome);
                GlueClient glue = glue(server.address());
                S3Client s3 = s3(server.s3Endpoint())) {
            ask(glue, s3);
        }
        System.exit(0);
    }

    private static void ask(GlueClient glue, S3Client s3) throws InterruptedException {
        s3.createBucket(request -> request.bucket("rehearsal"));
        s3.putObject(
                request -> request.bucket("rehearsal").key("in/year=2026/a.csv"),
                RequestBody.fromString("id,x\n1,2.5\n"));
        glue.createDatabase(request -> request.databaseInput(input -> input.name("d")));
        glue.createTable(request -> request.databaseName("d")
                .tableInput(input -> input.name("t")
                        .partitionKeys(Column.builder().name("k").type("int").build())));
        glue.batchCreatePartition(request ->
                request.databaseName("d").tableName("t").partitionInputList(partition -> partition.values("1")));
        glue.getPartitions(request -> request.databaseName("d").tableName("t").expression("k > 0 and k in (1, 2)"));
        glue.updateTable(request -> request.databaseName("d")
                .tableInput(input -> input.name("t")
                        .partitionKeys(Column.builder().name("k").type("int").build())));
        glue.getTables(request -> request.databaseName("d"));
        try {
            glue.getTable(request -> request.databaseName("d").name("none"));
            throw new IllegalStateException("A table that was never made was found");
        } catch (EntityNotFoundException expected) {
            crawl(glue);
        }
    }

    private static void crawl(GlueClient glue) throws InterruptedException {
        glue.createCrawler(request -> request.name("c")
                .role("any")
                .databaseName("d")
                .targets(targets -> targets.s3Targets(target -> target.path("s3://rehearsal/in/"))));
        glue.startCrawler(request -> request.name("c"));
        for (int second = 0; second < LONGEST_CRAWL_SECONDS; second++) {
            if (glue.getCrawler(request -> request.name("c")).crawler().state() == CrawlerState.READY) {
                return;
            }
            TimeUnit.SECONDS.sleep(1);
        }
        throw new IllegalStateException("The crawl took longer than " + LONGEST_CRAWL_SECONDS + " s");
    }

    private static GlueClient glue(URI address) {
        return GlueClient.builder()
                .endpointOverride(address)
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials())
                .build();
    }

    private static S3Client s3(URI address) {
        return S3Client.builder()
                .endpointOverride(address)
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials())
                .build();
    }

    private static StaticCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create("mastic", "mastic"));
    }
}
