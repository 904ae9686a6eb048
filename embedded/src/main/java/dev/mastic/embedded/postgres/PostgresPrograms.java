package dev.mastic.embedded.postgres;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * PostgreSQL's own programs, run on one folder.
 *
 * @param binaries where they are unpacked
 * @param folder has the cluster in {@code data} and what the programs print in {@code postgres.log}
 */
record PostgresPrograms(Path binaries, Path folder, RunAs runAs) {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresPrograms.class);
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(60);

    Path data() {
        return folder.resolve("data");
    }

    /** Makes a new cluster of which the user has that password. */
    void initialise(String user, String password) throws IOException {
        Path data = data();
        LOG.info("Making a new PostgreSQL cluster in {}", data);
        // What an initdb that was killed half way left behind has no PG_VERSION and holds nothing of value.
        PostgresBinaries.deleteTree(data);
        Files.createDirectories(data);
        runAs.own(data);
        Path passwordFile = folder.resolve("initdb-password");
        Files.writeString(passwordFile, password);
        try {
            runAs.own(passwordFile);
            List<String> command = command("initdb");
            command.addAll(List.of(
                    "-D",
                    data.toString(),
                    "-U",
                    user,
                    "--pwfile=" + passwordFile,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C"));
            Process initdb = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
                    .start();
            if (await(initdb, START) != 0) {
                throw new EmbeddedPostgresException(
                        "initdb failed; the last lines of " + logFile() + ":\n" + logTail());
            }
        } finally {
            Files.delete(passwordFile);
        }
    }

    /** @throws EmbeddedPostgresException when another major version wrote the cluster */
    void checkVersion() throws IOException {
        String found = Files.readString(data().resolve("PG_VERSION")).trim();
        List<String> command = command("postgres");
        command.add("--version");
        Process version = new ProcessBuilder(command).redirectErrorStream(true).start();
        String answer = new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        String major = answer.replaceFirst(".*\\) ", "").replaceFirst("[.].*", "");
        if (!major.equals(found)) {
            throw new EmbeddedPostgresException("The data in " + data() + " was written by PostgreSQL " + found
                    + ", and this Mastic brings " + answer
                    + ". Move the data with pg_dump and pg_restore, or start the Mastic that wrote it");
        }
    }

    /** Stops a server that runs on the folder though nobody holds it, and takes its mark away. */
    void stopOrphan() throws IOException {
        // Its first line is the server's process id, the second its data folder.
        Path pidFile = data().resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        Optional<ProcessHandle> named = Files.readAllLines(pidFile).stream()
                .findFirst()
                .map(String::trim)
                .filter(line -> line.matches("[0-9]{1,18}"))
                .flatMap(line -> ProcessHandle.of(Long.parseLong(line)));
        if (named.isEmpty()) {
            // PostgreSQL itself goes by the file to wait for processes that outlive their killed parent.
            LOG.warn("PostgreSQL on {} was not stopped properly; it will recover from its log", data());
            return;
        }
        if (isPostgresOfThisFolder(named.get())) {
            LOG.warn(
                    "A killed Mastic left its PostgreSQL running on {} (pid {}); stopping it",
                    data(),
                    named.get().pid());
            stop(named.get());
        }
        // Whoever has that process id now is not a server of this folder, and must not keep the new one from starting.
        Files.deleteIfExists(pidFile);
    }

    private boolean isPostgresOfThisFolder(ProcessHandle handle) {
        try {
            Path commandLine = Path.of("/proc/" + handle.pid() + "/cmdline");
            String line = Files.exists(commandLine)
                    ? Files.readString(commandLine, StandardCharsets.ISO_8859_1).replace('\0', ' ')
                    : handle.info().commandLine().orElse("");
            return line.contains("postgres") && line.contains(data().toString());
        } catch (IOException e) {
            LOG.debug("Process {} ended meanwhile", handle.pid(), e);
            return false;
        }
    }

    /** Stops a server as its fast shutdown does, and harder when that takes too long. */
    void stop(ProcessHandle server) {
        try {
            for (String mode : List.of("fast", "immediate")) {
                List<String> command = command("pg_ctl");
                command.addAll(List.of("stop", "-D", data().toString(), "-m", mode, "-W"));
                await(
                        new ProcessBuilder(command)
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                                        logFile().toFile()))
                                .start(),
                        STOP);
                if (endsWithin(server, STOP.dividedBy(2))) {
                    return;
                }
                LOG.warn("PostgreSQL (pid {}) did not stop in {} mode", server.pid(), mode);
            }
            server.destroyForcibly();
            if (!endsWithin(server, STOP)) {
                throw new EmbeddedPostgresException("PostgreSQL (pid " + server.pid() + ") cannot be stopped");
            }
        } catch (IOException e) {
            throw new EmbeddedPostgresException("Cannot stop PostgreSQL: " + e.getMessage(), e);
        }
    }

    private static boolean endsWithin(ProcessHandle server, Duration time) {
        Instant deadline = Instant.now().plus(time);
        while (server.isAlive()) {
            if (Instant.now().isAfter(deadline)) {
                return false;
            }
            pause();
        }
        return true;
    }

    /** The beginning of a command line. */
    List<String> command(String program) {
        List<String> command = new ArrayList<>(runAs.prefix());
        command.add(binaries.resolve("bin").resolve(program).toString());
        return command;
    }

    Path logFile() {
        return folder.resolve("postgres.log");
    }

    String logTail() {
        try {
            List<String> lines = Files.readAllLines(logFile(), StandardCharsets.ISO_8859_1);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
        } catch (IOException e) {
            return "(" + logFile() + " cannot be read: " + e.getMessage() + ")";
        }
    }

    private static int await(Process process, Duration time) {
        try {
            if (!process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new EmbeddedPostgresException(
                        "A PostgreSQL program did not end within " + time.toSeconds() + " s");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new EmbeddedPostgresException("Interrupted while waiting for PostgreSQL", e);
        }
    }

    static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPostgresException("Interrupted while waiting for PostgreSQL", e);
        }
    }
}
