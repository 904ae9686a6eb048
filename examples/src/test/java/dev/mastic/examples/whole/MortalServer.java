package dev.mastic.examples.whole;

import dev.mastic.testing.ServerProcess;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A server that may be killed, with short leases, and clients of it that do not try again. */
final class MortalServer implements AutoCloseable {
    private static final Map<String, String> SHORT_TIMES = Map.of(
            "MASTIC_RUNS_HEARTBEAT_SECONDS", "1",
            "MASTIC_RUNS_LEASE_SECONDS", "12",
            "MASTIC_EVENTS_RETRY_SECONDS", "1");

    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("mastic", "mastic"));

    private final ServerProcess server;
    private final GlueClient glue;
    private final S3Client s3;
    private final Runnable closeS3;

    private MortalServer(ServerProcess server, S3Client s3, Runnable closeS3) {
        this.server = server;
        this.s3 = s3;
        this.closeS3 = closeS3;
        this.glue = GlueClient.builder()
                .endpointOverride(server.address())
                .region(Region.US_EAST_1)
                .overrideConfiguration(config -> config.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .credentialsProvider(CREDENTIALS)
                .build();
    }

    static MortalServer start(Path data, ServerProcess.Ports ports, Map<String, String> environment) throws Exception {
        ServerProcess server = process(data, ports, environment);
        S3Client s3 = s3(server);
        return new MortalServer(server, s3, s3::close);
    }

    /** One with an object store of its own, whose client stays open. */
    static MortalServer start(Path data, ServerProcess.Ports ports, Map<String, String> environment, S3Client s3)
            throws Exception {
        return new MortalServer(process(data, ports, environment), s3, () -> {});
    }

    private static ServerProcess process(Path data, ServerProcess.Ports ports, Map<String, String> environment)
            throws Exception {
        Map<String, String> variables = new HashMap<>(SHORT_TIMES);
        variables.putAll(environment);
        return ServerProcess.start(data, ports, variables);
    }

    private static S3Client s3(ServerProcess server) {
        return S3Client.builder()
                .endpointOverride(server.s3Address())
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .overrideConfiguration(config -> config.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .credentialsProvider(CREDENTIALS)
                .build();
    }

    GlueClient glue() {
        return glue;
    }

    S3Client s3() {
        return s3;
    }

    Process process() {
        return server.process();
    }

    URI address() {
        return server.address();
    }

    boolean isAlive() {
        return server.process().isAlive();
    }

    void kill() throws InterruptedException {
        server.process().destroyForcibly().waitFor();
    }

    /** Stops the server as SIGTERM does. */
    @Override
    public void close() throws InterruptedException {
        server.close();
        glue.close();
        closeS3.run();
    }
}
