package dev.mastic.bookmarks.postgres;

import dev.mastic.bookmarks.ObjectVersion;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Which of the objects that are there the next run of a job would read, and why. Stateless and thread-safe. */
public final class NextInput {

    /** Why an object is read, or not yet. */
    public enum Reason {
        /** No run has read an object of this key. */
        NEW,
        /** As {@link #NEW}, but older than the newest object that was read. */
        LATE,
        /** A run has read another version of this key. */
        OVERWRITTEN,
        /** An active run reads it now; the next run does so only if that one fails. */
        BEING_READ
    }

    /**
     * An object that no run has processed.
     *
     * @param run the run that read another version, or that reads this one now; null when there is none
     */
    public record Planned(
            ObjectVersion object, Reason reason, @Nullable String run) {}

    /** The time of the newest object of a source that a run has read. */
    public Optional<Instant> newest(Handle handle, String jobName, String source) {
        return handle.createQuery("SELECT max(last_modified) FROM bookmarks.object_claim "
                        + "WHERE job_name = :job AND source = :source AND state = 'DONE'")
                .bind("job", jobName)
                .bind("source", source)
                .mapTo(Instant.class)
                .findFirst();
    }

    /**
     * Those among the objects that no run has processed, in the order given.
     *
     * @param newest as {@link #newest} told it
     */
    public List<Planned> compare(
            Handle handle, String jobName, String source, Optional<Instant> newest, List<ObjectVersion> objects) {
        if (objects.isEmpty()) {
            return List.of();
        }
        return ObjectArrays.bind(
                        handle,
                        handle.createQuery("SELECT c.ord, same.run_id AS reader, other.run_id AS earlier FROM "
                                + ObjectArrays.ROWS
                                + " LEFT JOIN LATERAL (SELECT o.state, o.run_id FROM bookmarks.object_claim o "
                                + "WHERE o.job_name = :job AND o.source = :source AND o.bucket = c.bucket "
                                + "AND o.object_key = c.object_key AND o.etag = c.etag OFFSET 0) same ON true "
                                + "LEFT JOIN LATERAL (SELECT o.run_id FROM bookmarks.object_claim o "
                                + "WHERE o.job_name = :job AND o.source = :source AND o.bucket = c.bucket "
                                + "AND o.object_key = c.object_key AND o.state = 'DONE' AND same.state IS NULL "
                                + "ORDER BY o.version DESC LIMIT 1) other ON true "
                                + "WHERE same.state IS DISTINCT FROM 'DONE' ORDER BY c.ord"),
                        objects)
                .bind("job", jobName)
                .bind("source", source)
                .map((row, context) -> planned(
                        objects.get(row.getInt("ord") - 1), row.getString("reader"), row.getString("earlier"), newest))
                .list();
    }

    private static Planned planned(
            ObjectVersion object, @Nullable String reader, @Nullable String earlier, Optional<Instant> newest) {
        if (reader != null) {
            return new Planned(object, Reason.BEING_READ, reader);
        }
        if (earlier != null) {
            return new Planned(object, Reason.OVERWRITTEN, earlier);
        }
        boolean late = newest.isPresent() && object.lastModified().isBefore(newest.get());
        return new Planned(object, late ? Reason.LATE : Reason.NEW, null);
    }
}
