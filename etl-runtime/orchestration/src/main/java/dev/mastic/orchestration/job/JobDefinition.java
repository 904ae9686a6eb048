package dev.mastic.orchestration.job;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.CreateJobRequest;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.Job;
import software.amazon.awssdk.services.glue.model.JobCommand;
import software.amazon.awssdk.services.glue.model.JobMode;
import software.amazon.awssdk.services.glue.model.JobUpdate;

import java.time.Instant;

/** What a job definition must be, and what it is by default. */
public final class JobDefinition {
    private static final String NEWEST_GLUE_VERSION = "5.1";
    private static final int LONGEST_TIMEOUT_MINUTES = 7 * 24 * 60;
    private static final int MOST_RETRIES = 10;

    private JobDefinition() {}

    static Job of(CreateJobRequest request, Instant now) {
        Job job = Job.builder()
                .name(request.name())
                .jobMode(request.jobMode() == null ? JobMode.SCRIPT : request.jobMode())
                .jobRunQueuingEnabled(request.jobRunQueuingEnabled())
                .description(request.description())
                .logUri(request.logUri())
                .role(request.role())
                .createdOn(now)
                .lastModifiedOn(now)
                .executionProperty(request.executionProperty())
                .command(request.command())
                .defaultArguments(request.hasDefaultArguments() ? request.defaultArguments() : null)
                .nonOverridableArguments(
                        request.hasNonOverridableArguments() ? request.nonOverridableArguments() : null)
                .connections(request.connections())
                .maxRetries(request.maxRetries())
                .timeout(request.timeout())
                .maxCapacity(request.maxCapacity())
                .workerType(request.workerType())
                .numberOfWorkers(request.numberOfWorkers())
                .securityConfiguration(request.securityConfiguration())
                .notificationProperty(request.notificationProperty())
                .glueVersion(request.glueVersion())
                .executionClass(request.executionClass())
                .sourceControlDetails(request.sourceControlDetails())
                .maintenanceWindow(request.maintenanceWindow())
                .codeGenConfigurationNodes(
                        request.hasCodeGenConfigurationNodes() ? request.codeGenConfigurationNodes() : null)
                .build();
        return checked(job);
    }

    /** The job as an update leaves it; as in Glue, what the update does not name is gone. */
    static Job of(Job before, JobUpdate update, Instant now) {
        Job job = Job.builder()
                .name(before.name())
                .createdOn(before.createdOn())
                .lastModifiedOn(now)
                .jobMode(update.jobMode() == null ? JobMode.SCRIPT : update.jobMode())
                .jobRunQueuingEnabled(update.jobRunQueuingEnabled())
                .description(update.description())
                .logUri(update.logUri())
                .role(update.role())
                .executionProperty(update.executionProperty())
                .command(update.command())
                .defaultArguments(update.hasDefaultArguments() ? update.defaultArguments() : null)
                .nonOverridableArguments(update.hasNonOverridableArguments() ? update.nonOverridableArguments() : null)
                .connections(update.connections())
                .maxRetries(update.maxRetries())
                .timeout(update.timeout())
                .maxCapacity(update.maxCapacity())
                .workerType(update.workerType())
                .numberOfWorkers(update.numberOfWorkers())
                .securityConfiguration(update.securityConfiguration())
                .notificationProperty(update.notificationProperty())
                .glueVersion(update.glueVersion())
                .executionClass(update.executionClass())
                .sourceControlDetails(update.sourceControlDetails())
                .maintenanceWindow(update.maintenanceWindow())
                .codeGenConfigurationNodes(
                        update.hasCodeGenConfigurationNodes() ? update.codeGenConfigurationNodes() : null)
                .build();
        return checked(job);
    }

    private static Job checked(Job job) {
        JobCommand command = job.command();
        if (job.name() == null || job.name().isBlank()) {
            throw invalid("Name is missing");
        }
        if (command == null || command.scriptLocation() == null) {
            throw invalid("Command.ScriptLocation is missing: name a .java or .jar file as s3://bucket/key");
        }
        String kind = command.name() == null ? "glueetl" : command.name();
        if (!kind.equals("glueetl")) {
            throw invalid("Command.Name is '" + kind + "'; only glueetl is supported yet");
        }
        if (!command.scriptLocation().matches("s3://[^/]+/.+\\.(java|jar)")) {
            throw invalid("Command.ScriptLocation is '" + command.scriptLocation()
                    + "'; expected s3://bucket/key of a .java or .jar file");
        }
        if (maxConcurrentRuns(job) < 1) {
            throw invalid("ExecutionProperty.MaxConcurrentRuns is " + maxConcurrentRuns(job) + "; use 1 or more");
        }
        if (job.maxRetries() != null && (job.maxRetries() < 0 || job.maxRetries() > MOST_RETRIES)) {
            throw invalid("MaxRetries is " + job.maxRetries() + "; use 0 to " + MOST_RETRIES);
        }
        Job complete = job.toBuilder()
                .command(command.toBuilder().name(kind).build())
                .executionProperty(property -> property.maxConcurrentRuns(maxConcurrentRuns(job)))
                .maxRetries(job.maxRetries() == null ? 0 : job.maxRetries())
                .glueVersion(job.glueVersion() == null ? NEWEST_GLUE_VERSION : job.glueVersion())
                .build();
        return complete.toBuilder().timeout(timeout(complete, job.timeout())).build();
    }

    /** How many runs of the job may be active at once. */
    public static int maxConcurrentRuns(Job job) {
        return job.executionProperty() == null || job.executionProperty().maxConcurrentRuns() == null
                ? 1
                : job.executionProperty().maxConcurrentRuns();
    }

    /**
     * A run's timeout in minutes: what was asked for, else the default of the job's Glue version.
     *
     * @throws InvalidInputException when it is not between one minute and seven days
     */
    public static int timeout(Job job, @Nullable Integer asked) {
        if (asked == null) {
            return glueMajor(job.glueVersion()) >= 5 ? 480 : 2880;
        }
        if (asked < 1 || asked > LONGEST_TIMEOUT_MINUTES) {
            throw invalid(
                    "Timeout is " + asked + " minutes; use 1 to " + LONGEST_TIMEOUT_MINUTES + ", which is seven days");
        }
        return asked;
    }

    private static int glueMajor(@Nullable String version) {
        if (version == null || !version.matches("\\d{1,3}(\\.\\d{1,3})?")) {
            throw invalid("GlueVersion is '" + version + "'; expected a number like " + NEWEST_GLUE_VERSION);
        }
        return Integer.parseInt(version.replaceFirst("\\..*", ""));
    }

    private static InvalidInputException invalid(String message) {
        return InvalidInputException.builder().message(message).build();
    }
}
