package dev.mastic.bookmarks.postgres;

import dev.mastic.bookmarks.RunCommit;
import dev.mastic.bookmarks.StagedOutput;
import dev.mastic.warehouse.load.TableLoad;
import dev.mastic.wire.rest.Json;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The publications of all runs. Every operation runs on the caller's handle. Stateless and thread-safe. */
public final class Publications {
    private final OutputLocks locks = new OutputLocks();
    private static final String COLUMNS =
            "SELECT run_id, job_name, state, outputs, attempts, last_error, committed_on FROM bookmarks.publication ";
    private static final RowMapper<Publication> PUBLICATION = (row, context) -> new Publication(
            row.getString("run_id"),
            row.getString("job_name"),
            Publication.State.valueOf(row.getString("state")),
            Json.read(row.getString("outputs"), Outputs.class).outputs(),
            Objects.requireNonNullElse(
                    Json.read(row.getString("outputs"), Outputs.class).loads(), List.of()),
            row.getInt("attempts"),
            row.getString("last_error"),
            row.getTimestamp("committed_on").toInstant());

    /** Adds what a run is to publish, in the transaction that commits it. */
    public void add(Handle handle, String jobName, String runId, RunCommit commit) {
        handle.createUpdate("INSERT INTO bookmarks.publication (run_id, job_name, state, outputs) "
                        + "VALUES (:run, :job, 'COMMITTED', :outputs::json)")
                .bind("run", runId)
                .bind("job", jobName)
                .bind("outputs", Json.text(new Outputs(commit.outputs(), commit.loads())))
                .execute();
    }

    public Optional<Publication> find(Handle handle, String runId) {
        return handle.createQuery(COLUMNS + "WHERE run_id = :run")
                .bind("run", runId)
                .map(PUBLICATION)
                .findOne();
    }

    /**
     * Takes a publication whose time has come, and locks it until the caller's transaction ends: if the caller dies, the
     * next one takes it at once.
     */
    public Optional<Publication> lockDue(Handle handle) {
        return handle.createQuery(COLUMNS + "WHERE state = 'COMMITTED' AND next_attempt_at <= clock_timestamp() "
                        + "ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED")
                .map(PUBLICATION)
                .findOne();
    }

    /** Marks a publication as finished. */
    public void published(Handle handle, String runId) {
        handle.createUpdate("UPDATE bookmarks.publication SET state = 'PUBLISHED', published_on = clock_timestamp(), "
                        + "last_error = NULL WHERE run_id = :run AND state = 'COMMITTED'")
                .bind("run", runId)
                .execute();
        locks.release(handle, runId);
    }

    /** Notes that publishing failed, and when to try again. */
    public void failed(Handle handle, String runId, String error, Duration retryAfter) {
        handle.createUpdate("UPDATE bookmarks.publication SET attempts = attempts + 1, last_error = :error, "
                        + "next_attempt_at = clock_timestamp() + :millis * interval '1 millisecond' "
                        + "WHERE run_id = :run")
                .bind("run", runId)
                .bind("error", error)
                .bind("millis", retryAfter.toMillis())
                .execute();
    }

    /** The JSON of the column {@code outputs}. */
    record Outputs(List<StagedOutput> outputs, @Nullable List<TableLoad> loads) {}
}
