package dev.mastic.spark.read;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Many small requests to the store at once. */
public final class Parallel {
    private static final int THREADS = 16;
    private static final ExecutorService POOL = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "mastic-requests");
        thread.setDaemon(true);
        return thread;
    });

    private Parallel() {}

    /** The results of a function for each item, in their order; the first failure is thrown when all have ended. */
    public static <T, R> List<R> map(List<T> items, Function<T, R> function) {
        List<Future<R>> futures = new ArrayList<>();
        for (T item : items) {
            futures.add(POOL.submit(() -> function.apply(item)));
        }
        List<R> results = new ArrayList<>();
        RuntimeException failure = null;
        for (Future<R> future : futures) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                RuntimeException cause = e.getCause() instanceof RuntimeException known
                        ? known
                        : new IllegalStateException(e.getCause());
                failure = failure == null ? cause : failure;
            } catch (InterruptedException e) {
                futures.forEach(other -> other.cancel(true));
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while asking the store", e);
            }
        }
        if (failure != null) {
            throw failure;
        }
        return results;
    }
}
