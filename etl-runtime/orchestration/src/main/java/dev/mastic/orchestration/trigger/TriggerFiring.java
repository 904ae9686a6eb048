package dev.mastic.orchestration.trigger;

import dev.mastic.orchestration.event.EventDeliveries;
import dev.mastic.orchestration.job.JobStore;
import dev.mastic.orchestration.run.RunStarter;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.glue.model.Action;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.Job;
import software.amazon.awssdk.services.glue.model.StartJobRunRequest;
import software.amazon.awssdk.services.glue.model.Trigger;
import software.amazon.awssdk.services.glue.model.TriggerState;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Fires EVENT triggers: when enough events wait, or the first has waited long enough, all that wait become the manifest
 * of one run, queued in the same transaction. While the job has no room for another run they go on waiting. Thread-safe.
 */
public final class TriggerFiring {
    private static final Logger LOG = LoggerFactory.getLogger(TriggerFiring.class);
    private static final int LARGEST_MANIFEST = 10_000;

    private final Jdbi jdbi;
    private final JobStore jobs;
    private final RunStarter starter;
    private final EventDeliveries deliveries;
    private final Runnable fired;
    private final TriggerStore triggers = new TriggerStore();

    /** @param fired called when a run was queued */
    public TriggerFiring(Jdbi jdbi, JobStore jobs, RunStarter starter, EventDeliveries deliveries, Runnable fired) {
        this.jdbi = jdbi;
        this.jobs = jobs;
        this.starter = starter;
        this.deliveries = deliveries;
        this.fired = fired;
    }

    /** Looks at all triggers once; tells whether one has fired. */
    public boolean fire() {
        boolean any = false;
        for (String name : jdbi.<List<String>, RuntimeException>withHandle(triggers::withWaitingEvents)) {
            try {
                if (jdbi.<Boolean, RuntimeException>inTransaction(handle -> fire(handle, name))) {
                    any = true;
                    RunStarter.queued();
                    fired.run();
                }
            } catch (GlueException e) {
                // Only a person can mend it (a job that refuses the arguments); the other triggers are not to wait.
                LOG.warn("Trigger {} cannot start its job: {}", name, e.getMessage());
            }
        }
        return any;
    }

    private boolean fire(Handle handle, String name) {
        Optional<Trigger> found = triggers.lock(handle, name);
        if (found.isEmpty() || found.get().state() != TriggerState.ACTIVATED) {
            return false;
        }
        Trigger trigger = found.get();
        EventDeliveries.Waiting waiting = deliveries.waiting(handle, name);
        Duration window = Duration.ofSeconds(TriggerDefinition.batchWindowSeconds(trigger));
        if (waiting.events() == 0
                || (waiting.events() < TriggerDefinition.batchSize(trigger)
                        && waiting.oldest().compareTo(window) < 0)) {
            return false;
        }
        Action action = trigger.actions().get(0);
        Optional<Job> job = jobs.lock(handle, action.jobName());
        if (job.isEmpty() || !starter.hasRoom(handle, job.get())) {
            return false;
        }
        String runId = starter.start(handle, run(action), new RunStarter.Origin(name, true));
        int events = deliveries.take(handle, name, runId, LARGEST_MANIFEST);
        LOG.info("Trigger {} started run {} of job {} with {} events", name, runId, action.jobName(), events);
        return true;
    }

    /** The run that an action starts. */
    static StartJobRunRequest run(Action action) {
        return StartJobRunRequest.builder()
                .jobName(action.jobName())
                .arguments(action.hasArguments() ? action.arguments() : null)
                .timeout(action.timeout())
                .securityConfiguration(action.securityConfiguration())
                .notificationProperty(action.notificationProperty())
                .build();
    }
}
