package dev.mastic.orchestration.event;

import dev.mastic.bookmarks.Failpoint;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Where events of buckets come in. Each is stored once, by bucket, key and sequencer (or etag, where the store gives no
 * sequencer), together with its deliveries to the triggers that want it. An event that no trigger wants is only counted,
 * and forgotten after a day; one that is older than an event of the same key that is known already is not delivered.
 * Thread-safe.
 */
public final class BucketEvents {
    private static final Duration KEEP_IGNORED = Duration.ofDays(1);
    private static final Duration KEEP_DONE = Duration.ofDays(7);

    private final Jdbi jdbi;
    private final Runnable arrived;
    private volatile Consumer<List<BucketEvent>> listener = events -> {};

    /** @param arrived called after events were stored for a trigger, when they may be read */
    public BucketEvents(Jdbi jdbi, Runnable arrived) {
        this.jdbi = jdbi;
        this.arrived = arrived;
    }

    /**
     * Lets one other part hear of all events, also of those that start no job. It is called before they are stored here,
     * and must make durable what it needs before it returns; what it throws, the sender gets, and sends again.
     */
    public void alsoTell(Consumer<List<BucketEvent>> other) {
        listener = other;
    }

    /**
     * Takes in events; when this returns they are durable. What is no creation of an object is not stored.
     *
     * @throws RuntimeException of the database when nothing was stored: the sender must send again
     */
    public Accepted accept(List<BucketEvent> events) {
        listener.accept(events);
        List<BucketEvent> creations =
                events.stream().filter(BucketEvent::isCreation).toList();
        if (creations.isEmpty()) {
            return new Accepted(events.size(), 0, 0);
        }
        Accepted accepted = jdbi.inTransaction(handle -> store(handle, events.size(), creations));
        Failpoint.SERVER_AFTER_EVENT_STORED.reach();
        if (accepted.deliveries() > 0) {
            arrived.run();
        }
        return accepted;
    }

    private static Accepted store(Handle handle, int received, List<BucketEvent> events) {
        Query query = handle.createQuery(
                "WITH incoming AS (SELECT *, max(sequencer COLLATE \"C\") OVER (PARTITION BY bucket, "
                        + "object_key) AS newest FROM unnest(:buckets, :keys, :identities, :etags, :sizes, :sequencers, :names, "
                        + ":times::timestamptz[]) "
                        + "AS e(bucket, object_key, identity, etag, size, sequencer, name, event_time)), "
                        + "stored AS (INSERT INTO orchestration.bucket_event "
                        + "(bucket, object_key, identity, etag, size, sequencer, name, event_time) "
                        + "SELECT bucket, object_key, identity, etag, size, sequencer, name, event_time FROM incoming "
                        + "ORDER BY bucket, object_key, identity ON CONFLICT DO NOTHING "
                        + "RETURNING id, bucket, object_key, sequencer), "
                        + "delivered AS (INSERT INTO orchestration.delivery (trigger_name, event_id, state) "
                        + "SELECT f.trigger_name, s.id, 'PENDING' FROM stored s JOIN orchestration.event_filter f "
                        + "ON f.bucket = s.bucket AND starts_with(s.object_key, f.prefix) "
                        + "AND right(s.object_key, length(f.suffix)) = f.suffix WHERE s.sequencer IS NULL OR NOT (EXISTS "
                        + "(SELECT 1 FROM orchestration.bucket_event n WHERE n.bucket = s.bucket "
                        + "AND n.object_key = s.object_key AND n.sequencer > s.sequencer) OR EXISTS (SELECT 1 FROM incoming n "
                        + "WHERE n.bucket = s.bucket AND n.object_key = s.object_key AND n.newest > s.sequencer)) "
                        + "RETURNING 1) "
                        + "SELECT (SELECT count(*) FROM stored) AS stored, (SELECT count(*) FROM delivered) AS delivered");
        query.registerArrayType(String.class, "text");
        query.registerArrayType(Long.class, "bigint");
        return query.bindArray("buckets", String.class, texts(events, BucketEvent::bucket))
                .bindArray("keys", String.class, texts(events, BucketEvent::key))
                .bindArray("identities", String.class, texts(events, BucketEvent::identity))
                .bindArray("etags", String.class, texts(events, BucketEvent::etag))
                .bindArray(
                        "sizes",
                        Long.class,
                        events.stream().map(BucketEvent::size).toList())
                .bindArray(
                        "sequencers",
                        String.class,
                        events.stream().map(BucketEvent::comparableSequencer).toArray())
                .bindArray("names", String.class, texts(events, BucketEvent::name))
                .bindArray(
                        "times",
                        String.class,
                        texts(events, event -> event.time().toString()))
                .map((row, context) -> new Accepted(received, row.getInt("stored"), row.getInt("delivered")))
                .one();
    }

    private static List<String> texts(
            List<BucketEvent> events, java.util.function.Function<BucketEvent, String> member) {
        return events.stream().map(member).toList();
    }

    /** Forgets events whose story is over: ignored ones after a day, processed ones after a week. */
    public void prune() {
        Instant now = Instant.now();
        jdbi.useHandle(handle -> {
            handle.createUpdate("DELETE FROM orchestration.bucket_event e USING orchestration.delivery d "
                            + "WHERE d.event_id = e.id AND e.received_on < :before AND NOT EXISTS "
                            + "(SELECT 1 FROM orchestration.delivery o WHERE o.event_id = e.id AND o.state <> 'DONE')")
                    .bind("before", now.minus(KEEP_DONE))
                    .execute();
            handle.createUpdate("DELETE FROM orchestration.bucket_event e WHERE e.received_on < :before "
                            + "AND NOT EXISTS (SELECT 1 FROM orchestration.delivery d WHERE d.event_id = e.id)")
                    .bind("before", now.minus(KEEP_IGNORED))
                    .execute();
        });
    }

    /**
     * What became of a notification.
     *
     * @param received how many events it had
     * @param stored how many of them are new
     * @param deliveries how many deliveries to triggers that makes
     */
    public record Accepted(int received, int stored, int deliveries) {}
}
