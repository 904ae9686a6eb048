package dev.mastic.orchestration.event;

import dev.mastic.bookmarks.ObjectVersion;
import dev.mastic.bookmarks.postgres.PostgresLedger.ObjectIdentity;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The way of events to the runs that process them: PENDING until a run takes them, QUEUED with the run, DONE when it has
 * committed. When it ends without a commit they are PENDING again after a while, and PARKED after the fifth time. Every
 * operation runs on the caller's handle, in the transaction that changes the run. Thread-safe.
 */
public final class EventDeliveries {
    /** After so many runs in vain an event waits for somebody to look at it. */
    public static final int MOST_ATTEMPTS = 5;

    private static final String PENDING_NOW =
            " WHERE d.trigger_name = :trigger AND d.state = 'PENDING' " + "AND d.not_before <= clock_timestamp() ";

    private final Duration firstBackoff;

    /** @param firstBackoff how long events wait after their first run in vain; doubles each time */
    public EventDeliveries(Duration firstBackoff) {
        this.firstBackoff = firstBackoff;
    }

    /** What waits for a trigger and may be taken now. */
    public Waiting waiting(Handle handle, String trigger) {
        return handle.createQuery("SELECT count(*) AS events, "
                        + "coalesce(extract(epoch FROM clock_timestamp() - min(d.since)), 0) AS oldest "
                        + "FROM orchestration.delivery d" + PENDING_NOW)
                .bind("trigger", trigger)
                .map((row, context) ->
                        new Waiting(row.getLong("events"), Duration.ofMillis((long) (row.getDouble("oldest") * 1000))))
                .one();
    }

    /** Gives all that waits for a trigger to a run, the first events first. */
    public int take(Handle handle, String trigger, String runId, int most) {
        return handle.createUpdate("UPDATE orchestration.delivery t SET state = 'QUEUED', run_id = :run "
                        + "FROM (SELECT d.event_id FROM orchestration.delivery d" + PENDING_NOW
                        + "ORDER BY d.event_id LIMIT :most FOR UPDATE SKIP LOCKED) taken "
                        + "WHERE t.trigger_name = :trigger AND t.event_id = taken.event_id")
                .bind("trigger", trigger)
                .bind("run", runId)
                .bind("most", most)
                .execute();
    }

    /** The objects of a run's events; of several events of one key the newest. */
    public List<ObjectVersion> manifest(Handle handle, String runId) {
        return handle.createQuery("SELECT DISTINCT ON (e.bucket, e.object_key) e.bucket, e.object_key, e.etag, e.size, "
                        + "e.event_time FROM orchestration.delivery d JOIN orchestration.bucket_event e "
                        + "ON e.id = d.event_id WHERE d.run_id = :run AND d.state IN ('QUEUED', 'DONE') "
                        + "ORDER BY e.bucket, e.object_key, e.sequencer DESC NULLS LAST, e.event_time DESC, e.id DESC")
                .bind("run", runId)
                .map((row, context) -> new ObjectVersion(
                        row.getString("bucket"),
                        row.getString("object_key"),
                        row.getString("etag"),
                        row.getLong("size"),
                        row.getTimestamp("event_time").toInstant()))
                .list();
    }

    /**
     * The run has committed: its events are done, but for those whose object another run held.
     *
     * @param held objects that the run could not read; if that other run fails they must come again
     */
    public void done(Handle handle, String runId, Set<ObjectIdentity> held) {
        for (ObjectIdentity object : held) {
            handle.createUpdate(
                            "UPDATE orchestration.delivery d SET state = 'PENDING', run_id = NULL, "
                                    + "not_before = clock_timestamp() + :millis * interval '1 millisecond' "
                                    + "FROM orchestration.bucket_event e WHERE e.id = d.event_id AND d.run_id = :run "
                                    + "AND d.state = 'QUEUED' AND e.bucket = :bucket AND e.object_key = :key AND e.etag = :etag")
                    .bind("run", runId)
                    .bind("millis", firstBackoff.toMillis())
                    .bind("bucket", object.bucket())
                    .bind("key", object.key())
                    .bind("etag", object.etag())
                    .execute();
        }
        handle.createUpdate("UPDATE orchestration.delivery SET state = 'DONE', last_error = NULL "
                        + "WHERE run_id = :run AND state = 'QUEUED'")
                .bind("run", runId)
                .execute();
    }

