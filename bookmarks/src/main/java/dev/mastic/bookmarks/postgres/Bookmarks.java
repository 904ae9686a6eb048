package dev.mastic.bookmarks.postgres;

import dev.mastic.bookmarks.BookmarkOption;
import dev.mastic.wire.rest.Json;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.JobBookmarkEntry;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The bookmarks of all jobs with Glue's counters: {@code version} grows with every change, {@code run} with every
 * commit, {@code attempt} counts the failures since the last commit. Every operation runs on the caller's handle.
 * Stateless and thread-safe.
 */
public final class Bookmarks {
    private final PostgresLedger ledger;
    private final KeyClaims keys = new KeyClaims();

    public Bookmarks(PostgresLedger ledger) {
        this.ledger = ledger;
    }

    /**
     * Commits a run's claims and, unless its option is {@code PAUSE} or {@code DISABLE}, advances the job's bookmark.
     * To be called once for a run, in the transaction that decides the run's outcome.
     */
    public void commit(Handle handle, String jobName, String runId, BookmarkOption option) {
        if (option == BookmarkOption.ENABLE) {
            int version = handle.createQuery("INSERT INTO bookmarks.bookmark (job_name, version, run, run_id) "
                            + "VALUES (:job, 1, 1, :run) ON CONFLICT (job_name) DO UPDATE SET "
                            + "version = bookmark.version + 1, run = bookmark.run + 1, attempt = 0, "
                            + "previous_run_id = bookmark.run_id, run_id = :run RETURNING version")
                    .bind("job", jobName)
                    .bind("run", runId)
                    .mapTo(Integer.class)
                    .one();
            handle.createUpdate("INSERT INTO bookmarks.bookmark_commit "
                            + "(job_name, version, run, attempt, run_id, previous_run_id) "
                            + "SELECT job_name, version, run, attempt, run_id, previous_run_id FROM bookmarks.bookmark "
                            + "WHERE job_name = :job")
                    .bind("job", jobName)
                    .execute();
            ledger.commitClaims(handle, runId, version);
            keys.commit(handle, runId, version);
        }
        ledger.forgetHeld(handle, runId);
    }

    /** Releases a failed run's claims and counts the attempt, when the job has a bookmark. */
    public void fail(Handle handle, String jobName, String runId) {
        ledger.release(handle, runId);
        handle.createUpdate("UPDATE bookmarks.bookmark SET version = version + 1, attempt = attempt + 1 "
                        + "WHERE job_name = :job")
                .bind("job", jobName)
                .execute();
    }

    /**
     * The bookmark of a job as GetJobBookmark tells it.
     *
     * @param runId the bookmark as that run left it; the present one when empty
     * @throws EntityNotFoundException when the job has no bookmark, or the run is none of those that made it
     */
    public JobBookmarkEntry load(Handle handle, String jobName, Optional<String> runId) {
        JobBookmarkEntry entry = counters(handle, jobName, runId);
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("sources", sources(handle, jobName, entry.version()));
        Map<String, Object> byKeys = keys.progress(handle, jobName, entry.version());
        if (!byKeys.isEmpty()) {
            state.put("keys", byKeys);
        }
        return entry.toBuilder().jobBookmark(Json.text(state)).build();
    }

    /**
     * The counters of a job's bookmark, without what it knows of the sources.
     *
     * @throws EntityNotFoundException when the job has no bookmark
     */
    public JobBookmarkEntry counters(Handle handle, String jobName) {
        return counters(handle, jobName, Optional.empty());
    }

    private static JobBookmarkEntry counters(Handle handle, String jobName, Optional<String> runId) {
        String table = runId.isPresent() ? "bookmarks.bookmark_commit" : "bookmarks.bookmark";
        String ofRun = runId.isPresent() ? " AND run_id = :run" : "";
        return handle.createQuery("SELECT version, run, attempt, run_id, previous_run_id FROM " + table
                        + " WHERE job_name = :job" + ofRun)
                .bind("job", jobName)
                .bind("run", runId.orElse(""))
                .map((row, context) -> JobBookmarkEntry.builder()
                        .jobName(jobName)
                        .version(row.getInt("version"))
                        .run(row.getInt("run"))
                        .attempt(row.getInt("attempt"))
                        .runId(row.getString("run_id"))
                        .previousRunId(row.getString("previous_run_id"))
                        .build())
                .findOne()
                .orElseThrow(() -> notFound(jobName, runId));
    }

