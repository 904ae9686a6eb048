package dev.mastic.orchestration.run;

import dev.mastic.bookmarks.postgres.Bookmarks;
import dev.mastic.orchestration.job.JobStore;
import dev.mastic.orchestration.paging.Page;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.BatchStopJobRunError;
import software.amazon.awssdk.services.glue.model.BatchStopJobRunRequest;
import software.amazon.awssdk.services.glue.model.BatchStopJobRunResponse;
import software.amazon.awssdk.services.glue.model.BatchStopJobRunSuccessfulSubmission;
import software.amazon.awssdk.services.glue.model.GetJobBookmarkRequest;
import software.amazon.awssdk.services.glue.model.GetJobBookmarkResponse;
import software.amazon.awssdk.services.glue.model.GetJobRunRequest;
import software.amazon.awssdk.services.glue.model.GetJobRunResponse;
import software.amazon.awssdk.services.glue.model.GetJobRunsRequest;
import software.amazon.awssdk.services.glue.model.GetJobRunsResponse;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.JobBookmarkEntry;
import software.amazon.awssdk.services.glue.model.ResetJobBookmarkRequest;
import software.amazon.awssdk.services.glue.model.ResetJobBookmarkResponse;
import software.amazon.awssdk.services.glue.model.StartJobRunRequest;
import software.amazon.awssdk.services.glue.model.StartJobRunResponse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Glue's operations on runs and bookmarks. Thread-safe. */
final class RunOperations implements GlueClient {
    private static final int MOST_RUNS_TO_STOP = 25;

    private final Jdbi jdbi;
    private final JobStore jobs;
    private final RunStore runs;
    private final RunStarter starter;
    private final RunLifecycle lifecycle;
    private final Bookmarks bookmarks;
    private final Runnable changed;

    /** @param changed called when a run was queued or asked to stop */
    RunOperations(
            Jdbi jdbi,
            JobStore jobs,
            RunStore runs,
            RunStarter starter,
            RunLifecycle lifecycle,
            Bookmarks bookmarks,
            Runnable changed) {
        this.jdbi = jdbi;
        this.jobs = jobs;
        this.runs = runs;
        this.starter = starter;
        this.lifecycle = lifecycle;
        this.bookmarks = bookmarks;
        this.changed = changed;
    }

    @Override
    public StartJobRunResponse startJobRun(StartJobRunRequest request) {
        String id = jdbi.<String, RuntimeException>inTransaction(
                handle -> starter.start(handle, request, RunStarter.Origin.USER));
        RunStarter.queued();
        changed.run();
        return StartJobRunResponse.builder().jobRunId(id).build();
    }

    @Override
    public GetJobRunResponse getJobRun(GetJobRunRequest request) {
        String job = required(request.jobName(), "JobName");
        String run = required(request.runId(), "RunId");
        RunRecord found = jdbi.<RunRecord, RuntimeException>withHandle(handle -> runs.load(handle, job, run));
        return GetJobRunResponse.builder().jobRun(found.toJobRun()).build();
    }

    @Override
    public GetJobRunsResponse getJobRuns(GetJobRunsRequest request) {
        String job = required(request.jobName(), "JobName");
        Page<RunRecord> page = jdbi.<Page<RunRecord>, RuntimeException>withHandle(handle -> {
            jobs.load(handle, job);
            return runs.list(handle, job, request.maxResults(), request.nextToken());
        });
        return GetJobRunsResponse.builder()
                .jobRuns(page.items().stream().map(RunRecord::toJobRun).toList())
                .nextToken(page.nextToken())
                .build();
    }

    @Override
    public BatchStopJobRunResponse batchStopJobRun(BatchStopJobRunRequest request) {
        String job = required(request.jobName(), "JobName");
        List<String> ids = request.jobRunIds().stream().distinct().toList();
        if (ids.isEmpty() || ids.size() > MOST_RUNS_TO_STOP) {
            throw InvalidInputException.builder()
                    .message("JobRunIds names " + ids.size() + " runs; name 1 to " + MOST_RUNS_TO_STOP)
                    .build();
        }
        List<BatchStopJobRunSuccessfulSubmission> stopped = new ArrayList<>();
        List<BatchStopJobRunError> errors = new ArrayList<>();
        for (String id : ids) {
            Optional<BatchStopJobRunError> error = stop(job, id);
            error.ifPresentOrElse(
                    errors::add,
                    () -> stopped.add(BatchStopJobRunSuccessfulSubmission.builder()
                            .jobName(job)
                            .jobRunId(id)
                            .build()));
        }
        changed.run();
        return BatchStopJobRunResponse.builder()
                .successfulSubmissions(stopped)
                .errors(errors)
                .build();
    }

    private Optional<BatchStopJobRunError> stop(String job, String id) {
        return jdbi.<Optional<BatchStopJobRunError>, RuntimeException>inTransaction(handle -> {
            Optional<RunRecord> run =
                    runs.lock(handle, id).filter(found -> found.jobName().equals(job));
            if (run.isEmpty()) {
                return Optional.of(
                        error(job, id, "EntityNotFoundException", "Job run " + id + " of job " + job + " not found"));
            }
            if (!run.get().isOpen()) {
                return Optional.of(error(
                        job,
                        id,
                        "InvalidInputException",
                        "Job run " + id + " is "
                                + (run.get().completedOn() == null
                                        ? "committed, and its output is being published"
                                        : "already " + run.get().state())));
            }
            lifecycle.stop(handle, run.get(), "stopped by request before it was started");
            return Optional.empty();
        });
    }

    private static BatchStopJobRunError error(String job, String id, String code, String message) {
        return BatchStopJobRunError.builder()
                .jobName(job)
                .jobRunId(id)
                .errorDetail(detail -> detail.errorCode(code).errorMessage(message))
                .build();
    }

    @Override
    public GetJobBookmarkResponse getJobBookmark(GetJobBookmarkRequest request) {
        String job = required(request.jobName(), "JobName");
        JobBookmarkEntry entry = jdbi.<JobBookmarkEntry, RuntimeException>inTransaction(handle -> {
            jobs.load(handle, job);
            return bookmarks.load(handle, job, Optional.ofNullable(request.runId()));
        });
        return GetJobBookmarkResponse.builder().jobBookmarkEntry(entry).build();
    }

    @Override
    public ResetJobBookmarkResponse resetJobBookmark(ResetJobBookmarkRequest request) {
        String job = required(request.jobName(), "JobName");
        JobBookmarkEntry entry = jdbi.<JobBookmarkEntry, RuntimeException>inTransaction(handle -> {
            jobs.load(handle, job);
            return request.runId() == null
                    ? bookmarks.reset(handle, job)
                    : bookmarks.rewind(handle, job, request.runId());
        });
        return ResetJobBookmarkResponse.builder().jobBookmarkEntry(entry).build();
    }

    private static String required(@Nullable String value, String member) {
        if (value == null || value.isEmpty()) {
            throw InvalidInputException.builder()
                    .message(member + " is missing")
                    .build();
        }
        return value;
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // Holds nothing that must be closed.
    }
}
