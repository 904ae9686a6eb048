package dev.mastic.warehouse.connection;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Properties;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * Drivers from a folder of jars, beside those on the class path. They are registered with {@link DriverManager}, so that
 * all of this process finds them, tests of connections too. Thread-safe.
 */
public final class JdbcDrivers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcDrivers.class);

    private final List<Registered> registered = new ArrayList<>();
    private final URLClassLoader loader;

    private JdbcDrivers(URL[] jars) {
        loader = new URLClassLoader("jdbc-drivers", jars, ClassLoader.getPlatformClassLoader());
    }

    /**
     * Loads the drivers of a folder; a folder that is not there holds none. A jar that cannot be used is a line in the log.
     *
     * @throws IOException when the folder cannot be read
     */
    public static JdbcDrivers load(Path folder) throws IOException {
        List<URL> jars = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path jar : files.filter(file -> file.toString().endsWith(".jar"))
                        .sorted()
                        .toList()) {
                    jars.add(jar.toUri().toURL());
                }
            }
        }
        JdbcDrivers drivers = new JdbcDrivers(jars.toArray(URL[]::new));
        drivers.register(folder);
        return drivers;
    }

    private void register(Path folder) {
        // A jar of another Java makes one step of the iteration fail, and the next one may work.
        Iterator<Driver> providers = ServiceLoader.load(Driver.class, loader).iterator();
        while (true) {
            try {
                if (!providers.hasNext()) {
                    return;
                }
                Driver driver = providers.next();
                if (driver.getClass().getClassLoader() == loader) {
                    Registered added = new Registered(driver);
                    DriverManager.registerDriver(added);
                    registered.add(added);
                    LOG.info("JDBC driver {} of {} is there", driver.getClass().getName(), folder);
                }
            } catch (ServiceConfigurationError | SQLException | LinkageError e) {
                LOG.warn("A JDBC driver in {} cannot be used: {}", folder, e.toString());
            }
        }
    }

    /** Class names of the drivers from the folder. */
    public List<String> names() {
        return registered.stream()
                .map(driver -> driver.driver.getClass().getName())
                .toList();
    }

    /** Takes the drivers out again. */
    @Override
    public void close() {
        for (Registered driver : registered) {
            try {
                DriverManager.deregisterDriver(driver);
            } catch (SQLException e) {
                LOG.warn("JDBC driver {} could not be taken out: {}", driver.driver.getClass(), e.toString());
            }
        }
        try {
            loader.close();
        } catch (IOException e) {
            LOG.warn("The jars of JDBC drivers could not be closed: {}", e.toString());
        }
    }

    /** {@link DriverManager} hands out drivers of the caller's own class loader alone: this one stands for another's. */
    private record Registered(Driver driver) implements Driver {
        @Override
        public Connection connect(String url, Properties info) throws SQLException {
            return driver.connect(url, info);
        }

        @Override
        public boolean acceptsURL(String url) throws SQLException {
            return driver.acceptsURL(url);
        }

        @Override
        public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) throws SQLException {
            return driver.getPropertyInfo(url, info);
        }

        @Override
        public int getMajorVersion() {
            return driver.getMajorVersion();
        }

        @Override
        public int getMinorVersion() {
            return driver.getMinorVersion();
        }

        @Override
        public boolean jdbcCompliant() {
            return driver.jdbcCompliant();
        }

        @Override
        public java.util.logging.Logger getParentLogger() throws SQLFeatureNotSupportedException {
            return driver.getParentLogger();
        }
    }
}
