package dev.mastic.embedded.postgres;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

class EmbeddedPostgresIT {
    private static final Path BINARIES = Path.of("..", "target", "postgres-binaries");

    private Path folder;

    @BeforeEach
    void newFolder() throws IOException {
        Files.createDirectories(Path.of("target"));
        folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "postgres-it-");
    }

    @Test
    void keepsDataBetweenStarts() throws SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, BINARIES)) {
            execute(postgres, "create table t as select generate_series(1, 1000) n");
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, BINARIES)) {
            assertThat(number(postgres, "select count(*) from t")).isEqualTo(1000);
        }
    }

    @Test
    void runsWithTheSettingsThatMakeACommitDurable() throws SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, BINARIES)) {
            assertThat(number(
                            postgres,
                            "select count(*) from pg_settings where name in"
                                    + " ('fsync', 'synchronous_commit', 'full_page_writes') and setting = 'on'"))
                    .isEqualTo(3);
        }
    }

    @Test
    void comesBackWithAllCommittedRowsWhenItIsKilled() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, BINARIES)) {
            execute(postgres, "create table t (n int)");
            execute(postgres, "insert into t select generate_series(1, 500)");
            String address = postgres.jdbcUrl();
            for (int kill = 0; kill < 2; kill++) {
                ProcessHandle process = ProcessHandle.of(postgres.pid()).orElseThrow();
                process.destroyForcibly();
                process.onExit().get();

                Awaitility.await("PostgreSQL comes back")
                        .atMost(Duration.ofMinutes(1))
                        .ignoreExceptionsInstanceOf(SQLException.class)
                        .untilAsserted(() -> assertThat(number(postgres, "select count(*) from t"))
                                .isEqualTo(500));
                assertThat(postgres.jdbcUrl()).isEqualTo(address);
                assertThat(postgres.pid()).isNotEqualTo(process.pid());
            }
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, BINARIES)) {
            assertThat(number(postgres, "select count(*) from t")).isEqualTo(500);
        }
    }

    @Test
    void staysDownWhenSomebodyStoppedIt() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, BINARIES)) {
            ProcessHandle process = ProcessHandle.of(postgres.pid()).orElseThrow();
            process.destroy();
            process.onExit().get();

            assertThatThrownBy(() -> number(postgres, "select 1")).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void findsAndStopsTheServerThatAKilledProcessLeftBehind() throws Exception {
        Process parent = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Parent.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long orphan;
        try (BufferedReader output = parent.inputReader(StandardCharsets.UTF_8)) {
            orphan = output.lines()
                    .filter(line -> line.startsWith("pid "))
                    .mapToLong(line -> Long.parseLong(line.substring(4)))
                    .findFirst()
                    .orElseThrow();
            parent.destroyForcibly().waitFor();
        }
        assertThat(ProcessHandle.of(orphan))
                .as("PostgreSQL outlives its parent")
                .isPresent();

        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, BINARIES)) {
            assertThat(postgres.pid()).isNotEqualTo(orphan);
            assertThat(ProcessHandle.of(orphan)).isEmpty();
            assertThat(number(postgres, "select count(*) from left_behind")).isEqualTo(7);
        }
    }

    /** A process that starts PostgreSQL and never stops it. */
    static final class Parent {
        private Parent() {}

        public static void main(String[] arguments) throws Exception {
            EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of(arguments[0]), BINARIES);
            execute(postgres, "create table left_behind as select generate_series(1, 7) n");
            System.out.println("pid " + postgres.pid());
            Thread.currentThread().join();
        }
    }

    @Test
    void refusesAFolderThatIsInUse() {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, BINARIES)) {
            assertThat(postgres.pid()).isPositive();
            assertThatThrownBy(() -> EmbeddedPostgres.start(folder, BINARIES))
                    .isInstanceOf(EmbeddedPostgresException.class)
                    .hasMessageContaining("is in use by another Mastic")
                    .hasMessageContaining("--data");
        }
    }

    @Test
    void refusesDataOfAnotherMajorVersion() throws IOException {
        EmbeddedPostgres.start(folder, BINARIES).close();
        Files.writeString(folder.resolve("data/PG_VERSION"), "9\n");

        assertThatThrownBy(() -> EmbeddedPostgres.start(folder, BINARIES))
                .hasMessageContaining("was written by PostgreSQL 9")
                .hasMessageContaining("pg_dump");
    }

    @Test
    void ignoresAPidFileThatNamesAnotherProcess() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, BINARIES)) {
            execute(postgres, "create table t as select 1 n");
        }
        Files.writeString(
                folder.resolve("data/postmaster.pid"), ProcessHandle.current().pid() + "\n");

        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, BINARIES)) {
            assertThat(number(postgres, "select count(*) from t")).isEqualTo(1);
        }
    }

    @Test
    void runsAsRootWithoutUserNamespaces() throws Exception {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        Path reachable = Files.createTempDirectory(Path.of("/tmp"), "mastic-nobody-");
        try {
            Files.setPosixFilePermissions(reachable, PosixFilePermissions.fromString("rwxr-xr-x"));
            try (EmbeddedPostgres postgres =
                    EmbeddedPostgres.start(reachable.resolve("pg"), reachable.resolve("bin"), RunAs.NOBODY)) {
                execute(postgres, "create table t as select 1 n");
                assertThat(number(postgres, "select count(*) from t")).isEqualTo(1);
                assertThat(Files.getOwner(reachable.resolve("pg/data")).getName())
                        .isEqualTo("nobody");
            }
        } finally {
            PostgresBinaries.deleteTree(reachable);
        }
    }

    private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long number(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
