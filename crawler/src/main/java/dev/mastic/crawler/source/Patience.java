package dev.mastic.crawler.source;

import software.amazon.awssdk.services.s3.model.S3Exception;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Requests to one store that slow down when it says so: after a 503 (SlowDown) or 429 half as many go on at once, and the
 * refused one waits longer and longer; each that succeeds lets a little more through. Thread-safe.
 */
final class Patience {
    private static final int TRIES = 8;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    private final int most;
    private final Duration firstWait;
    private double allowed;
    private int running;

    /**
     * @param most requests at once
     * @param firstWait after the first refusal; doubled each time
     */
    Patience(int most, Duration firstWait) {
        this.most = most;
        this.allowed = most;
        this.firstWait = firstWait;
    }

    /**
     * Does a request, again when the store refuses it for now.
     *
     * @throws S3Exception the last refusal, or any other error
     * @throws CancelledException when the thread is interrupted, as it is when the crawl is stopped
     */
    <T> T request(Supplier<T> request) {
        for (int i = 1; ; i++) {
            enter();
            boolean refused = false;
            try {
                return request.get();
            } catch (S3Exception e) {
                refused = e.statusCode() == UNAVAILABLE || e.statusCode() == TOO_MANY_REQUESTS;
                if (!refused || i == TRIES) {
                    throw e;
                }
            } finally {
                leave(refused);
            }
            pause(firstWait.toMillis() << (i - 1));
        }
    }

    /** How many requests may go on at once now. */
    synchronized int allowed() {
        return (int) allowed;
    }

    private synchronized void enter() {
        try {
            while (running >= (int) allowed) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        }
        running++;
    }

    private synchronized void leave(boolean refused) {
        running--;
        allowed = refused ? Math.max(1, allowed / 2) : Math.min(most, allowed + 1 / allowed);
        notifyAll();
    }

    private static void pause(long millis) {
        try {
            // Not all at the same moment again.
            Thread.sleep(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        }
    }
}
