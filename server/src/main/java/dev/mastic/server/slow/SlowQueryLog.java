package dev.mastic.server.slow;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import net.ttddyy.dsproxy.proxy.ParameterSetOperation;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import javax.sql.DataSource;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Logs each SQL statement that takes longer than a limit, as one line with the operation that it was for and the id of its
 * plan, never with the values of its parameters. Plans are asked for later, by one thread on one connection, so that a slow
 * database is not made slower. Thread-safe.
 */
public final class SlowQueryLog implements QueryExecutionListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SlowQueryLog.class);
    private static final int MOST_WAITING = 100;
    private static final int LONGEST_SQL = 600;
    private static final int LONGEST_SHAPE = 1_000;
    private static final long SECONDS_TO_END = 5;

    private final long millis;
    private final DataSource observed;
    private final Explainer explainer;
    private final Counter slow;
    private final ThreadPoolExecutor explaining;

    /**
     * Of the statements of a pool.
     *
     * @param pool stays the caller's
     * @param limit statements that take longer are slow
     */
    public SlowQueryLog(DataSource pool, Duration limit, MeterRegistry metrics) {
        this.millis = limit.toMillis();
        this.observed = ProxyDataSourceBuilder.create(pool).listener(this).build();
        this.explainer = new Explainer(pool, Clock.systemUTC());
        this.slow = metrics.counter("mastic.sql.slow");
        this.explaining =
                new ThreadPoolExecutor(0, 1, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), task -> {
                    Thread thread = new Thread(task, "slow-queries");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** The pool, watched. */
    public DataSource dataSource() {
        return observed;
    }

    /** A statement that was slow; {@code context} is whom it was for. */
    private record Slow(
            String sql,
            List<ParameterSetOperation> parameters,
            long millis,
            String rows,
            String outcome,
            Map<String, String> context) {
        String line(Optional<Plan> plan) {
            return "Slow query: operation=" + context.getOrDefault("operation", "-") + " requestId="
                    + context.getOrDefault("requestId", "-") + " millis=" + millis + " rows=" + rows + " outcome="
                    + outcome + " planId=" + plan.map(Plan::id).orElse("-") + " plan=\""
                    + plan.map(each -> shortened(each.shape(), LONGEST_SHAPE)).orElse("-") + "\" sql=\""
                    + shortened(sql.replaceAll("\\s+", " "), LONGEST_SQL) + "\"";
        }
    }

    @Override
    public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {
        // Only what was slow is of interest.
    }

    @Override
    public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
        if (execution.getElapsedTime() <= millis || queries.isEmpty()) {
            return;
        }
        slow.increment();
        QueryInfo query = queries.get(0);
        Slow found = new Slow(
                query.getQuery(),
                query.getParametersList().isEmpty()
                        ? List.of()
                        : List.copyOf(query.getParametersList().get(0)),
                execution.getElapsedTime(),
                rows(execution.getResult()),
                execution.isSuccess() ? "Success" : "Failure",
                Objects.requireNonNullElse(MDC.getCopyOfContextMap(), Map.of()));
        try {
            explaining.execute(() -> {
                MDC.setContextMap(found.context());
                try {
                    LOG.warn(found.line(explainer.plan(found.sql(), found.parameters())));
                } finally {
                    MDC.clear();
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.warn(found.line(Optional.empty()));
        }
    }

    /** What a statement says that it changed; how many rows a query gave is not known before they are read. */
    private static String rows(@Nullable Object result) {
        if (result instanceof Number changed) {
            return changed.toString();
        } else if (result instanceof int[] batch) {
            return Integer.toString(
                    Arrays.stream(batch).filter(each -> each > 0).sum());
        }
        return "-";
    }

    private static String shortened(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "...";
    }

    /** Logs what waits. */
    @Override
    public void close() {
        explaining.shutdown();
        try {
            if (!explaining.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
                LOG.warn(
                        "{} slow queries were not logged",
                        explaining.shutdownNow().size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
