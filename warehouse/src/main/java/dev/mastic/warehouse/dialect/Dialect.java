package dev.mastic.warehouse.dialect;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What one kind of database understands. Stateless. */
public sealed interface Dialect extends Serializable permits PostgreSql, MySql, StandardSql {

    /** The dialect of an address that begins with {@code jdbc:}. */
    static Dialect of(String url) {
        String start = url.toLowerCase(Locale.ROOT);
        if (start.startsWith("jdbc:postgresql:")) {
            return new PostgreSql();
        }
        if (start.startsWith("jdbc:mysql:") || start.startsWith("jdbc:mariadb:")) {
            return new MySql();
        }
        return new StandardSql(start.startsWith("jdbc:derby:"), start.startsWith("jdbc:h2:"));
    }

    /** A name in quotes, exactly as it is spelt. */
    String quote(String identifier);

    /** What the driver is told so that nobody waits for ever. */
    Map<String, String> driverProperties(int secondsToConnect);

    /** What the driver is told to insist on TLS; empty when it cannot be told. */
    Map<String, String> enforceSsl();

    /** Statements that a new session begins with: bounded waiting for locks, UTC, no silent change of values. */
    List<String> sessionSettings(Duration lockWait);

    /** A statement by which a session shows times in UTC; empty for none. */
    String utcSession();

    /** Whether a schema is what JDBC calls a catalog. */
    boolean schemasAreCatalogs();

    /** The type of a column that is made for rows of a job; a text that is part of a key must be short in places. */
    String typeOf(ColumnKind kind, int precision, int scale, Use use);

    /** What a column is made for. */
    enum Use {
        KEY,
        VALUE
    }

    /**
     * Statements that make a staging table: the loaded columns as the target has them, and {@link LoadNames#ROW}.
     *
     * @param unloaded quoted names of the target's other columns
     */
    List<String> createStaging(LoadNames names, List<String> unloaded);

    /** A way to add rows to a staging table; to be used by one thread. */
    RowWriter writer(Connection connection, String staging, List<StagingColumn> columns);

    /** A statement that keeps other sessions from writing to the target until the transaction ends; empty for none. */
    List<String> lock(String target);

    /**
     * Statements that bring rows from staging to target: those that are there already by their keys are changed, the others
     * added. Without keys all are added.
     *
     * @param range a condition on {@link LoadNames#ROW} of the alias {@code s}
     */
    default List<String> merge(LoadNames names, String range) {
        String insert = "INSERT INTO " + names.target() + " (" + names.list("") + ") SELECT " + names.list("s.")
                + " FROM " + names.staging() + " s WHERE " + range;
        if (names.keys().isEmpty()) {
            return List.of(insert);
        }
        insert += " AND NOT EXISTS (SELECT 1 FROM " + names.target() + " t WHERE " + names.sameKeys("t", "s") + ")";
        return names.others().isEmpty() ? List.of(insert) : List.of(update(names, range), insert);
    }

    /** Changes the target's rows to those of the same keys in staging. */
    String update(LoadNames names, String range);

    /**
     * A value as it stands in a statement.
     *
     * @param text as the database has shown it, in UTC
     */
    String literal(StagingColumn column, String text);

    /** What ends a query of which the first row is wanted. */
    default String firstRow() {
        return " FETCH FIRST 1 ROWS ONLY";
    }

    /** The database's clock, some seconds ago. */
    String clock(int secondsAgo);

    /** An expression that shares the values of a column among buckets, from 0; empty when the database has no hash. */
    String bucket(String column, int buckets);

    /** The address that Spark recognizes the database by. */
    default String sparkUrl(String url) {
        return url;
    }

    /** Whether the database refused a row for what it holds, so that other rows may pass. */
    default boolean refusesRow(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        return state.startsWith("22") || state.startsWith("23") || state.startsWith("44");
    }

    /** Whether a statement waited too long for another session. */
    boolean isLockTimeout(SQLException failure);

    /** What to do about a failure; empty when that is not known. */
    default String fix(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        if (isLockTimeout(failure)) {
            return "another session holds a lock: wait until it ends, or end it";
        }
        if (state.startsWith("28")) {
            return "correct USERNAME and PASSWORD of the connection; the password may have expired";
        }
        if (state.startsWith("08")) {
            return "see that the database runs and that JDBC_CONNECTION_URL has its host and port";
        }
        if (state.equals("42501")) {
            return "grant the connection's user that right";
        }
        return "";
    }
}
