package dev.mastic.examples.whole;

import dev.mastic.testing.TestFolders;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Mastic server as a process of its own, as {@code ./mastic server} starts it, so that it can be killed. */
final class ServerProcess implements AutoCloseable {
    private static final Path HOME = TestFolders.repository();
    private static final Duration START = Duration.ofSeconds(60);

    private final Process process;
    private final int port;
    private final GlueClient glue;
    private final S3Client s3;

    private ServerProcess(Process process, int port, GlueClient glue, S3Client s3) {
        this.process = process;
        this.port = port;
        this.glue = glue;
        this.s3 = s3;
    }

    /** The two ports of a server, so that it can come back on the same. */
    record Ports(int api, int s3) {
        static Ports free() throws IOException {
            try (ServerSocket api = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    ServerSocket s3 = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return new Ports(api.getLocalPort(), s3.getLocalPort());
            }
        }
    }

    static ServerProcess start(Path data, Ports ports, Map<String, String> environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(Stream.of(
                        List.of(Path.of(System.getProperty("java.home"), "bin", "java")
                                .toString()),
                        List.of("-XX:SharedArchiveFile=" + HOME.resolve("server/target/server.jsa"), "-Xshare:auto"),
                        List.of("-XX:-UsePerfData", "-XX:+UseSerialGC", "-Xmx512m"),
                        List.of("-Djava.io.tmpdir=" + Path.of("target", "tmp").toAbsolutePath()),
                        List.of("-Dmastic.home=" + HOME),
                        List.of("-cp", HOME.resolve("server/target/lib") + "/*"),
                        List.of("dev.mastic.server.cli.Mastic", "server", "--log-format", "text"),
                        List.of("--data", data.toString()),
                        List.of("--port", Integer.toString(ports.api()), "--s3-port", Integer.toString(ports.s3())))
                .flatMap(List::stream)
                .toList());
        builder.environment().put("MASTIC_RUNS_HEARTBEAT_SECONDS", "1");
        builder.environment().put("MASTIC_RUNS_LEASE_SECONDS", "12");
        builder.environment().put("MASTIC_EVENTS_RETRY_SECONDS", "1");
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        data.resolve("server.log").toFile()));
        Process process = builder.start();
        ServerProcess server = new ServerProcess(
                process,
                ports.api(),
                GlueClient.builder()
                        .endpointOverride(URI.create("http://127.0.0.1:" + ports.api()))
                        .region(Region.US_EAST_1)
                        .overrideConfiguration(config -> config.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                        .credentialsProvider(credentials())
                        .build(),
                S3Client.builder()
                        .endpointOverride(URI.create("http://127.0.0.1:" + ports.s3()))
                        .forcePathStyle(true)
                        .region(Region.US_EAST_1)
                        .overrideConfiguration(config -> config.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                        .credentialsProvider(credentials())
                        .build());
        server.awaitReady();
        return server;
    }

    GlueClient glue() {
        return glue;
    }

    S3Client s3() {
        return s3;
    }

    Process process() {
        return process;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private void awaitReady() throws Exception {
        Instant deadline = Instant.now().plus(START);
        HttpClient http = HttpClient.newHttpClient();
        while (true) {
            try {
                HttpResponse<String> health = http.send(
                        HttpRequest.newBuilder(address().resolve("/health")).build(),
                        HttpResponse.BodyHandlers.ofString());
                if (health.statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                if (!process.isAlive()) {
                    throw new IllegalStateException("The server ended with " + process.exitValue(), e);
                }
            }
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("The server is not ready after " + START);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static StaticCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create("mastic", "mastic"));
    }

    /** Stops the server as SIGTERM does. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("The server did not stop within 60 s");
        }
        glue.close();
        s3.close();
    }
}
