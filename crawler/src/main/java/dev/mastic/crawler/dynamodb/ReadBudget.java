package dev.mastic.crawler.dynamodb;

import dev.mastic.crawler.source.Cancellation;
import dev.mastic.crawler.source.CancelledException;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Spreads reads over time, so that they take no more capacity units a second than they may. Thread-safe. */
final class ReadBudget {
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final double unitsPerSecond;
    private final Cancellation cancellation;
    private final AtomicLong freeAt = new AtomicLong(System.nanoTime());

    ReadBudget(double unitsPerSecond, Cancellation cancellation) {
        this.unitsPerSecond = unitsPerSecond;
        this.cancellation = cancellation;
    }

    /**
     * Books what a read took; the next one waits as long as that takes at the rate.
     *
     * @param units capacity units
     */
    void spend(double units) {
        long nanos = (long) (units / unitsPerSecond * TimeUnit.SECONDS.toNanos(1));
        freeAt.accumulateAndGet(nanos, (at, added) -> Math.max(at, System.nanoTime()) + added);
    }

    /** Waits until what was booked is over. */
    void await() {
        pauseUntil(freeAt.get(), cancellation);
    }

    static void pause(long nanos, Cancellation cancellation) {
        pauseUntil(System.nanoTime() + nanos, cancellation);
    }

    private static void pauseUntil(long time, Cancellation cancellation) {
        cancellation.check();
        long left = time - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(Math.min(left, LONGEST_PAUSE_NANOS));
            cancellation.check();
            if (Thread.currentThread().isInterrupted()) {
                throw new CancelledException();
            }
            left = time - System.nanoTime();
        }
    }
}
