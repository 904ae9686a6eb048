package dev.mastic.orchestration.job;

import dev.mastic.orchestration.paging.Page;
import dev.mastic.wire.tag.Tags;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.BatchGetJobsRequest;
import software.amazon.awssdk.services.glue.model.BatchGetJobsResponse;
import software.amazon.awssdk.services.glue.model.CreateJobRequest;
import software.amazon.awssdk.services.glue.model.CreateJobResponse;
import software.amazon.awssdk.services.glue.model.DeleteJobRequest;
import software.amazon.awssdk.services.glue.model.DeleteJobResponse;
import software.amazon.awssdk.services.glue.model.GetJobRequest;
import software.amazon.awssdk.services.glue.model.GetJobResponse;
import software.amazon.awssdk.services.glue.model.GetJobsRequest;
import software.amazon.awssdk.services.glue.model.GetJobsResponse;
import software.amazon.awssdk.services.glue.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.Job;
import software.amazon.awssdk.services.glue.model.ListJobsRequest;
import software.amazon.awssdk.services.glue.model.ListJobsResponse;
import software.amazon.awssdk.services.glue.model.UpdateJobRequest;
import software.amazon.awssdk.services.glue.model.UpdateJobResponse;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Glue's operations on job definitions. Creating a job again with the same definition is harmless; with another one it
 * is an {@link IdempotentParameterMismatchException}, as in Glue. Deleting a job deletes its bookmark and stops its runs;
 * deleting one that does not exist succeeds. Thread-safe.
 */
public final class JobOperations implements GlueClient {
    private final Jdbi jdbi;
    private final JobStore jobs;
    private final Deletion deletion;

    /** @param deletion takes away what hangs on a job, in the transaction that deletes it */
    public JobOperations(Jdbi jdbi, JobStore jobs, Deletion deletion) {
        this.jdbi = jdbi;
        this.jobs = jobs;
        this.deletion = deletion;
    }

    @Override
    public CreateJobResponse createJob(CreateJobRequest request) {
        Job job = JobDefinition.of(request, Instant.now());
        String tags = Tags.column(request.tags());
        jdbi.useTransaction(handle -> {
            if (!jobs.insert(handle, job, tags) && !sameButForTimes(jobs.load(handle, job.name()), job)) {
                throw IdempotentParameterMismatchException.builder()
                        .message("Job already submitted with different configuration: " + job.name()
                                + ". Use UpdateJob to change it")
                        .build();
            }
        });
        return CreateJobResponse.builder().name(job.name()).build();
    }

    private static boolean sameButForTimes(Job first, Job second) {
        return first.toBuilder()
                .createdOn(second.createdOn())
                .lastModifiedOn(second.lastModifiedOn())
                .build()
                .equals(second);
    }

    @Override
    public UpdateJobResponse updateJob(UpdateJobRequest request) {
        String name = required(request.jobName(), "JobName");
        if (request.jobUpdate() == null) {
            throw InvalidInputException.builder()
                    .message("JobUpdate is missing")
                    .build();
        }
        jdbi.useTransaction(handle -> {
            Job before = jobs.lock(handle, name).orElseThrow(() -> JobStore.notFound(name));
            jobs.replace(handle, JobDefinition.of(before, request.jobUpdate(), Instant.now()));
        });
        return UpdateJobResponse.builder().jobName(name).build();
    }

    @Override
    public DeleteJobResponse deleteJob(DeleteJobRequest request) {
        String name = required(request.jobName(), "JobName");
        jdbi.useTransaction(handle -> {
            Optional<Job> job = jobs.lock(handle, name);
            if (job.isPresent()) {
                deletion.deleting(handle, name);
                jobs.delete(handle, name);
            }
        });
        return DeleteJobResponse.builder().jobName(name).build();
    }

    @Override
    public GetJobResponse getJob(GetJobRequest request) {
        String name = required(request.jobName(), "JobName");
        return GetJobResponse.builder()
                .job(jdbi.<Job, RuntimeException>withHandle(handle -> jobs.load(handle, name)))
                .build();
    }

    @Override
    public GetJobsResponse getJobs(GetJobsRequest request) {
        Page<Job> page = page(Map.of(), request.maxResults(), request.nextToken());
        return GetJobsResponse.builder()
                .jobs(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    @Override
    public ListJobsResponse listJobs(ListJobsRequest request) {
        Page<Job> page = page(request.tags(), request.maxResults(), request.nextToken());
        return ListJobsResponse.builder()
                .jobNames(page.items().stream().map(Job::name).toList())
                .nextToken(page.nextToken())
                .build();
    }

    private Page<Job> page(Map<String, String> tags, @Nullable Integer maxResults, @Nullable String token) {
        return jdbi.<Page<Job>, RuntimeException>withHandle(handle -> jobs.list(handle, tags, maxResults, token));
    }

    @Override
    public BatchGetJobsResponse batchGetJobs(BatchGetJobsRequest request) {
        List<String> names = request.jobNames();
        List<Job> found = jdbi.<List<Job>, RuntimeException>withHandle(handle -> jobs.findAll(handle, names));
        List<String> foundNames = found.stream().map(Job::name).toList();
        return BatchGetJobsResponse.builder()
                .jobs(found)
                .jobsNotFound(names.stream()
                        .distinct()
                        .filter(name -> !foundNames.contains(name))
                        .toList())
                .build();
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

    /** What hangs on a job and goes with it. */
    @FunctionalInterface
    public interface Deletion {
        void deleting(Handle handle, String jobName);
    }
}
