package dev.mastic.testing;

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

/**
 * A Mastic server as a process of its own, as {@code ./mastic server} starts it: for tests that kill it, or that have
 * other libraries than it has. The server module must have been packaged.
 */
public final class ServerProcess implements AutoCloseable {
    private static final Path HOME = TestFolders.repository();
    private static final Duration START = Duration.ofMinutes(3);

    private final Process process;
    private final Ports ports;

    private ServerProcess(Process process, Ports ports) {
        this.process = process;
        this.ports = ports;
    }

    /** The two ports of a server, so that it can come back on the same. */
    public record Ports(int api, int s3) {
        /** Two that nobody listens on. */
        public static Ports free() throws IOException {
            try (ServerSocket api = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    ServerSocket s3 = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return new Ports(api.getLocalPort(), s3.getLocalPort());
            }
        }
    }

    /**
     * Starts a server and waits until it is ready; it logs to {@code server.log} in its data folder.
     *
     * @param environment variables beside those of this process
     */
    public static ServerProcess start(Path data, Ports ports, Map<String, String> environment) throws Exception {
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
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        data.resolve("server.log").toFile()));
        ServerProcess server = new ServerProcess(builder.start(), ports);
        server.awaitReady();
        return server;
    }

    /** The process. */
    public Process process() {
        return process;
    }

    /** Address of the API. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + ports.api());
    }

    /** Address of the embedded S3. */
    public URI s3Address() {
        return URI.create("http://127.0.0.1:" + ports.s3());
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

    /** Stops the server as SIGTERM does. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException("The server did not stop within 5 minutes");
        }
    }
}
