package dev.mastic.orchestration.loop;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A thread that does one step again and again: at once while there is more to do, otherwise after a pause or when woken.
 * A step that fails (PostgreSQL away for a while, for instance) is logged and tried again, later and later up to every
 * five seconds. Thread-safe.
 */
public final class BackgroundLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundLoop.class);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(5);
    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(10);

    private final Duration pause;
    private final Step step;
    private final Semaphore calls = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    /**
     * @param name of the thread
     * @param pause between two steps when nobody wakes the loop
     */
    public BackgroundLoop(String name, Duration pause, Step step) {
        this.pause = pause;
        this.step = step;
        this.thread = new Thread(this::loop, name);
        thread.setDaemon(true);
    }

    /** Starts the thread; to be called once. */
    public void start() {
        thread.start();
    }

    /** Ends the pause. */
    public void wake() {
        calls.release();
    }

    private void loop() {
        int failures = 0;
        while (!closed) {
            boolean more = false;
            try {
                more = step.run();
                failures = 0;
            } catch (RuntimeException | Error e) {
                // An Error too must not end the loop: the server would look well and do nothing.
                failures++;
                if (!closed) {
                    LOG.warn("{} failed {} times in a row and is tried again", thread.getName(), failures, e);
                }
            }
            if (!more && !closed) {
                rest(failures);
            }
        }
    }

    private void rest(int failures) {
        try {
            if (failures > 0) {
                long backoff = pause.toMillis() << Math.min(failures, 10);
                Thread.sleep(Math.min(Math.max(backoff, 100), LONGEST_BACKOFF.toMillis()));
            } else if (calls.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                calls.drainPermits();
            }
        } catch (InterruptedException e) {
            // Only close() interrupts; the loop sees it next.
            LOG.debug("{} woken to end", thread.getName());
        }
    }

    /** Ends the loop: interrupts a step under way and waits until it is over, ten seconds at most. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(PATIENCE_AT_CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One step of the work. */
    @FunctionalInterface
    public interface Step {
        /**
         * Does one step.
         *
         * @return whether there is more to do at once
         */
        boolean run();
    }
}
