package dev.mastic.spark;

import dev.mastic.spark.write.OpenUploads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * How a driver ends; the first call decides. A run that is being committed is not stopped: the server decides which of
 * the two came first.
 */
final class DriverExit {
    static final int SUCCEEDED = 0;
    static final int FAILED = 1;
    static final int ATTEMPT_LOST = 3;
    static final int SERVER_SILENT = 4;
    static final int STOPPED = 5;

    private static final Logger LOG = LoggerFactory.getLogger(DriverExit.class);
    private static final long HOOK_SECONDS = 10;

    private final AtomicBoolean ending = new AtomicBoolean();
    private final AtomicReference<State> state = new AtomicReference<>(State.WORKING);
    private volatile Runnable cancel = () -> {};

    /** Either the commit begins or the uploads may be aborted, never both. */
    private enum State {
        WORKING,
        COMMITTING,
        ENDING
    }

    /** @param cancel stops the work that is going on */
    void onStop(Runnable cancel) {
        this.cancel = cancel;
    }

    /** From here on a stop request is left to the server. Does not return when the driver is ending already. */
    void beginCommit() {
        if (!state.compareAndSet(State.WORKING, State.COMMITTING)) {
            parkForEver();
        }
    }

    /** Tells whether no commit has begun; none can begin from here on then. */
    private boolean preventCommit() {
        return state.compareAndSet(State.WORKING, State.ENDING) || state.get() == State.ENDING;
    }

    /** The user stopped the run. */
    void stopped() {
        if (preventCommit()) {
            LOG.info("Stopped on request");
            end(STOPPED, true);
        }
    }

    /** The run failed: its uploads are aborted before the failure is reported. */
    void failing() {
        if (preventCommit()) {
            cancel.run();
            OpenUploads.abortAll();
        }
    }

    void attemptLost(RuntimeException reason) {
        LOG.error("Ended: this attempt is no longer the run's active one: {}", reason.getMessage());
        end(ATTEMPT_LOST, preventCommit());
    }

    void serverSilent(RuntimeException reason) {
        LOG.error("Ended: {}", reason.getMessage());
        // Whether a commit arrived is unknown then: what was uploaded belongs to the server.
        end(SERVER_SILENT, preventCommit());
    }

    void refused(RuntimeException reason) {
        LOG.error("Ended: {}", reason.getMessage());
        end(FAILED, preventCommit());
    }

    /** Ends the process; never returns. */
    void end(int status, boolean abortUploads) {
        if (!ending.compareAndSet(false, true)) {
            parkForEver();
        }
        Thread guard = new Thread(() -> haltAfterHooks(status), "mastic-exit");
        guard.setDaemon(true);
        guard.start();
        if (abortUploads) {
            cancel.run();
            OpenUploads.abortAll();
        }
        System.exit(status);
    }

    /** Does not return when another thread is ending the process: what fails then fails because of that. */
    void yieldToEnding() {
        if (ending.get()) {
            parkForEver();
        }
    }

    private static void parkForEver() {
        while (true) {
            LockSupport.park();
        }
    }

    private static void haltAfterHooks(int status) {
        long until = System.nanoTime() + HOOK_SECONDS * 1_000_000_000L;
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
        Runtime.getRuntime().halt(status);
    }
}
