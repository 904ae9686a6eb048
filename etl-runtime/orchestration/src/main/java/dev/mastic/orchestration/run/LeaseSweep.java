package dev.mastic.orchestration.run;

import dev.mastic.bookmarks.postgres.PostgresLedger;
import dev.mastic.bookmarks.publish.Leftovers;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.glue.model.JobRunState;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Ends attempts whose driver is silent, too slow, or does not stop, whichever server started it; then takes away what
 * ended attempts left in the object store. To be called by one thread.
 */
final class LeaseSweep {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseSweep.class);
    private static final Duration STOP_GRACE = Duration.ofSeconds(10);
    private static final Duration LONGEST_MARGIN = Duration.ofSeconds(5);
    private static final int MOST_LAUNCHES_IN_VAIN = 3;

    private final Jdbi jdbi;
    private final RunStore runs;
    private final RunLifecycle lifecycle;
    private final PostgresLedger ledger;
    private final Leftovers leftovers;
    private final Duration lease;
    private final Set<String> cleanedOnce = new HashSet<>();

    LeaseSweep(
            Jdbi jdbi,
            RunStore runs,
            RunLifecycle lifecycle,
            PostgresLedger ledger,
            Leftovers leftovers,
            Duration lease) {
        this.jdbi = jdbi;
        this.runs = runs;
        this.lifecycle = lifecycle;
        this.ledger = ledger;
        this.leftovers = leftovers;
        this.lease = lease;
    }

    /** Looks at all runs once. */
    void sweep() {
        for (String runId :
                jdbi.<List<String>, RuntimeException>withHandle(handle -> runs.stoppingSince(handle, STOP_GRACE))) {
            lifecycle.end(
                    runId,
                    run -> run.state() == JobRunState.STOPPING,
                    JobRunState.STOPPED,
                    "stopped by request; the driver did not end by itself");
        }
        for (String runId : jdbi.<List<String>, RuntimeException>withHandle(runs::overdue)) {
            lifecycle.end(runId, RunRecord::isActive, JobRunState.TIMEOUT, "the run took longer than its Timeout");
        }
        for (String runId :
                jdbi.<List<String>, RuntimeException>withHandle(handle -> runs.leaseExpired(handle, margin()))) {
            leaseExpired(runId);
        }
        clean();
    }

    /**
     * A driver ends itself when its lease is over; it is given up a little later, so that it is gone by then, and so that
     * one which comes through at the last moment after an outage is not given up for nothing.
     */
    private Duration margin() {
        Duration half = lease.dividedBy(2);
        return half.compareTo(LONGEST_MARGIN) > 0 ? LONGEST_MARGIN : half;
    }

    private void leaseExpired(String runId) {
        boolean requeued = lifecycle.requeue(
                runId,
                run -> run.assignedOn() == null
                        && run.state() == JobRunState.STARTING
                        && run.launches() < MOST_LAUNCHES_IN_VAIN,
                "waits again because its driver never fetched the assignment");
        if (!requeued) {
            lifecycle.end(
                    runId,
                    run -> run.state() == JobRunState.STOPPING,
                    JobRunState.STOPPED,
                    "stopped by request; the driver was silent");
            lifecycle.end(
                    runId,
                    RunRecord::isActive,
                    JobRunState.FAILED,
                    "the driver was silent for longer than its lease of " + lease.toSeconds()
                            + " s: it was killed, or the machine was");
        }
    }

    /**
     * Aborts what ended runs left: once when they end, and once more when a driver that was cut off must have ended
     * itself.
     */
    private void clean() {
        List<String> staged = jdbi.<List<String>, RuntimeException>withHandle(ledger::stagedRuns);
        cleanedOnce.retainAll(staged);
        for (String runId : staged) {
            Optional<Instant> ended = jdbi.<Optional<Instant>, RuntimeException>withHandle(
                    handle -> runs.find(handle, runId).map(RunRecord::completedOn));
            if (ended.isEmpty()) {
                continue;
            }
            boolean forGood = ended.get().plus(lease.multipliedBy(2)).isBefore(Instant.now());
            if (forGood || cleanedOnce.add(runId)) {
                clean(runId, forGood);
            }
        }
    }

    private void clean(String runId, boolean forGood) {
        List<String> locations =
                jdbi.<List<String>, RuntimeException>withHandle(handle -> ledger.stagedLocations(handle, runId));
        try {
            leftovers.abort(runId, locations);
        } catch (SdkException e) {
            LOG.warn("What run {} left at {} could not be taken away yet: {}", runId, locations, e.getMessage());
            cleanedOnce.remove(runId);
            return;
        }
        if (forGood) {
            jdbi.useHandle(handle -> ledger.forgetStaged(handle, runId));
        }
    }
}
