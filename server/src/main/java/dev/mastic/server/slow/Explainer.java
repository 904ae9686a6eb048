package dev.mastic.server.slow;

import net.ttddyy.dsproxy.proxy.ParameterSetOperation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.sql.DataSource;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Asks PostgreSQL how it answers a statement, without running it, and each statement once a minute at most. For one
 * thread.
 */
final class Explainer {
    private static final Logger LOG = LoggerFactory.getLogger(Explainer.class);
    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final int MOST_KEPT = 500;
    private static final Pattern EXPLAINED = Pattern.compile(
            "^[\\s(]*(select|insert|update|delete|merge|with|values)\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final DataSource dataSource;
    private final Clock clock;
    private final Map<String, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MOST_KEPT;
        }
    };

    private record Known(Instant until, Optional<Plan> plan) {}

    Explainer(DataSource dataSource, Clock clock) {
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /** Empty when the statement has no plan, or none could be had: the log has the reason. */
    Optional<Plan> plan(String sql, List<ParameterSetOperation> parameters) {
        Known before = known.get(sql);
        Instant now = clock.instant();
        if (before != null && now.isBefore(before.until())) {
            return before.plan();
        }
        Optional<Plan> plan = EXPLAINED.matcher(sql).matches() ? explain(sql, parameters) : Optional.empty();
        known.put(sql, new Known(now.plus(KEPT), plan));
        return plan;
    }

    private Optional<Plan> explain(String sql, List<ParameterSetOperation> parameters) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement limits = connection.createStatement();
                    PreparedStatement explain =
                            connection.prepareStatement("explain (format json, costs off) " + sql)) {
                limits.execute("set local statement_timeout = '2s'; set local lock_timeout = '500ms'");
                for (ParameterSetOperation parameter : parameters) {
                    set(explain, parameter);
                }
                try (ResultSet rows = explain.executeQuery()) {
                    return rows.next() ? Optional.of(Plan.of(rows.getString(1))) : Optional.empty();
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException | ReflectiveOperationException | RuntimeException e) {
            // Messages of PostgreSQL can quote a parameter.
            LOG.warn(
                    "The plan of a slow query is unknown: {} {}",
                    e.getClass().getSimpleName(),
                    e instanceof SQLException state ? state.getSQLState() : "");
            return Optional.empty();
        }
    }

    private static void set(PreparedStatement statement, ParameterSetOperation parameter)
            throws SQLException, ReflectiveOperationException {
        Object[] arguments = parameter.getArgs();
        if (arguments.length > 1 && arguments[1] instanceof Array array) {
            // The array belongs to the connection that ran the statement, and that is done with it.
            statement.setObject((Integer) arguments[0], array.toString(), Types.OTHER);
        } else {
            parameter.getMethod().invoke(statement, arguments);
        }
    }
}
