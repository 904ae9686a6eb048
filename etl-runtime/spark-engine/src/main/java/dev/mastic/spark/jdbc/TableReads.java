package dev.mastic.spark.jdbc;

import dev.mastic.bookmarks.BookmarkOption;
import dev.mastic.bookmarks.KeyClaim;
import dev.mastic.bookmarks.KeyClaimRequest;
import dev.mastic.bookmarks.KeyInterval;
import dev.mastic.bookmarks.Ledger;
import dev.mastic.job.Jdbc;
import dev.mastic.spark.failure.JobFailure;
import dev.mastic.warehouse.connection.WarehouseConnection;
import dev.mastic.warehouse.connection.WarehouseException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.TimestampNTZType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The read steps of a run that read databases: what of them is new, and their rows. Not thread-safe. */
public final class TableReads {
    private static final Logger LOG = LoggerFactory.getLogger(TableReads.class);
    private static final String ALL = "1 = 1";
    private static final String NOTHING = "1 = 0";
    private static final String FETCH_SIZE = "1000";
    private static final int MOST_LOOKS = 50;
    private static final Pattern ALIAS = Pattern.compile("mastic_read ([A-Za-z0-9_-]+)[^A-Za-z0-9_-]*$");

    private final SparkSession spark;
    private final Function<String, WarehouseConnection> connections;
    private final Ledger ledger;
    private final BookmarkOption bookmark;
    private final Map<String, Read> reads = new LinkedHashMap<>();

    /** @param connections gives a connection of the catalog by its name */
    public TableReads(
            SparkSession spark,
            Function<String, WarehouseConnection> connections,
            Ledger ledger,
            BookmarkOption bookmark) {
        this.spark = spark;
        this.connections = connections;
        this.ledger = ledger;
        this.bookmark = bookmark;
    }

    private record Read(
            Jdbc source,
            WarehouseConnection connection,
            SqlSource sql,
            List<String> conditions,
            boolean bookmarked,
            boolean hasNew) {}

    /**
     * Finds a source and, when it takes part in the bookmark, claims what is new.
     *
     * @throws JobFailure when it cannot be read, or not by its keys
     */
    public void resolve(String step, Jdbc source) {
        WarehouseConnection connection = connections.apply(source.connection());
        SqlSource sql = SqlSource.resolve(step, connection, source);
        boolean bookmarked = !source.newRowsBy().isEmpty() && bookmark != BookmarkOption.DISABLE;
        String within = ALL;
        if (!source.newRowsBy().isEmpty()) {
            KeyColumns keys = KeyColumns.check(step, sql, connection.dialect(), source.newRowsBy());
            within = bookmarked ? claimed(step, source, connection, sql, keys) : ALL;
        }
        boolean hasNew = !within.equals(NOTHING);
        List<String> conditions = hasNew ? conditions(step, source, sql, connection, within) : List.of(NOTHING);
        reads.put(step, new Read(source, connection, sql, conditions, bookmarked, hasNew));
    }

    private static List<String> conditions(
            String step, Jdbc source, SqlSource sql, WarehouseConnection connection, String within) {
        try {
            return new Parts(step, source, sql, connection).conditions(within);
        } catch (WarehouseException e) {
            throw new JobFailure("Read '" + step + "': " + e.getMessage(), e);
        }
    }

    private String claimed(String step, Jdbc source, WarehouseConnection connection, SqlSource sql, KeyColumns keys) {
        String identity = sql.title() + " by " + keys.names();
        @Nullable
        String known = ledger.claimKeys(new KeyClaimRequest(step, identity, null, null))
                .known();
        for (int look = 0; look < MOST_LOOKS; look++) {
            Optional<String> newest = newest(step, source, connection, sql, keys, known);
            KeyClaim claim = ledger.claimKeys(new KeyClaimRequest(step, identity, known, newest.orElse(null)));
            boolean moved = claim.granted().isEmpty() && !java.util.Objects.equals(claim.known(), known);
            if (!moved) {
                return condition(step, source, keys, claim.granted());
            }
            known = claim.known();
        }
        throw new JobFailure("Read '" + step + "': other runs of the job claimed rows " + MOST_LOOKS
                + " times while this one looked for new ones; let fewer run at once");
    }

