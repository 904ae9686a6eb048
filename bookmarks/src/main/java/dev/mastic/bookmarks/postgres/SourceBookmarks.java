package dev.mastic.bookmarks.postgres;

import dev.mastic.bookmarks.ObjectVersion;
import dev.mastic.bookmarks.SourceLocation;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the bookmark of a job knows of each of its sources, and changes of a single source. Every operation runs on the
 * caller's handle, in the caller's transaction. Stateless and thread-safe.
 */
public final class SourceBookmarks {
    private static final int BATCH = 1_000;

    /** The sources of a job by name; those that an active run reads for the first time too. */
    public List<SourceProgress> progress(Handle handle, String jobName) {
        Map<String, SourceProgress> sources = new LinkedHashMap<>();
        handle.createQuery("SELECT source, bucket, count(*) FILTER (WHERE state = 'DONE') AS objects, "
                        + "coalesce(sum(size) FILTER (WHERE state = 'DONE'), 0) AS bytes, "
                        + "max(last_modified) FILTER (WHERE state = 'DONE') AS newest, "
                        + "count(*) FILTER (WHERE state = 'CLAIMED') AS being_read, "
                        + "sum(pg_column_size(o.*)) AS ledger_bytes, "
                        + "min(object_key COLLATE \"C\") AS first, max(object_key COLLATE \"C\") AS last "
                        + "FROM bookmarks.object_claim o WHERE job_name = :job "
                        + "GROUP BY source, bucket ORDER BY source, bucket")
                .bind("job", jobName)
                .map((row, context) -> new SourceProgress(
                        row.getString("source"),
                        row.getLong("objects"),
                        row.getLong("bytes"),
                        row.getTimestamp("newest") == null
                                ? null
                                : row.getTimestamp("newest").toInstant(),
                        row.getLong("being_read"),
                        row.getLong("ledger_bytes"),
                        List.of(SourceLocation.around(
                                        row.getString("bucket"), row.getString("first"), row.getString("last"))
                                .uri())))
                .forEach(source -> sources.merge(source.source(), source, SourceProgress::and));
        return List.copyOf(sources.values());
    }

    /**
     * Forgets what a job has processed of one source; what an active run holds stays held.
     *
     * @return how many versions of objects were forgotten
     * @throws EntityNotFoundException when the job has no bookmark, or that source is not in it; with those that are
     */
    public long reset(Handle handle, String jobName, String source) {
        change(handle, jobName);
        int forgotten = handle.createUpdate("DELETE FROM bookmarks.object_claim "
                        + "WHERE job_name = :job AND source = :source AND state = 'DONE'")
                .bind("job", jobName)
                .bind("source", source)
                .execute();
        if (forgotten == 0) {
            throw EntityNotFoundException.builder()
                    .message("The bookmark of job " + jobName + " has no source '" + source + "'; it has "
                            + progress(handle, jobName).stream()
                                    .map(SourceProgress::source)
                                    .toList())
                    .build();
        }
        return forgotten;
    }

    private static void change(Handle handle, String jobName) {
        int changed = handle.createUpdate("UPDATE bookmarks.bookmark SET version = version + 1 WHERE job_name = :job")
                .bind("job", jobName)
                .execute();
        if (changed == 0) {
            throw EntityNotFoundException.builder()
                    .message("Continuation for job " + jobName + " not found: it has no bookmark")
                    .build();
        }
    }

    /**
     * Remembers objects as processed without a run that reads them, and makes a bookmark when the job has none. What an
     * active run holds stays that run's.
     *
     * @param objects consumed once, in batches, before anything is locked
     * @return how many were not yet known
     */
    public long markDone(Handle handle, String jobName, String source, Stream<ObjectVersion> objects) {
        handle.execute("CREATE TEMPORARY TABLE present_object (bucket text, object_key text, etag text, size bigint, "
                + "last_modified timestamptz) ON COMMIT DROP");
        List<ObjectVersion> batch = new ArrayList<>();
        objects.forEach(object -> {
            batch.add(object);
            if (batch.size() == BATCH) {
                stage(handle, batch);
            }
        });
        stage(handle, batch);
        handle.createUpdate("INSERT INTO bookmarks.bookmark (job_name, version) VALUES (:job, 1) "
                        + "ON CONFLICT (job_name) DO UPDATE SET version = bookmark.version + 1")
                .bind("job", jobName)
                .execute();
        return handle.createUpdate("INSERT INTO bookmarks.object_claim "
                        + "(job_name, source, bucket, object_key, etag, size, last_modified, run_id, state, version) "
                        + "SELECT :job, :source, bucket, object_key, etag, size, last_modified, 'set-to-now', 'DONE', "
                        + "(SELECT version FROM bookmarks.bookmark WHERE job_name = :job) "
                        + "FROM present_object ORDER BY bucket, object_key, etag ON CONFLICT DO NOTHING")
                .bind("job", jobName)
                .bind("source", source)
                .execute();
    }

    private static void stage(Handle handle, List<ObjectVersion> batch) {
        if (!batch.isEmpty()) {
            ObjectArrays.bind(
                            handle,
                            handle.createUpdate("INSERT INTO present_object "
                                    + "SELECT bucket, object_key, etag, size, last_modified FROM " + ObjectArrays.ROWS),
                            batch)
                    .execute();
            batch.clear();
        }
    }

    /**
     * What is known of a source.
     *
     * @param source name of the read step
     * @param objects versions of objects that committed runs have read
     * @param newest the latest modification time among them; null when there are none
     * @param beingRead versions that active runs hold
     * @param ledgerBytes what the ledger's rows take, without their indexes
     * @param locations the nearest folders around all objects, one for each bucket
     */
    public record SourceProgress(
            String source,
            long objects,
            long bytes,
            @Nullable Instant newest,
            long beingRead,
            long ledgerBytes,
            List<String> locations) {
        private SourceProgress and(SourceProgress other) {
            return new SourceProgress(
                    source,
                    objects + other.objects,
                    bytes + other.bytes,
                    newest == null || (other.newest != null && other.newest.isAfter(newest)) ? other.newest : newest,
                    beingRead + other.beingRead,
                    ledgerBytes + other.ledgerBytes,
                    Stream.concat(locations.stream(), other.locations.stream()).toList());
        }
    }
}
