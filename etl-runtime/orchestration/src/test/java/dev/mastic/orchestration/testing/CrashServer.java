package dev.mastic.orchestration.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.mastic.orchestration.Orchestration;
import dev.mastic.orchestration.OrchestrationSettings;
import dev.mastic.testing.TestObjectStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** A server in a process of its own, which a test may kill. */
public final class CrashServer {
    private CrashServer() {}

    /** Arguments: data folder, port, address of the object store, address, user and password of the database. */
    public static void main(String[] arguments) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(arguments[3]);
        config.setUsername(arguments[4]);
        config.setPassword(arguments[5]);
        config.setMinimumIdle(0);
        URI endpoint = URI.create(arguments[2]);
        S3Client s3 = S3Client.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(TestObjectStore.KEY, TestObjectStore.KEY)))
                .build();
        Orchestration orchestration = TestServer.open(
                settings(Path.of(arguments[0]), Integer.parseInt(arguments[1]), endpoint),
                new HikariDataSource(config),
                s3);
        RouteServer http = new RouteServer(Integer.parseInt(arguments[1]));
        http.serve(orchestration.routes());
        orchestration.start();
    }

    /** The settings of the server at a port. */
    public static OrchestrationSettings settings(Path data, int port, URI s3Endpoint) {
        URI server = URI.create("http://127.0.0.1:" + port);
        return OrchestrationSettings.of(data, data, TestServer.driverEnvironment(server, s3Endpoint))
                .withTimes(new OrchestrationSettings.Times(
                        Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofMillis(100)))
                .withWebhookToken(TestServer.WEBHOOK_TOKEN);
    }
}