    private static String condition(String step, Jdbc source, KeyColumns keys, List<KeyInterval> granted) {
        LOG.info("{}: {} intervals of new rows by {}: {}", step, granted.size(), keys.names(), granted);
        if (granted.isEmpty()) {
            return NOTHING;
        }
        if (source.lagSeconds() > 0 && !keys.isTime()) {
            awaitTransactions(source.lagSeconds());
        }
        return granted.stream()
                .map(interval -> "(" + keys.between(interval.after(), interval.upTo()) + ")")
                .collect(Collectors.joining(" OR "));
    }

    /** Whoever chose a key below the bound has committed by then. */
    private static void awaitTransactions(int seconds) {
        try {
            Thread.sleep(Duration.ofSeconds(seconds).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for transactions to end", e);
        }
    }

    /** The keys of the newest row that may be read. */
    private static Optional<String> newest(
            String step,
            Jdbc source,
            WarehouseConnection connection,
            SqlSource sql,
            KeyColumns keys,
            @Nullable String known) {
        List<String> conditions = new ArrayList<>();
        if (known != null) {
            conditions.add("(" + keys.behind(known) + ")");
        }
        if (source.lagSeconds() > 0 && keys.isTime()) {
            conditions.add(keys.first() + " <= " + connection.dialect().clock(source.lagSeconds()));
        }
        String query = "SELECT " + keys.quoted("") + " FROM " + sql.from()
                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions)) + " ORDER BY "
                + keys.quoted(" DESC") + connection.dialect().firstRow();
        try {
            return connection.call("does not tell the newest row of '" + step + "'", session -> {
                try (Statement statement = session.createStatement();
                        ResultSet found = statement.executeQuery(query)) {
                    return found.next() ? Optional.of(KeyColumns.bound(texts(found, keys.count()))) : Optional.empty();
                }
            });
        } catch (WarehouseException e) {
            throw new JobFailure("Read '" + step + "': " + e.getMessage(), e);
        }
    }

    private static List<String> texts(ResultSet row, int count) throws SQLException {
        List<String> texts = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            texts.add(row.getString(i));
        }
        return texts;
    }

    /** Whether a step reads a database. */
    public boolean has(String step) {
        return reads.containsKey(step);
    }

    /** Whether a step takes part in the bookmark. */
    public boolean isBookmarked(String step) {
        return load(step).bookmarked();
    }

    /** Whether a step has rows to read. */
    public boolean hasNew(String step) {
        return load(step).hasNew();
    }

    private Read load(String step) {
        Read read = reads.get(step);
        if (read == null) {
            throw new IllegalStateException("Read '" + step + "' was not resolved");
        }
        return read;
    }

    /** The rows of a step; times without a zone are taken for those of UTC. */
    public Dataset<Row> rows(String step) {
        Read read = load(step);
        String table = "(SELECT * FROM " + read.sql().from() + ") "
                + read.connection().dialect().quote("mastic_read " + step);
        String url = read.connection().url();
        Dataset<Row> rows = spark.read()
                .option("preferTimestampNTZ", "true")
                .jdbc(
                        read.connection().dialect().sparkUrl(url),
                        table,
                        read.conditions().toArray(String[]::new),
                        options(read, url));
        List<Column> columns = new ArrayList<>();
        for (StructField field : rows.schema().fields()) {
            Column column = functions.col("`" + field.name().replace("`", "``") + "`");
            columns.add(
                    field.dataType() instanceof TimestampNTZType
                            ? column.cast("timestamp").as(field.name())
                            : column);
        }
        return rows.select(columns.toArray(Column[]::new));
    }

    private static Properties options(Read read, String url) {
        Properties options = read.connection().driverProperties();
        int fetchSize = read.source().fetchSize();
        options.setProperty("fetchsize", fetchSize == 0 ? FETCH_SIZE : Integer.toString(fetchSize));
        String utc = read.connection().dialect().utcSession();
        if (!utc.isEmpty()) {
            options.setProperty("sessionInitStatement", utc);
        }
        try {
            options.setProperty(
                    "driver", DriverManager.getDriver(url).getClass().getName());
        } catch (SQLException e) {
            throw new JobFailure("Connection " + read.connection().name() + " has no JDBC driver here", e);
        }
        return options;
    }

    /** The step that a relation of Spark's reads for, by the name that it was given. */
    public static Optional<String> stepOf(String table) {
        Matcher matcher = ALIAS.matcher(table);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
