package dev.mastic.warehouse.connection;

import dev.mastic.warehouse.dialect.Dialect;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * A database that a connection of the catalog leads to, with its secrets, which {@link #toString} and all messages leave
 * out. Immutable, and serializable so that tasks can open sessions of their own.
 */
public final class WarehouseConnection implements Serializable {
    private static final long serialVersionUID = 1;

    /** How long a statement waits for what another session has locked. */
    public static final Duration LOCK_WAIT = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(WarehouseConnection.class);
    private static final int SECONDS_TO_CONNECT = 10;

    private final String name;
    private final Map<String, String> properties;
    private final String url;

    private WarehouseConnection(String name, Map<String, String> properties, String url) {
        this.name = name;
        this.properties = Map.copyOf(properties);
        this.url = url;
    }

    /**
     * Reads a connection of type JDBC from the catalog.
     *
     * @throws WarehouseException naming it, when it is missing, of another type, or leads to no database that is known
     */
    public static WarehouseConnection load(GlueClient catalog, String name) {
        software.amazon.awssdk.services.glue.model.Connection found;
        try {
            found = catalog.getConnection(request -> request.name(name)).connection();
        } catch (EntityNotFoundException e) {
            throw new WarehouseException(
                    "Connection " + name + " not found in the catalog; create it, or correct its name", e);
        }
        if (!"JDBC".equals(found.connectionTypeAsString())) {
            throw new WarehouseException("Connection " + name + " is of type " + found.connectionTypeAsString()
                    + "; a table of a database needs one of type JDBC");
        }
        Map<String, String> properties = found.connectionPropertiesAsStrings();
        String url = properties.getOrDefault("JDBC_CONNECTION_URL", "");
        if (!url.startsWith("jdbc:")) {
            throw new WarehouseException(
                    "Connection " + name
                            + " has no JDBC_CONNECTION_URL that begins with jdbc:; for instance jdbc:postgresql://host:5432/db");
        }
        JdbcParameters.refused(url).ifPresent(parameter -> {
            throw new WarehouseException("Connection " + name + " has the parameter " + parameter
                    + " in JDBC_CONNECTION_URL, which reaches into this machine or changes the database; leave it out");
        });
        if (properties.getOrDefault("PASSWORD", "").isBlank()
                && !properties.getOrDefault("SECRET_ID", "").isBlank()) {
            throw new WarehouseException("Connection " + name + " has its credentials in AWS Secrets Manager"
                    + " (SECRET_ID), which is not asked; give USERNAME and PASSWORD");
        }
        return new WarehouseConnection(name, properties, url);
    }

    /** Its name in the catalog. */
    public String name() {
        return name;
    }

    /** What its database understands. */
    public Dialect dialect() {
        return Dialect.of(url);
    }

    /** The address, which may hold secrets. */
    public String url() {
        // MariaDB's driver speaks MySQL's protocol, and takes such an address when it is asked to.
        if (url.startsWith("jdbc:mysql:") && !driver(url).isPresent()) {
            return url + (url.indexOf('?') < 0 ? "?" : "&") + "permitMysqlScheme";
        }
        return url;
    }

    /** What a driver is to be told besides the address; holds the password. */
    public Properties driverProperties() {
        Properties result = new Properties();
        property("USERNAME").ifPresent(user -> result.setProperty("user", user));
        property("PASSWORD").ifPresent(password -> result.setProperty("password", password));
        dialect().driverProperties(SECONDS_TO_CONNECT).forEach(result::setProperty);
        if (property("JDBC_ENFORCE_SSL").map(Boolean::parseBoolean).orElse(false)) {
            Map<String, String> ssl = dialect().enforceSsl();
            if (ssl.isEmpty()) {
                throw new WarehouseException("Connection " + name
                        + " has JDBC_ENFORCE_SSL, which cannot be set for its database; ask for TLS by"
                        + " JDBC_CONNECTION_URL");
            }
            ssl.forEach(result::setProperty);
        }
        return result;
    }

    private Optional<String> property(String key) {
        return Optional.ofNullable(properties.get(key)).filter(value -> !value.isBlank());
    }

    private static Optional<Driver> driver(String url) {
        try {
            return Optional.of(DriverManager.getDriver(url));
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    /**
     * Opens a session without auto-commit, in which statements wait for locks for {@link #LOCK_WAIT} at most.
     *
     * @throws WarehouseException when the driver is missing or the database refuses
     */
    public Connection open() {
        Driver driver = driver(url())
                .orElseThrow(() -> new WarehouseException("Connection " + name + " needs the JDBC driver for "
                        + url.substring(0, url.indexOf(':', "jdbc:".length()) + 1)
                        + ", which is not here: put the driver's jar into the folder of drivers (setting jdbc-drivers)"
                        + " and start the server again"));
        @Nullable Connection opened = null;
        try {
            opened = driver.connect(url(), driverProperties());
            if (opened == null) {
                throw new WarehouseException("Connection " + name + ": its driver does not take the address");
            }
            opened.setAutoCommit(false);
            try (Statement statement = opened.createStatement()) {
                for (String sql : dialect().sessionSettings(LOCK_WAIT)) {
                    statement.execute(sql);
                }
            }
            opened.commit();
            return opened;
        } catch (SQLException e) {
            close(opened);
            throw failed("cannot be opened", e);
        }
    }

    /**
     * Works in a session of its own; what the work has not committed is rolled back.
     *
     * @param doing what cannot be done when the database fails: {@code cannot write to mart.orders}
     * @throws WarehouseException when the database fails or refuses
     */
    public <T> T call(String doing, SqlCall<T> work) {
        Connection session = open();
        try {
            return work.in(session);
        } catch (SQLException e) {
            throw failed(doing, e);
        } finally {
            close(session);
        }
    }

    /** As {@link #call}, for work without a result. */
    public void run(String doing, SqlWork work) {
        call(doing, session -> {
            work.in(session);
            return name;
        });
    }

    /** What is done in a session. */
    @FunctionalInterface
    public interface SqlCall<T> {
        T in(Connection session) throws SQLException;
    }

    /** What is done in a session. */
    @FunctionalInterface
    public interface SqlWork {
        void in(Connection session) throws SQLException;
    }

    private static void close(@Nullable Connection opened) {
        if (opened != null) {
            try (Connection session = opened) {
                // Derby closes no session that is in the middle of something.
                session.rollback();
            } catch (SQLException e) {
                LOG.debug("A session could not be closed: {}", e.getSQLState());
            }
        }
    }

    /**
     * A failure of this connection, for people. The driver's exception is not attached: its message may hold secrets.
     *
     * @param doing what could not be done: {@code cannot write to mart.orders}
     */
    public WarehouseException failed(String doing, SQLException failure) {
        String reason = hide(reason(failure));
        String fix = dialect().fix(failure);
        return new WarehouseException(
                "Connection " + name + " " + doing + ": " + reason + (fix.isEmpty() ? "" : "; " + fix));
    }

    /** What the database says, in one line and without this connection's secrets. */
    public String hide(String text) {
        return Secrets.of(properties).hide(text);
    }

    private static String reason(SQLException failure) {
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        String line = message.strip().replaceAll("\\s*\\R\\s*", "; ");
        return line + (failure.getSQLState() == null ? "" : " (SQLSTATE " + failure.getSQLState() + ")");
    }

    @Override
    public String toString() {
        return "WarehouseConnection[" + name + "]";
    }
}
