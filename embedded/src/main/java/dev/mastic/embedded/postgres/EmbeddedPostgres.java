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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL server of its own on a data folder: real binaries as a child process, on loopback alone, with a password
 * that only the folder's owner can read, and with every setting on that makes a commit durable. When it dies it is started
 * again, on the same port. One process at a time
 * may hold a folder. A server that an earlier, killed process left running on the folder is found and stopped first, and
 * PostgreSQL then recovers from its log as after any crash.
 *
 * <p>Thread-safe.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    /** Starting takes as long as recovery does: not on the threads that all share. */
    private static final Executor WATCH = work -> {
        Thread thread = new Thread(work, "postgres-watch");
        thread.setDaemon(true);
        thread.start();
    };

    private static final String USER = "mastic";
    private static final String DATABASE = "mastic";
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final int BYTES_OF_PASSWORD = 24;

    private final PostgresPrograms programs;
    private final FileChannel lockChannel;
    private final String password;
    private int port;
    private volatile @Nullable Process process;

    private EmbeddedPostgres(PostgresPrograms programs, FileChannel lockChannel, String password) {
        this.programs = programs;
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
            EmbeddedPostgres postgres =
                    new EmbeddedPostgres(new PostgresPrograms(unpacked, absolute, runAs), lock, password(absolute));
            postgres.programs.stopOrphan();
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
        Process running = process;
        return running == null ? -1 : running.pid();
    }

    /** Stops the server as its fast shutdown does: open transactions are rolled back, nothing committed is lost. */
    @Override
    public synchronized void close() {
        Process running = process;
        if (running == null) {
            return;
        }
        try {
            if (running.isAlive()) {
                programs.stop(running.toHandle());
            }
        } finally {
            process = null;
            release(lockChannel);
        }
    }

    private void start() throws IOException {
        if (!Files.exists(programs.data().resolve("PG_VERSION"))) {
            programs.initialise(USER, password);
        }
        programs.checkVersion();
        if (port == 0) {
            port = freePort();
        }
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            // Ctrl-C in the terminal is for Mastic, which ends its work first and then stops PostgreSQL.
            command.add(SETSID.toString());
        }
        command.addAll(programs.command("postgres"));
        command.addAll(List.of("-D", programs.data().toString(), "-p", Integer.toString(port)));
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
        Process started = new ProcessBuilder(command)
                .directory(programs.data().toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(programs.logFile().toFile()))
                .start();
        process = started;
        awaitReady(started);
        started.onExit().thenAcceptAsync(this::revive, WATCH);
    }

    /** A server that died, for want of memory or by somebody's hand, comes back on the same port. */
    private synchronized void revive(Process dead) {
        int code = dead.exitValue();
        if (!dead.equals(process)) {
            return;
        }
        if (code == 0) {
            LOG.error("PostgreSQL was stopped by somebody else; stop and start Mastic to have it again");
            return;
        }
        LOG.error("PostgreSQL (pid {}) ended with code {}; starting it again", dead.pid(), code);
        try {
            programs.stopOrphan();
            start();
        } catch (IOException | RuntimeException e) {
            LOG.error("PostgreSQL does not start yet; trying again in {} s: {}", AGAIN.toSeconds(), e.getMessage());
            process = dead;
            CompletableFuture.delayedExecutor(AGAIN.toMillis(), TimeUnit.MILLISECONDS, WATCH)
                    .execute(() -> revive(dead));
        }
    }

    private void awaitReady(Process started) {
        Instant deadline = Instant.now().plus(START);
        SQLException last = null;
        while (Instant.now().isBefore(deadline)) {
            if (!started.isAlive()) {
                throw new EmbeddedPostgresException("PostgreSQL ended with code " + started.exitValue()
                        + " while it started; the last lines of " + programs.logFile() + ":\n" + programs.logTail());
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
                PostgresPrograms.pause();
            }
        }
        programs.stop(started.toHandle());
        throw new EmbeddedPostgresException(
                "PostgreSQL did not accept connections within " + START.toSeconds() + " s; see " + programs.logFile(),
                last);
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
}
