package dev.mastic.server.http;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds the memory that the bodies of requests take together: large ones wait for each other, small ones never wait.
 * Thread-safe.
 */
final class BodyBudget {
    /** So many small bodies as there are threads fit beside the large ones. */
    static final long SMALL = 256 << 10;

    private static final int UNIT = 1 << 10;
    /** With what is made of it, a body takes up to about ten times its size; half of the heap is for that. */
    private static final int SHARE_OF_HEAP = 20;

    private static final long SECONDS_TO_WAIT = 20;

    private final int units;
    private final Semaphore free;

    /** @param bytes of all large bodies at once; a larger one has them alone */
    BodyBudget(long bytes) {
        units = (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytes / UNIT));
        free = new Semaphore(units, true);
    }

    static BodyBudget ofHeap() {
        return new BodyBudget(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }

    /** Room for one body, until it is closed. */
    interface Room extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Waits for room.
     *
     * @param bytes of the body as announced; negative when it was not, which takes all the room that there is
     * @throws BusyException when no room came free within twenty seconds
     */
    Room take(long bytes) {
        if (bytes >= 0 && bytes <= SMALL) {
            return () -> {};
        }
        int wanted = bytes < 0 ? units : (int) Math.min(units, bytes / UNIT);
        try {
            if (!free.tryAcquire(wanted, SECONDS_TO_WAIT, TimeUnit.SECONDS)) {
                throw new BusyException("Too many large requests at once; send the request again in a moment");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusyException("Mastic is stopping; send the request again");
        }
        return () -> free.release(wanted);
    }

    /** No room came free. */
    static final class BusyException extends RuntimeException {
        BusyException(String message) {
            super(message);
        }
    }
}
