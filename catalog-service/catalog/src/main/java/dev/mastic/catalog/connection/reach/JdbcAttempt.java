package dev.mastic.catalog.connection.reach;

import dev.mastic.catalog.connection.reach.ConnectionProbe.Attempt;
import dev.mastic.catalog.connection.reach.ConnectionProbe.Target;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.BasicAuthenticationCredentials;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Opens a JDBC connection by a driver on the class path and asks whether it is alive. */
final class JdbcAttempt implements Attempt {
    private static final int SECONDS_TO_BE_VALID = 5;

    private static final Pattern SCHEME = Pattern.compile("^jdbc:[A-Za-z0-9+.-]+");

    /** Parameters that make a driver load classes or touch files of this server. */
    private static final Pattern REACHES_INTO_THE_SERVER = Pattern.compile(
            "[?&;,(:]\\s*(socketFactory|sslfactory|sslpasswordcallback|sslhostnameverifier|loggerFile|"
                    + "authenticationPluginClassName|xmlFactoryFactory|init|autoDeserialize|queryInterceptors|"
                    + "allowLoadLocalInfile|allowUrlInLocalInfile|krbJAASFile)\\w*\\s*=",
            Pattern.CASE_INSENSITIVE);

    @Override
    public void run(Target target) throws SQLException {
        String url = url(target);
        Matcher reaching = REACHES_INTO_THE_SERVER.matcher(url);
        if (reaching.find()) {
            throw new SQLException(
                    "the parameter " + reaching.group(1) + " in JDBC_CONNECTION_URL is not taken for a test");
        }
        try (Connection connection = driver(url).connect(url, properties(target, url))) {
            if (connection == null || !connection.isValid(SECONDS_TO_BE_VALID)) {
                throw new SQLException("it opened, and then did not answer");
            }
        }
    }

    private static Driver driver(String url) throws SQLException {
        try {
            return DriverManager.getDriver(url);
        } catch (SQLException e) {
            Matcher scheme = SCHEME.matcher(url);
            throw new SQLException(
                    (scheme.find()
                                    ? "no driver for " + scheme.group()
                                    : "JDBC_CONNECTION_URL does not begin with jdbc:")
                            + " is on the class path of Mastic; put its jar beside Mastic's own",
                    e);
        }
    }

    private static String url(Target target) throws SQLException {
        String url = target.property("JDBC_CONNECTION_URL");
        if (url != null) {
            return url;
        }
        String engine = String.valueOf(target.property("JDBC_ENGINE")).toLowerCase(Locale.ROOT);
        if (target.property("HOST") == null || target.property("PORT") == null) {
            throw new SQLException("there is no JDBC_CONNECTION_URL");
        }
        String database = target.property("DATABASE");
        return "jdbc:" + engine + "://" + target.property("HOST") + ":" + target.property("PORT") + "/"
                + (database == null ? "" : database);
    }

    private static Properties properties(Target target, String url) throws SQLException {
        Properties properties = new Properties();
        BasicAuthenticationCredentials basic = target.basic();
        put(properties, "user", basic == null ? target.property("USERNAME") : basic.username());
        String password = basic == null ? target.property("PASSWORD") : basic.password();
        if (password == null && target.property("SECRET_ID") != null) {
            throw new SQLException("its credentials are in AWS Secrets Manager (SECRET_ID), which this server has not;"
                    + " give USERNAME and PASSWORD");
        }
        put(properties, "password", password);
        if (url.startsWith("jdbc:postgresql:")) {
            properties.setProperty("connectTimeout", "10");
            properties.setProperty("loginTimeout", "10");
            properties.setProperty("socketTimeout", "10");
        }
        if (Boolean.parseBoolean(target.property("JDBC_ENFORCE_SSL"))) {
            enforceSsl(properties, url);
        }
        return properties;
    }

    private static void enforceSsl(Properties properties, String url) throws SQLException {
        if (url.startsWith("jdbc:postgresql:")) {
            properties.setProperty("sslmode", "require");
        } else if (url.startsWith("jdbc:mysql:") || url.startsWith("jdbc:mariadb:")) {
            properties.setProperty("sslMode", "REQUIRED");
        } else {
            throw new SQLException("JDBC_ENFORCE_SSL can be tested for PostgreSQL and MySQL alone; ask for TLS by the"
                    + " parameters of JDBC_CONNECTION_URL");
        }
    }

    private static void put(Properties properties, String name, @Nullable String value) {
        if (value != null) {
            properties.setProperty(name, value);
        }
    }
}
