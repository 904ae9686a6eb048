package dev.mastic.embedded.postgres;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL server of its own on a data folder: real binaries as a child process, on loopback alone, with a password
 * that only the folder's owner can read, and with every setting on that makes a commit durable. One process at a time
 * may hold a folder. A server that an earlier, killed process left running on the folder is found and stopped first, and
 * PostgreSQL then recovers from its log as after any crash.
 *
 * <p>Thread-safe.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String USER = "mastic";
    private static final String DATABASE = "mastic";
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(60);
    private static final int BYTES_OF_PASSWORD = 24;

    private final Path binaries;
    private final Path folder;
    private final Path data;
    private final RunAs runAs;
    private final FileChannel lockChannel;
    private final String password;
    private int port;
    private @Nullable Process process;

    private EmbeddedPostgres(Path binaries, Path folder, RunAs runAs, FileChannel lockChannel, String password) {
        this.binaries = binaries;
        this.folder = folder;
        this.data = folder.resolve("data");
        this.runAs = runAs;
        this.lockChannel = lockChannel;
        this.password = password;
    }

    /**
     * Starts PostgreSQL on a folder, making a new database cluster when the folder has none.
     *
     * @param folder keeps data, password and log; made if need be
     * @param binaries where PostgreSQL's programs are unpacked, and may be shared by many folders
     * @throws EmbeddedPostgresException when it does not start, with the reason and the fix
     */
    public static EmbeddedPostgres start(Path folder, Path binaries) {
        return start(folder, binaries, RunAs.detect());
    }

    /** As {@link #start(Path, Path)}, in a given way. */
    public static EmbeddedPostgres start(Path folder, Path binaries, RunAs runAs) {
        Path absolute = folder.toAbsolutePath().normalize();
        FileChannel lock = null;
        try {
            Files.createDirectories(absolute);
            lock = lock(absolute);
            Path unpacked = PostgresBinaries.unpack(binaries.toAbsolutePath().normalize());
            EmbeddedPostgres postgres = new EmbeddedPostgres(unpacked, absolute, runAs, lock, password(absolute));
            postgres.start();
            return postgres;
        } catch (IOException e) {
            release(lock);
            throw new EmbeddedPostgresException("Cannot start PostgreSQL on " + absolute + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            release(lock);
            throw e;
        }
    }

    /** JDBC address of the database, without user and password. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    /** Name of the database's owner. */
    public String user() {
        return USER;
    }

    /** Password of the database's owner. */
    public String password() {
        return password;
    }

    /** Process id of the server. */
    public long pid() {
        return process == null ? -1 : process.pid();
    }

    /** Stops the server as its fast shutdown does: open transactions are rolled back, nothing committed is lost. */
    @Override
    public synchronized void close() {
        if (process == null) {
            return;
        }
        try {
            if (process.isAlive()) {
                stop(process.toHandle());
            }
        } finally {
            process = null;
            release(lockChannel);
        }
    }

    private void start() throws IOException {
        stopOrphan();
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            initialise();
        }
        checkVersion();
        port = freePort();
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            // Ctrl-C in the terminal is for Mastic, which ends its work first and then stops PostgreSQL.
            command.add(SETSID.toString());
        }
        command.addAll(command("postgres"));
        command.addAll(List.of("-D", data.toString(), "-p", Integer.toString(port)));
        for (String setting : List.of(
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "fsync=on",
                "synchronous_commit=on",
                "full_page_writes=on",
                "max_connections=100",
                "shared_buffers=64MB",
                "max_wal_size=512MB",
                "timezone=UTC",
                "log_min_duration_statement=1000")) {
            command.addAll(List.of("-c", setting));
        }
        process = new ProcessBuilder(command)
                .directory(data.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
                .start();
        awaitReady(process);
    }

    private void initialise() throws IOException {
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
                    USER,
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

    private void checkVersion() throws IOException {
        String found = Files.readString(data.resolve("PG_VERSION")).trim();
        List<String> command = command("postgres");
        command.add("--version");
        Process version = new ProcessBuilder(command).redirectErrorStream(true).start();
        String answer = new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        String major = answer.replaceFirst(".*\\) ", "").replaceFirst("[.].*", "");
        if (!major.equals(found)) {
            throw new EmbeddedPostgresException("The data in " + data + " was written by PostgreSQL " + found
                    + ", and this Mastic brings " + answer
                    + ". Move the data with pg_dump and pg_restore, or start the Mastic that wrote it");
        }
    }

    private void awaitReady(Process started) {
        Instant deadline = Instant.now().plus(START);
        SQLException last = null;
        while (Instant.now().isBefore(deadline)) {
            if (!started.isAlive()) {
                throw new EmbeddedPostgresException("PostgreSQL ended with code " + started.exitValue()
                        + " while it started; the last lines of " + logFile() + ":\n" + logTail());
            }
            try (Connection connection = DriverManager.getConnection(
                            "jdbc:postgresql://127.0.0.1:" + port + "/postgres", USER, password);
                    Statement statement = connection.createStatement()) {
                if (!statement
                        .executeQuery("select 1 from pg_database where datname = '" + DATABASE + "'")
                        .next()) {
                    statement.execute("create database " + DATABASE);
                }
                LOG.info("PostgreSQL is ready on port {} (pid {})", port, started.pid());
                return;
            } catch (SQLException e) {
                last = e;
                pause();
            }
        }
        stop(started.toHandle());
        throw new EmbeddedPostgresException(
                "PostgreSQL did not accept connections within " + START.toSeconds() + " s; see " + logFile(), last);
    }

    /** The first line of postmaster.pid is the server's process id; the second its data folder. */
    private void stopOrphan() throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        Optional<ProcessHandle> orphan = Files.readAllLines(pidFile).stream()
                .findFirst()
                .map(String::trim)
                .filter(line -> line.matches("[0-9]{1,18}"))
                .flatMap(line -> ProcessHandle.of(Long.parseLong(line)))
                .filter(this::isPostgresOfThisFolder);
        if (orphan.isPresent()) {
            LOG.warn(
                    "A killed Mastic left its PostgreSQL running on {} (pid {}); stopping it",
                    data,
                    orphan.get().pid());
            stop(orphan.get());
        } else {
            LOG.warn("PostgreSQL on {} was not stopped properly; it will recover from its log", data);
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
            return line.contains("postgres") && line.contains(data.toString());
        } catch (IOException e) {
            LOG.debug("Process {} ended meanwhile", handle.pid(), e);
            return false;
        }
    }

    private void stop(ProcessHandle server) {
        try {
            for (String mode : List.of("fast", "immediate")) {
                List<String> command = command("pg_ctl");
                command.addAll(List.of("stop", "-D", data.toString(), "-m", mode, "-W"));
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

    private List<String> command(String program) {
        List<String> command = new ArrayList<>(runAs.prefix());
        command.add(binaries.resolve("bin").resolve(program).toString());
        return command;
    }

    private Path logFile() {
        return folder.resolve("postgres.log");
    }

    private String logTail() {
        try {
            List<String> lines = Files.readAllLines(logFile(), StandardCharsets.ISO_8859_1);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
        } catch (IOException e) {
            return "(" + logFile() + " cannot be read: " + e.getMessage() + ")";
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel = FileChannel.open(
                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new EmbeddedPostgresException("The data folder " + folder
                    + " is in use by another Mastic; stop it, or choose another folder by --data");
        }
        return channel;
    }

    private static void release(@Nullable FileChannel lock) {
        if (lock != null) {
            try {
                lock.close();
            } catch (IOException e) {
                LOG.warn("The lock of the data folder cannot be released", e);
            }
        }
    }

    private static String password(Path folder) throws IOException {
        Path file = folder.resolve("password");
        if (Files.exists(file) && Files.size(file) > 0) {
            return Files.readString(file).trim();
        }
        Files.deleteIfExists(file);
        byte[] random = new byte[BYTES_OF_PASSWORD];
        new SecureRandom().nextBytes(random);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, HexFormat.of().formatHex(random));
        return Files.readString(file);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
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

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPostgresException("Interrupted while waiting for PostgreSQL", e);
        }
    }
}
