package dev.mastic.orchestration.run;

import dev.mastic.orchestration.paging.Page;
import dev.mastic.wire.GlueJson;
import dev.mastic.wire.rest.Json;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.JobRunState;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs in PostgreSQL. Every operation runs on the caller's handle. Stateless and thread-safe. */
final class RunStore {
    private static final String SELECT = "SELECT * FROM orchestration.job_run ";

    void insert(Handle handle, RunRecord run) {
        handle.createUpdate(
                        "INSERT INTO orchestration.job_run (id, job_name, attempt, previous_run_id, trigger_name, "
                                + "state, request, arguments, script_location, bookmark_option, timeout_minutes, retries_left, "
                                + "from_events, state_detail) VALUES (:id, :job, :attempt, :previous, :trigger, :state, "
                                + ":request::json, :arguments::json, :script, :option, :timeout, :retries, :fromEvents, :detail)")
                .bind("id", run.id())
                .bind("job", run.jobName())
                .bind("attempt", run.attempt())
                .bind("previous", run.previousRunId())
                .bind("trigger", run.triggerName())
                .bind("state", run.state().toString())
                .bind("request", GlueJson.write(run.request()))
                .bind("arguments", Json.text(run.arguments()))
                .bind("script", run.scriptLocation())
                .bind("option", run.bookmarkOption().name())
                .bind("timeout", run.timeoutMinutes())
                .bind("retries", run.retriesLeft())
                .bind("fromEvents", run.fromEvents())
                .bind("detail", run.stateDetail())
                .execute();
    }

    Optional<RunRecord> find(Handle handle, String runId) {
        return handle.createQuery(SELECT + "WHERE id = :id")
                .bind("id", runId)
                .map(RunRecord.MAPPER)
                .findOne();
    }

    /** The run, locked against every other change until the transaction ends. */
    Optional<RunRecord> lock(Handle handle, String runId) {
        return handle.createQuery(SELECT + "WHERE id = :id FOR UPDATE")
                .bind("id", runId)
                .map(RunRecord.MAPPER)
                .findOne();
    }

    /** The run, held as it is until the transaction ends; others may hold it too. */
    Optional<RunRecord> hold(Handle handle, String runId) {
        return handle.createQuery(SELECT + "WHERE id = :id FOR SHARE")
                .bind("id", runId)
                .map(RunRecord.MAPPER)
                .findOne();
    }

    /**
     * The run of a job.
     *
     * @throws EntityNotFoundException when there is none
     */
    RunRecord load(Handle handle, String jobName, String runId) {
        return find(handle, runId)
                .filter(run -> run.jobName().equals(jobName))
                .orElseThrow(() -> notFound(jobName, runId));
    }

    static EntityNotFoundException notFound(String jobName, String runId) {
        return EntityNotFoundException.builder()
                .message("Job run " + runId + " of job " + jobName + " not found")
                .build();
    }

    /** A job's runs, the newest first. */
    Page<RunRecord> list(Handle handle, String jobName, @Nullable Integer maxResults, @Nullable String token) {
        int size = Page.size(maxResults);
        String place = Page.place(token);
        long before;
        try {
            before = place.isEmpty() ? Long.MAX_VALUE : Long.parseLong(place);
        } catch (NumberFormatException e) {
            throw Page.invalidToken(e);
        }
        List<RunRecord> runs = handle.createQuery(
                        SELECT + "WHERE job_name = :job AND ordinal < :before ORDER BY ordinal DESC LIMIT :limit")
                .bind("job", jobName)
                .bind("before", before)
                .bind("limit", size + 1)
                .map(RunRecord.MAPPER)
                .list();
        return Page.of(runs, size, run -> Long.toString(run.ordinal()));
    }

    /** Ids of a job's runs that have not ended, also those that were committed. */
    List<String> notEnded(Handle handle, String jobName) {
        return handle.createQuery(
                        "SELECT id FROM orchestration.job_run WHERE job_name = :job AND completed_on IS NULL ORDER BY id")
                .bind("job", jobName)
                .mapTo(String.class)
                .list();
    }

    /** How many runs count against a job's MaxConcurrentRuns; the caller has locked the job. */
    int countActive(Handle handle, String jobName) {
        return handle.createQuery("SELECT count(*) FROM orchestration.job_run WHERE job_name = :job "
                        + "AND state IN ('STARTING', 'RUNNING', 'STOPPING')")
                .bind("job", jobName)
                .mapTo(Integer.class)
                .one();
    }

    /** The queue: the oldest runs that no driver was started for, locked; those that another server looks at left out. */
    List<RunRecord> lockQueued(Handle handle, int most) {
        return handle.createQuery(SELECT + "WHERE completed_on IS NULL AND launched_on IS NULL "
                        + "ORDER BY ordinal LIMIT :most FOR UPDATE SKIP LOCKED")
                .bind("most", most)
                .map(RunRecord.MAPPER)
                .list();
    }

