package dev.mastic.registry;

import org.assertj.core.api.Condition;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Calls that begin at the same moment. */
final class Together {
    private Together() {}

    /** The answer of each call, or the exception that it threw. */
    static List<Object> run(int calls, IntFunction<Object> call) {
        ExecutorService threads = Executors.newFixedThreadPool(calls);
        try {
            CyclicBarrier start = new CyclicBarrier(calls);
            List<Future<Object>> futures = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                int index = i;
                futures.add(threads.submit(() -> {
                    start.await();
                    return call.apply(index);
                }));
            }
            List<Object> answers = new ArrayList<>();
            for (Future<Object> future : futures) {
                try {
                    answers.add(future.get());
                } catch (ExecutionException e) {
                    answers.add(e.getCause());
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    static Condition<Object> answer(Object expected) {
        return new Condition<>(expected::equals, "answer %s", expected);
    }

    static Condition<Object> failure(Class<? extends Exception> type) {
        return new Condition<>(type::isInstance, "%s", type.getSimpleName());
    }
}
