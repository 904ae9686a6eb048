package dev.mastic.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.mastic.embedded.postgres.EmbeddedPostgres;

import javax.sql.DataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** One PostgreSQL per JVM; a fresh, empty database for each test class that asks. Thread-safe. */
public final class TestPostgres {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final int CONNECTIONS = 12;

    private TestPostgres() {}

    private static final class Holder {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            EmbeddedPostgres postgres =
                    EmbeddedPostgres.start(TestFolders.create("postgres"), TestFolders.postgresBinaries());
            Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
            return postgres;
        }
    }

    /** Makes a database of its own for the caller. */
    public static TestDatabase newDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        EmbeddedPostgres postgres = Holder.POSTGRES;
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        String url = postgres.jdbcUrl().replaceFirst("/mastic$", "/" + name);
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(postgres.user());
        config.setPassword(postgres.password());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0);
        return new TestDatabase(new HikariDataSource(config), url, postgres.user(), postgres.password());
    }

    /**
     * A database of a test.
     *
     * @param jdbcUrl without user and password
     */
    public record TestDatabase(DataSource dataSource, String jdbcUrl, String user, String password)
            implements AutoCloseable {
        /** Closes the connections. */
        @Override
        public void close() {
            ((HikariDataSource) dataSource).close();
        }
    }
}
