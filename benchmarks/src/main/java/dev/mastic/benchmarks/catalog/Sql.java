package dev.mastic.benchmarks.catalog;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs one statement on the benchmark's PostgreSQL. */
public final class Sql {
    private Sql() {}

    /** @param arguments JDBC address, user, password, statement */
    public static void main(String[] arguments) throws SQLException {
        try (Connection connection = DriverManager.getConnection(arguments[0], arguments[1], arguments[2]);
                Statement statement = connection.createStatement()) {
            statement.execute(arguments[3]);
        }
    }
}