    private static Map<String, SourceProgress> sources(Handle handle, String jobName, int version) {
        Map<String, SourceProgress> sources = new LinkedHashMap<>();
        handle.createQuery("SELECT source, count(*) AS objects, sum(size) AS bytes, max(last_modified) AS newest "
                        + "FROM bookmarks.object_claim WHERE job_name = :job AND state = 'DONE' AND version <= :version "
                        + "GROUP BY source ORDER BY source")
                .bind("job", jobName)
                .bind("version", version)
                .map((row, context) -> Map.entry(
                        row.getString("source"),
                        new SourceProgress(
                                row.getLong("objects"),
                                row.getLong("bytes"),
                                row.getTimestamp("newest").toInstant())))
                .forEach(entry -> sources.put(entry.getKey(), entry.getValue()));
        return sources;
    }

    /**
     * Forgets everything that a job has processed; what an active run holds stays held. Nothing that was written is
     * touched.
     *
     * @throws EntityNotFoundException when the job has no bookmark
     */
    public JobBookmarkEntry reset(Handle handle, String jobName) {
        int changed = handle.createUpdate("UPDATE bookmarks.bookmark SET version = version + 1, run = 0, attempt = 0, "
                        + "run_id = NULL, previous_run_id = NULL WHERE job_name = :job")
                .bind("job", jobName)
                .execute();
        if (changed == 0) {
            throw notFound(jobName, Optional.empty());
        }
        forgetAfter(handle, jobName, 0);
        return load(handle, jobName, Optional.empty());
    }

    /**
     * Forgets what a job has processed after a run, so that the next run processes it again.
     *
     * @param runId a run that advanced the bookmark
     * @throws EntityNotFoundException when there is no such run
     */
    public JobBookmarkEntry rewind(Handle handle, String jobName, String runId) {
        // Locks the bookmark first, as a commit does.
        handle.createQuery("SELECT version FROM bookmarks.bookmark WHERE job_name = :job FOR UPDATE")
                .bind("job", jobName)
                .mapTo(Integer.class)
                .findOne();
        JobBookmarkEntry then = load(handle, jobName, Optional.of(runId));
        forgetAfter(handle, jobName, then.version());
        handle.createUpdate("UPDATE bookmarks.bookmark SET version = version + 1, run = :number, attempt = 0, "
                        + "run_id = :run, previous_run_id = :previous WHERE job_name = :job")
                .bind("job", jobName)
                .bind("number", then.run())
                .bind("run", runId)
                .bind("previous", then.previousRunId())
                .execute();
        return load(handle, jobName, Optional.empty());
    }

    private void forgetAfter(Handle handle, String jobName, int version) {
        keys.forgetAfter(handle, jobName, version);
        for (String sql : new String[] {
            "DELETE FROM bookmarks.object_claim WHERE job_name = :job AND state = 'DONE' AND version > :version",
            "DELETE FROM bookmarks.bookmark_commit WHERE job_name = :job AND version > :version"
        }) {
            handle.createUpdate(sql)
                    .bind("job", jobName)
                    .bind("version", version)
                    .execute();
        }
    }

    /** Deletes a job's bookmark, if it has one; what an active run holds is released when that run ends. */
    public void delete(Handle handle, String jobName) {
        forgetAfter(handle, jobName, 0);
        handle.createUpdate("DELETE FROM bookmarks.bookmark WHERE job_name = :job")
                .bind("job", jobName)
                .execute();
    }

    private static EntityNotFoundException notFound(String jobName, Optional<String> runId) {
        return EntityNotFoundException.builder()
                .message(runId.map(run -> "Job run " + run + " left no bookmark of job " + jobName
                                + ": it did not commit with job-bookmark-enable, or was rewound")
                        .orElse("Continuation for job " + jobName
                                + " not found: no run with --job-bookmark-option job-bookmark-enable has committed"))
                .build();
    }

    /**
     * What a source has processed; part of the JSON of GetJobBookmark.
     *
     * @param newest the latest modification time among the objects
     */
    record SourceProgress(long objects, long bytes, Instant newest) {}
}
