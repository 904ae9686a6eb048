package dev.mastic.orchestration.run;

import dev.mastic.bookmarks.Failpoint;
import dev.mastic.bookmarks.postgres.BookmarkRange;
import dev.mastic.orchestration.job.JobArguments;
import dev.mastic.orchestration.job.JobDefinition;
import dev.mastic.orchestration.job.JobStore;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.ConcurrentRunsExceededException;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.Job;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.JobRunState;
import software.amazon.awssdk.services.glue.model.StartJobRunRequest;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;

/** Puts runs into the queue. Every operation runs on the caller's handle. Thread-safe. */
public final class RunStarter {
    private final SecureRandom random = new SecureRandom();
    private final JobStore jobs;
    private final RunStore runs = new RunStore();

    public RunStarter(JobStore jobs) {
        this.jobs = jobs;
    }

    /**
     * Puts a run into the queue. At MaxConcurrentRuns it waits there when the request or the job enables queuing.
     *
     * @param origin what starts it
     * @return the run's id
     * @throws EntityNotFoundException when there is no such job, or no such run to repeat
     * @throws InvalidInputException when an argument cannot be obeyed
     * @throws ConcurrentRunsExceededException when as many runs are active as may be, and queuing is not enabled
     */
    public String start(Handle handle, StartJobRunRequest request, Origin origin) {
        String name = request.jobName();
        if (name == null || name.isEmpty()) {
            throw InvalidInputException.builder().message("JobName is missing").build();
        }
        Job job = jobs.lock(handle, name).orElseThrow(() -> JobStore.notFound(name));
        Map<String, String> own = request.arguments();
        if (request.jobRunId() != null && !request.hasArguments()) {
            own = runs.load(handle, name, request.jobRunId()).request().arguments();
        } else if (request.jobRunId() != null) {
            runs.load(handle, name, request.jobRunId());
        }
        JobArguments arguments = JobArguments.resolve(job, own);
        BookmarkRange.of(arguments.values()).ifPresent(range -> range.check(handle, name));
        int timeout = JobDefinition.timeout(job, request.timeout() == null ? job.timeout() : request.timeout());
        JobRunState state = JobRunState.STARTING;
        String detail = null;
        if (!hasRoom(handle, job)) {
            boolean queuing = request.jobRunQueuingEnabled() == null
                    ? Boolean.TRUE.equals(job.jobRunQueuingEnabled())
                    : request.jobRunQueuingEnabled();
            if (!queuing) {
                throw ConcurrentRunsExceededException.builder()
                        .message("Concurrent runs exceeded for " + name + ": MaxConcurrentRuns is "
                                + JobDefinition.maxConcurrentRuns(job)
                                + ". Wait for a run to end, raise it, or set JobRunQueuingEnabled")
                        .build();
            }
            state = JobRunState.WAITING;
            detail = "waits for another run of the job to end";
        }
        JobRun shown = JobRun.builder()
                .jobMode(job.jobMode())
                .jobRunQueuingEnabled(
                        request.jobRunQueuingEnabled() == null
                                ? job.jobRunQueuingEnabled()
                                : request.jobRunQueuingEnabled())
                .arguments(own)
                .workerType(request.workerType() == null ? job.workerType() : request.workerType())
                .numberOfWorkers(request.numberOfWorkers() == null ? job.numberOfWorkers() : request.numberOfWorkers())
                .maxCapacity(request.maxCapacity() == null ? job.maxCapacity() : request.maxCapacity())
                .securityConfiguration(
                        request.securityConfiguration() == null
                                ? job.securityConfiguration()
                                : request.securityConfiguration())
                .notificationProperty(
                        request.notificationProperty() == null
                                ? job.notificationProperty()
                                : request.notificationProperty())
                .glueVersion(job.glueVersion())
                .executionClass(request.executionClass() == null ? job.executionClass() : request.executionClass())
                .logGroupName("/aws-glue/jobs")
                .build();
        String id = newId();
        runs.insert(
                handle,
                waiting(
                        id,
                        job,
                        0,
                        request.jobRunId(),
                        origin,
                        state,
                        shown,
                        arguments,
                        timeout,
                        job.maxRetries() == null ? 0 : job.maxRetries(),
                        detail));
        return id;
    }

    private static RunRecord waiting(
            String id,
            Job job,
            int attempt,
            @Nullable String previous,
            Origin origin,
            JobRunState state,
            JobRun shown,
            JobArguments arguments,
            int timeout,
            int retries,
            @Nullable String detail) {
        Instant now = Instant.now();
        return new RunRecord(
                0,
                id,
                job.name(),
                attempt,
                previous,
                origin.triggerName(),
                state,
                shown,
                arguments.values(),
                job.command().scriptLocation(),
                arguments.bookmarkOption(),
                timeout,
                retries,
                origin.fromEvents(),
                now,
                now,
                null,
                null,
                null,
                null,
                null,
                0,
                null,
                null,
                Map.of(),
                null,
                detail);
    }

    /** Queues the next attempt of a failed run, when it has one left; tells its id. */
    @Nullable
    String retry(Handle handle, RunRecord failed) {
        if (failed.retriesLeft() == 0 || jobs.find(handle, failed.jobName()).isEmpty()) {
            return null;
        }
        int attempt = failed.attempt() + 1;
        String id = failed.id().replaceFirst("_attempt_\\d+$", "") + "_attempt_" + attempt;
        runs.insert(
                handle,
                new RunRecord(
                        0,
                        id,
                        failed.jobName(),
                        attempt,
                        failed.id(),
                        failed.triggerName(),
                        JobRunState.STARTING,
                        failed.request(),
                        failed.arguments(),
                        failed.scriptLocation(),
                        failed.bookmarkOption(),
                        failed.timeoutMinutes(),
                        failed.retriesLeft() - 1,
                        failed.fromEvents(),
                        failed.queuedOn(),
                        failed.lastModifiedOn(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        0,
                        null,
                        null,
                        Map.of(),
                        null,
                        "attempt " + attempt + " after the failure of " + failed.id()));
        return id;
    }

    /** Whether another run of the job may be active; the caller has locked the job. */
    public boolean hasRoom(Handle handle, Job job) {
        return runs.countActive(handle, job.name()) < JobDefinition.maxConcurrentRuns(job);
    }

    /** To be called when the transaction that queued a run has been committed. */
    public static void queued() {
        Failpoint.SERVER_AFTER_RUN_QUEUED.reach();
    }

    private String newId() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return "jr_" + HexFormat.of().formatHex(bytes);
    }

    /**
     * What starts a run.
     *
     * @param triggerName the trigger; null when a user starts it
     * @param fromEvents whether bucket events are its manifest
     */
    public record Origin(@Nullable String triggerName, boolean fromEvents) {
        /** A user. */
        public static final Origin USER = new Origin(null, false);
    }
}
