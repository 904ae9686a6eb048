package dev.mastic.orchestration;

import dev.mastic.orchestration.run.EndedRuns;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What an operator watches: what waits, what runs, what fails. Figures of what is there come from PostgreSQL, so they are
 * the same on every server; runs that ended are counted by the server that saw their end. Thread-safe.
 */
final class OrchestrationMetrics implements MeterBinder {
    private static final Logger LOG = LoggerFactory.getLogger(OrchestrationMetrics.class);
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final List<String> OPEN_STATES = List.of("WAITING", "STARTING", "RUNNING", "STOPPING");
    private static final List<String> EVENT_STATES = List.of("PENDING", "QUEUED", "PARKED");

    private final Jdbi jdbi;
    private final EndedRuns ended;
    private Snapshot latest = new Snapshot(Instant.MIN, Map.of(), Map.of(), Map.of());

    OrchestrationMetrics(Jdbi jdbi, EndedRuns ended) {
        this.jdbi = jdbi;
        this.ended = ended;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (String state : OPEN_STATES) {
            Gauge.builder("mastic.runs", () -> count(snapshot().runs(), state))
                    .description("Job runs that have not ended")
                    .tag("state", label(state))
                    .register(registry);
        }
        EndedRuns.STATES.forEach(state -> FunctionCounter.builder("mastic.runs.ended", ended, runs -> runs.of(state))
                .description("Job runs that ended on this server since it started")
                .tag("state", label(state.toString()))
                .register(registry));
        for (String state : EVENT_STATES) {
            Gauge.builder("mastic.events", () -> count(snapshot().events(), state))
                    .description("Bucket events on their way to a job; parked ones wait for POST /api/v1/events/replay")
                    .tag("state", label(state))
                    .register(registry);
        }
        for (String fate : List.of("due", "failing")) {
            Gauge.builder("mastic.publications", () -> count(snapshot().publications(), fate))
                    .description("Committed runs whose output is not visible yet; failing ones were tried in vain")
                    .tag("state", fate)
                    .register(registry);
        }
    }

    private static String label(String state) {
        return state.toLowerCase(Locale.ROOT);
    }

    private static double count(Map<String, Long> counts, String state) {
        return counts.isEmpty() ? Double.NaN : counts.getOrDefault(state, 0L);
    }

    /** One for all meters of a scrape; without figures while the database is away. */
    private synchronized Snapshot snapshot() {
        Instant now = Instant.now();
        if (latest.taken().plus(FRESH).isBefore(now)) {
            try {
                latest = jdbi.<Snapshot, RuntimeException>withHandle(handle -> new Snapshot(
                        now,
                        counts(
                                handle,
                                "SELECT state, count(*) FROM orchestration.job_run WHERE completed_on IS NULL GROUP BY state"),
                        counts(
                                handle,
                                "SELECT state, count(*) FROM orchestration.delivery WHERE state <> 'DONE' GROUP BY state"),
                        counts(
                                handle,
                                "SELECT CASE attempts WHEN 0 THEN 'due' ELSE 'failing' END AS state, count(*)"
                                        + " FROM bookmarks.publication WHERE state = 'COMMITTED' GROUP BY 1")));
            } catch (RuntimeException e) {
                LOG.warn("The figures of runs and events could not be read: {}", e.toString());
                latest = new Snapshot(now, Map.of(), Map.of(), Map.of());
            }
        }
        return latest;
    }

    private static Map<String, Long> counts(Handle handle, String sql) {
        Map<String, Long> counts = new HashMap<>();
        handle.createQuery(sql)
                .map((row, context) -> Map.entry(row.getString("state"), row.getLong("count")))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        counts.put("", 0L);
        return counts;
    }

    private record Snapshot(
            Instant taken, Map<String, Long> runs, Map<String, Long> events, Map<String, Long> publications) {}
}
