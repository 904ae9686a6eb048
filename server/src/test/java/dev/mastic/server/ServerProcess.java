package dev.mastic.server;

import dev.mastic.server.cli.Mastic;
import dev.mastic.server.config.Setting;
import dev.mastic.testing.TestFolders;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code mastic server} as a process of its own, on free ports and with a data folder of its own. Its settings come by
 * the environment, as an operator gives secrets; all that it prints is kept in a file.
 */
final class ServerProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("Ready at (http://[^ ]+) after");
    private static final long SECONDS_TO_START = 120;
    private static final long SECONDS_TO_STOP = 60;

    private final Path folder;
    private final Process process;
    private final Thread reader;
    private final CompletableFuture<URI> address = new CompletableFuture<>();

    private ServerProcess(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
        this.reader = new Thread(this::keepLog, "log-of-" + process.pid());
    }

    /** Starts a server, and does not wait until it is ready. */
    static ServerProcess launch(String name, int heapMegabytes, Map<Setting, String> settings) {
        return launch(name, heapMegabytes, settings, "INFO");
    }

    /** As the other, and Mastic's own log is as talkative as it can be. */
    static ServerProcess launchVerbose(String name, int heapMegabytes, Map<Setting, String> settings) {
        return launch(name, heapMegabytes, settings, "TRACE");
    }

    private static ServerProcess launch(
            String name, int heapMegabytes, Map<Setting, String> settings, String logLevel) {
        Path folder = TestFolders.create(name);
        try {
            Path noDriver = Files.createDirectories(folder.resolve("no-driver"));
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx" + heapMegabytes + "m",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-XX:-UsePerfData",
                    "-Djava.io.tmpdir=" + folder,
                    "-Dmastic.driver.home=" + noDriver,
                    "-Dmastic.log.level=" + logLevel,
                    "-cp",
                    System.getProperty("java.class.path"),
                    Mastic.class.getName(),
                    "server"));
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            Map<String, String> environment = builder.environment();
            environment.keySet().removeIf(variable -> variable.startsWith("MASTIC_"));
            environment.put(Setting.DATA.variable(), folder.resolve("data").toString());
            environment.put(Setting.PORT.variable(), "0");
            environment.put(Setting.S3_PORT.variable(), "0");
            environment.put(Setting.LOG_FORMAT.variable(), "text");
            settings.forEach((setting, value) -> environment.put(setting.variable(), value));
            ServerProcess server = new ServerProcess(folder, builder.start());
            server.reader.start();
            Runtime.getRuntime().addShutdownHook(new Thread(server.process::destroyForcibly));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Address of the API, once the server is ready. */
    URI address() {
        try {
            return address.get(SECONDS_TO_START, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The server did not start; it printed:\n" + readLog(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Everything that the server has printed. */
    Path log() {
        return folder.resolve("server.log");
    }

    String readLog() {
        try {
            return Files.readString(log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The code of a server that ends by itself. */
    int exitValue() throws InterruptedException {
        assertThat(process.waitFor(SECONDS_TO_START, TimeUnit.SECONDS))
                .as("ends by itself")
                .isTrue();
        reader.join();
        return process.exitValue();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Time that processors have worked for the server so far, for people. */
    String processorTime() {
        return process.info().totalCpuDuration().map(Duration::toString).orElse("unknown");
    }

    /** The most memory that the process has had, in megabytes; empty where the system does not tell. */
    OptionalLong mostMegabytes() {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        if (!Files.exists(status)) {
            return OptionalLong.empty();
        }
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) >> 10)
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keepLog() {
        try (BufferedReader lines =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                PrintWriter log = new PrintWriter(Files.newBufferedWriter(log()))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.println(line);
                log.flush();
                Matcher ready = READY.matcher(line);
                if (ready.find()) {
                    address.complete(URI.create(ready.group(1)));
                }
            }
            address.completeExceptionally(new IllegalStateException("The server ended"));
        } catch (IOException e) {
            address.completeExceptionally(e);
        }
    }

    /** Stops the server as an operator does, and waits until its last line is kept. */
    @Override
    public void close() {
        try {
            process.destroy();
            if (!process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new IllegalStateException("The server did not stop; it printed:\n" + readLog());
            }
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
