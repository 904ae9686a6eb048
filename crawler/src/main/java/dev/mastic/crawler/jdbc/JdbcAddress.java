package dev.mastic.crawler.jdbc;

import dev.mastic.crawler.connection.CatalogConnection;
import dev.mastic.crawler.source.SourceException;
import dev.mastic.warehouse.connection.JdbcParameters;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;

/** A database that a connection of the catalog leads to. Immutable. */
final class JdbcAddress {
    private static final int SECONDS_TO_CONNECT = 10;
    private static final int SECONDS_TO_READ = 60;

    private final CatalogConnection connection;
    private final String url;
    private final Engine engine;

    private JdbcAddress(CatalogConnection connection, String url, Engine engine) {
        this.connection = connection;
        this.url = url;
        this.engine = engine;
    }

    /** @throws SourceException naming the connection, when it has no address that can be crawled */
    static JdbcAddress of(CatalogConnection connection) {
        String url = connection.property("JDBC_CONNECTION_URL").orElseGet(() -> composed(connection));
        Engine engine = Engine.of(url)
                .orElseThrow(() -> connection.failed(
                        "leads to no database that can be crawled; JDBC_CONNECTION_URL must begin with one of "
                                + Engine.schemes()));
        JdbcParameters.refused(url).ifPresent(parameter -> {
            throw connection.failed("has the parameter " + parameter
                    + " in JDBC_CONNECTION_URL, which reaches into this server or changes the database; a crawl"
                    + " does not take it: leave it out");
        });
        return new JdbcAddress(connection, url, engine);
    }

    private static String composed(CatalogConnection connection) {
        return Engine.address(
                connection.property("JDBC_ENGINE").orElse(""),
                connection.property("HOST").orElse(""),
                connection.property("PORT").orElse(""),
                connection.property("DATABASE").orElse(""));
    }

    Engine engine() {
        return engine;
    }

    /**
     * Opens a session that reads alone.
     *
     * @throws SourceException naming the driver when it is missing
     * @throws SQLException of the driver; its message may hold secrets
     */
    Connection open() throws SQLException {
        Properties properties = properties();
        String address = url;
        Driver driver;
        try {
            driver = DriverManager.getDriver(url);
        } catch (SQLException e) {
            // MariaDB's driver speaks MySQL's protocol, and takes such an address when it is asked to.
            address = url + (url.indexOf('?') < 0 ? "?" : "&") + "permitMysqlScheme";
            driver = engine == Engine.MYSQL ? mariaDb(address) : missing();
        }
        Connection opened = driver.connect(address, properties);
        if (opened == null) {
            throw missingDriver();
        }
        try {
            opened.setReadOnly(true);
            limitWaiting(opened);
        } catch (SQLException | RuntimeException e) {
            opened.close();
            throw e;
        }
        return opened;
    }

    private Driver mariaDb(String address) {
        try {
            return DriverManager.getDriver(address);
        } catch (SQLException e) {
            throw missingDriver();
        }
    }

    private Driver missing() {
        throw missingDriver();
    }

    private SourceException missingDriver() {
        return connection.failed("needs the JDBC driver for " + engine.scheme() + ", which is not here: put the jar of "
                + engine.driver() + " into the folder of drivers (setting jdbc-drivers) and start the server again");
    }

    private static void limitWaiting(Connection opened) throws SQLException {
        try {
            opened.setNetworkTimeout(Runnable::run, SECONDS_TO_READ * 1000);
        } catch (SQLFeatureNotSupportedException | AbstractMethodError e) {
            // H2 and Derby have no network to wait for, or limits of their own.
            return;
        }
    }

    private Properties properties() {
        Properties properties = new Properties();
        connection.property("USERNAME").ifPresent(user -> properties.setProperty("user", user));
        connection.property("PASSWORD").ifPresent(password -> properties.setProperty("password", password));
        if (connection.property("PASSWORD").isEmpty()
                && connection.property("SECRET_ID").isPresent()) {
            throw connection.failed("has its credentials in AWS Secrets Manager (SECRET_ID), which this server has not;"
                    + " give USERNAME and PASSWORD");
        }
        engine.timeouts(properties, SECONDS_TO_CONNECT, SECONDS_TO_READ);
        if (connection.property("JDBC_ENFORCE_SSL").map(Boolean::parseBoolean).orElse(false)) {
            enforceSsl(properties);
        }
        return properties;
    }

    private void enforceSsl(Properties properties) {
        switch (engine) {
            case POSTGRESQL, REDSHIFT -> properties.setProperty("sslmode", "require");
            case MYSQL, MARIADB -> properties.setProperty("sslMode", "REQUIRED");
            case SQLSERVER -> properties.setProperty("encrypt", "true");
            case ORACLE, H2, DERBY ->
                throw connection.failed("has JDBC_ENFORCE_SSL, which cannot be set for " + engine
                        + "; ask for TLS by JDBC_CONNECTION_URL");
        }
    }
}
