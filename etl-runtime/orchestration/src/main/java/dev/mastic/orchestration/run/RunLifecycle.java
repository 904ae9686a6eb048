package dev.mastic.orchestration.run;

import dev.mastic.bookmarks.RunCommit;
import dev.mastic.bookmarks.postgres.Bookmarks;
import dev.mastic.bookmarks.postgres.PostgresLedger;
import dev.mastic.bookmarks.postgres.PostgresLedger.ObjectIdentity;
import dev.mastic.bookmarks.postgres.Publications;
import dev.mastic.orchestration.event.EventDeliveries;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.glue.model.JobRunState;

import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The turning points of a run. Each is one transaction that changes the run together with its claims and its events, so
 * that an ended run holds nothing and a committed one has lost nothing. Thread-safe.
 */
final class RunLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(RunLifecycle.class);
    private static final int LONGEST_MESSAGE = 4000;

    private final Jdbi jdbi;
    private final RunStore runs;
    private final RunStarter starter;
    private final PostgresLedger ledger;
    private final Bookmarks bookmarks;
    private final Publications publications;
    private final EventDeliveries deliveries;
    private final Runnable changed;
    private final EndedRuns endedRuns = new EndedRuns();

    /** @param changed called when a run has left the way of others, or others have joined the queue */
    RunLifecycle(
            Jdbi jdbi,
            RunStore runs,
            RunStarter starter,
            PostgresLedger ledger,
            Bookmarks bookmarks,
            Publications publications,
            EventDeliveries deliveries,
            Runnable changed) {
        this.jdbi = jdbi;
        this.runs = runs;
        this.starter = starter;
        this.ledger = ledger;
        this.bookmarks = bookmarks;
        this.publications = publications;
        this.deliveries = deliveries;
        this.changed = changed;
    }

    /**
     * Ends a run without a commit, if it is still open and the condition holds: its claims are free, its events come
     * again, and the next attempt is queued when one is left after a failure.
     *
     * @param message for JobRun.ErrorMessage
     * @return whether this call has ended it
     */
    boolean end(String runId, Predicate<RunRecord> condition, JobRunState state, @Nullable String message) {
        boolean ended = jdbi.<Boolean, RuntimeException>inTransaction(handle -> {
            Optional<RunRecord> run =
                    runs.lock(handle, runId).filter(RunRecord::isOpen).filter(condition);
            run.ifPresent(open -> end(handle, open, state, message));
            return run.isPresent();
        });
        if (ended) {
            try (RunLogContext context = RunLogContext.of(runId)) {
                LOG.info("Run {} is {}{}", runId, state, message == null ? "" : ": " + message);
            }
            changed.run();
        }
        return ended;
    }

    private void end(Handle handle, RunRecord run, JobRunState state, @Nullable String message) {
        runs.ended(handle, run.id(), state, shortened(message));
        handle.afterCommit(() -> endedRuns.count(state));
        String next = state == JobRunState.FAILED ? starter.retry(handle, run) : null;
        if (run.launchedOn() == null || state == JobRunState.STOPPED) {
            ledger.release(handle, run.id());
        } else {
            bookmarks.fail(handle, run.jobName(), run.id());
        }
        if (next == null) {
            deliveries.returned(handle, run.id(), "run " + run.id() + " " + state + suffix(shortened(message)));
        } else {
            deliveries.move(handle, run.id(), next);
        }
    }

    private static String suffix(@Nullable String message) {
        return message == null ? "" : ": " + message;
    }

    private static @Nullable String shortened(@Nullable String message) {
        if (message == null) {
            return null;
        }
        String text = message.replace("\0", "");
        return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE) + "...";
    }

    /** Takes an open run from its driver and puts it back into the queue as the same attempt. */
    boolean requeue(String runId, Predicate<RunRecord> condition, String detail) {
        boolean requeued = jdbi.<Boolean, RuntimeException>inTransaction(handle -> {
            Optional<RunRecord> run =
                    runs.lock(handle, runId).filter(RunRecord::isActive).filter(condition);
            run.ifPresent(active -> {
                ledger.release(handle, active.id());
                runs.requeued(handle, active.id(), detail);
            });
            return run.isPresent();
        });
        if (requeued) {
            try (RunLogContext context = RunLogContext.of(runId)) {
                LOG.info("Run {} is back in the queue: {}", runId, detail);
            }
            changed.run();
        }
        return requeued;
    }

    /** Stops a run on the caller's handle: a queued one at once, an active one by asking its driver. */
    void stop(Handle handle, RunRecord locked, String message) {
        if (locked.launchedOn() == null) {
            end(handle, locked, JobRunState.STOPPED, message);
        } else {
            runs.stopping(handle, locked.id());
        }
    }

    /** Commits a run that the caller has locked and found active: from here on it succeeds. */
    void commit(Handle handle, RunRecord locked, RunCommit commit) {
        Set<ObjectIdentity> held = ledger.heldByOthers(handle, locked.id());
        bookmarks.commit(handle, locked.jobName(), locked.id(), locked.bookmarkOption());
        publications.add(handle, locked.jobName(), locked.id(), commit);
        runs.committed(handle, locked.id(), commit.metrics());
        deliveries.done(handle, locked.id(), held);
    }

    EndedRuns endedRuns() {
        return endedRuns;
    }

    /** Everything of a committed run is visible. */
    void published(Handle handle, String runId) {
        publications.published(handle, runId);
        runs.ended(handle, runId, JobRunState.SUCCEEDED, null);
        handle.afterCommit(() -> endedRuns.count(JobRunState.SUCCEEDED));
    }
}