    /** The run has ended without a commit: its events come again, or are parked when that has happened too often. */
    public void returned(Handle handle, String runId, String reason) {
        handle.createUpdate("UPDATE orchestration.delivery SET attempts = attempts + 1, last_error = :reason, "
                        + "run_id = NULL, state = CASE WHEN attempts + 1 >= :most THEN 'PARKED' ELSE 'PENDING' END, "
                        + "not_before = clock_timestamp() + :millis * power(2, attempts) * interval '1 millisecond' "
                        + "WHERE run_id = :run AND state = 'QUEUED'")
                .bind("run", runId)
                .bind("reason", reason)
                .bind("most", MOST_ATTEMPTS)
                .bind("millis", firstBackoff.toMillis())
                .execute();
    }

    /** Another attempt of the run takes its events over. */
    public void move(Handle handle, String fromRun, String toRun) {
        handle.createUpdate("UPDATE orchestration.delivery SET run_id = :to WHERE run_id = :from AND state = 'QUEUED'")
                .bind("from", fromRun)
                .bind("to", toRun)
                .execute();
    }

    /** Lets parked events start runs again; all, or those of one trigger. Tells how many. */
    int replay(Handle handle, @Nullable String trigger) {
        return handle.createUpdate("UPDATE orchestration.delivery SET state = 'PENDING', attempts = 0, "
                        + "not_before = clock_timestamp() WHERE state = 'PARKED' "
                        + "AND (:trigger::text IS NULL OR trigger_name = :trigger)")
                .bind("trigger", trigger)
                .execute();
    }

    Map<String, Long> counts(Handle handle) {
        Map<String, Long> counts = new TreeMap<>();
        handle.createQuery("SELECT coalesce(d.state, 'IGNORED') AS state, count(*) AS events "
                        + "FROM orchestration.bucket_event e LEFT JOIN orchestration.delivery d ON d.event_id = e.id "
                        + "GROUP BY 1")
                .map((row, context) -> Map.entry(row.getString("state"), row.getLong("events")))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }

    List<EventView> latest(Handle handle, @Nullable String state, int most) {
        return handle.createQuery("SELECT e.name, e.bucket, e.object_key, e.etag, e.size, e.event_time, e.received_on, "
                        + "coalesce(d.state, 'IGNORED') AS state, d.trigger_name, d.run_id, "
                        + "coalesce(d.attempts, 0) AS attempts, d.last_error "
                        + "FROM orchestration.bucket_event e LEFT JOIN orchestration.delivery d ON d.event_id = e.id "
                        + "WHERE :state::text IS NULL OR coalesce(d.state, 'IGNORED') = :state "
                        + "ORDER BY e.id DESC, d.trigger_name LIMIT :most")
                .bind("state", state)
                .bind("most", most)
                .map((row, context) -> new EventView(
                        row.getString("name"),
                        row.getString("bucket"),
                        row.getString("object_key"),
                        row.getString("etag"),
                        row.getLong("size"),
                        row.getTimestamp("event_time").toInstant(),
                        row.getTimestamp("received_on").toInstant(),
                        row.getString("state"),
                        row.getString("trigger_name"),
                        row.getString("run_id"),
                        row.getInt("attempts"),
                        row.getString("last_error")))
                .list();
    }

    /**
     * What waits for a trigger.
     *
     * @param oldest how long the first of them has waited
     */
    public record Waiting(long events, Duration oldest) {}

    /** An event as {@code GET /api/v1/events} shows it. */
    record EventView(
            String name,
            String bucket,
            String key,
            String etag,
            long size,
            Instant time,
            Instant receivedOn,
            String state,
            @Nullable String trigger,
            @Nullable String runId,
            int attempts,
            @Nullable String lastError) {}
}