    void launched(Handle handle, String runId, String serverId, byte[] tokenHash, Duration lease) {
        handle.createUpdate("UPDATE orchestration.job_run SET state = 'STARTING', launched_on = clock_timestamp(), "
                        + "assigned_on = NULL, started_on = NULL, launches = launches + 1, server_id = :server, "
                        + "token_hash = :hash, lease_until = clock_timestamp() + :millis * interval '1 millisecond', "
                        + "last_modified_on = clock_timestamp(), state_detail = NULL WHERE id = :id")
                .bind("id", runId)
                .bind("server", serverId)
                .bind("hash", tokenHash)
                .bind("millis", lease.toMillis())
                .execute();
    }

    /** Takes the run from its driver and puts it back into the queue. */
    void requeued(Handle handle, String runId, String detail) {
        handle.createUpdate(
                        "UPDATE orchestration.job_run SET state = 'WAITING', launched_on = NULL, assigned_on = NULL, "
                                + "started_on = NULL, token_hash = NULL, lease_until = NULL, server_id = NULL, "
                                + "last_modified_on = clock_timestamp(), state_detail = :detail WHERE id = :id")
                .bind("id", runId)
                .bind("detail", detail)
                .execute();
    }

    void renewLease(Handle handle, String runId, Duration lease) {
        handle.createUpdate("UPDATE orchestration.job_run SET "
                        + "lease_until = clock_timestamp() + :millis * interval '1 millisecond' WHERE id = :id")
                .bind("id", runId)
                .bind("millis", lease.toMillis())
                .execute();
    }

    void assigned(Handle handle, String runId) {
        handle.createUpdate("UPDATE orchestration.job_run SET assigned_on = clock_timestamp() WHERE id = :id")
                .bind("id", runId)
                .execute();
    }

    void started(Handle handle, String runId) {
        handle.createUpdate("UPDATE orchestration.job_run SET state = 'RUNNING', started_on = clock_timestamp(), "
                        + "last_modified_on = clock_timestamp() WHERE id = :id AND state = 'STARTING'")
                .bind("id", runId)
                .execute();
    }

    void stopping(Handle handle, String runId) {
        handle.createUpdate("UPDATE orchestration.job_run SET state = 'STOPPING', "
                        + "stop_requested_on = clock_timestamp(), last_modified_on = clock_timestamp() "
                        + "WHERE id = :id AND state <> 'STOPPING'")
                .bind("id", runId)
                .execute();
    }

    void ended(Handle handle, String runId, JobRunState state, @Nullable String errorMessage) {
        handle.createUpdate("UPDATE orchestration.job_run SET state = :state, error_message = :error, "
                        + "completed_on = clock_timestamp(), last_modified_on = clock_timestamp(), state_detail = NULL "
                        + "WHERE id = :id")
                .bind("id", runId)
                .bind("state", state.toString())
                .bind("error", errorMessage)
                .execute();
    }

    void committed(Handle handle, String runId, Map<String, Long> metrics) {
        handle.createUpdate("UPDATE orchestration.job_run SET state = 'RUNNING', committed_on = clock_timestamp(), "
                        + "started_on = coalesce(started_on, clock_timestamp()), metrics = :metrics::json, "
                        + "last_modified_on = clock_timestamp(), "
                        + "state_detail = 'committed; its output is being published' WHERE id = :id")
                .bind("id", runId)
                .bind("metrics", Json.text(metrics))
                .execute();
    }

    void detail(Handle handle, String runId, String detail) {
        handle.createUpdate("UPDATE orchestration.job_run SET state_detail = :detail, "
                        + "last_modified_on = clock_timestamp() WHERE id = :id AND completed_on IS NULL")
                .bind("id", runId)
                .bind("detail", detail)
                .execute();
    }

    /** Ids of active runs whose lease ran out at least so long ago. */
    List<String> leaseExpired(Handle handle, Duration margin) {
        return ids(
                handle,
                "launched_on IS NOT NULL AND lease_until + :millis * interval '1 millisecond' < clock_timestamp()",
                margin);
    }

    /** Ids of active runs that take longer than they may. */
    List<String> overdue(Handle handle) {
        return ids(
                handle,
                "launched_on IS NOT NULL AND state <> 'STOPPING' AND coalesce(started_on, launched_on) "
                        + "+ timeout_minutes * interval '1 minute' < clock_timestamp()",
                Duration.ZERO);
    }

    /** Ids of runs that were asked to stop at least so long ago. */
    List<String> stoppingSince(Handle handle, Duration grace) {
        return ids(
                handle,
                "state = 'STOPPING' AND stop_requested_on + :millis * interval '1 millisecond' < clock_timestamp()",
                grace);
    }

    /** Ids of active runs whose driver this server, or an earlier one on the same data folder, has started. */
    List<String> activeOf(Handle handle, String serverId) {
        return handle.createQuery("SELECT id FROM orchestration.job_run WHERE server_id = :server "
                        + "AND launched_on IS NOT NULL AND completed_on IS NULL AND committed_on IS NULL")
                .bind("server", serverId)
                .mapTo(String.class)
                .list();
    }

    private static List<String> ids(Handle handle, String condition, Duration duration) {
        return handle.createQuery("SELECT id FROM orchestration.job_run WHERE completed_on IS NULL "
                        + "AND committed_on IS NULL AND " + condition + " AND :millis >= 0 ORDER BY ordinal")
                .bind("millis", duration.toMillis())
                .mapTo(String.class)
                .list();
    }
}
