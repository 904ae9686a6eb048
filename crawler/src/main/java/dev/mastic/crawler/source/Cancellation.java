package dev.mastic.crawler.source;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Tells a crawl to stop; whoever waits through it stops waiting within a tenth of a second. Thread-safe. */
public final class Cancellation {
    private static final long MILLIS_BETWEEN_LOOKS = 100;

    private volatile boolean cancelled;

    /** Asks the crawl to stop. */
    public void cancel() {
        cancelled = true;
    }

    /** Whether the crawl was asked to stop. */
    public boolean isCancelled() {
        return cancelled;
    }

    /** @throws CancelledException when the crawl was asked to stop */
    public void check() {
        if (cancelled) {
            throw new CancelledException();
        }
    }

    /**
     * Waits for a task; interrupts it when the crawl is asked to stop.
     *
     * @throws CancelledException when the crawl was asked to stop
     */
    public <T> T await(Future<T> task) {
        try {
            while (true) {
                check();
                try {
                    return task.get(MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    check();
                }
            }
        } catch (InterruptedException | CancellationException e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new CancelledException();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            task.cancel(true);
        }
    }
}
