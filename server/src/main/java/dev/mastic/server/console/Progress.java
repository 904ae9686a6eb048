package dev.mastic.server.console;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * Numbered steps with a bar and the time of each. On a terminal the bar of the running step moves; elsewhere each step is
 * one line when it ends.
 */
public final class Progress {
    private static final int BAR = 24;
    private static final int TITLE = 58;
    private static final int TICK_MILLIS = 120;

    private final PrintStream out;
    private final boolean terminal;
    private final int steps;
    private int step;

    /**
     * Shows on a stream.
     *
     * @param terminal whether {@code out} can move its cursor
     * @param steps how many there are; a single one has no number
     */
    public Progress(PrintStream out, boolean terminal, int steps) {
        this.out = out;
        this.terminal = terminal;
        this.steps = steps;
    }

    /** What a running step tells of itself; thread-safe. */
    public static final class Gauge {
        private volatile Supplier<State> state = () -> new State(-1, "");

        private record State(double done, String detail) {}

        /** @param done from 0 to 1; negative when it cannot be known */
        public void set(double done, String detail) {
            State next = new State(done, detail);
            state = () -> next;
        }

        /** As {@link #set}, asked whenever the bar is drawn, by another thread. */
        public void follow(DoubleSupplier done, Supplier<String> detail) {
            state = () -> new State(done.getAsDouble(), detail.get());
        }
    }

    /** A step's work. */
    @FunctionalInterface
    public interface Step<T> {
        /** Does it, and tells of it. */
        T run(Gauge gauge) throws Exception;
    }

    /** Runs a step and shows it; fails as the step fails. */
    public <T> T step(String title, Step<T> work) throws Exception {
        step++;
        long start = System.nanoTime();
        Gauge gauge = new Gauge();
        ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
        });
        if (terminal) {
            var unused =
                    ticker.scheduleAtFixedRate(() -> draw(title, gauge, start), 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
        Callable<T> running = () -> work.run(gauge);
        try {
            T result = running.call();
            end(ticker);
            line(title, "█".repeat(BAR), start);
            return result;
        } catch (Exception | Error e) {
            end(ticker);
            line(title, "failed", start);
            throw e;
        }
    }

    /** Shows lines below the step that just ended. */
    public void tell(String text) {
        text.lines().forEach(line -> out.println("      " + line));
    }

    private static void end(ScheduledExecutorService ticker) throws InterruptedException {
        ticker.shutdownNow();
        if (!ticker.awaitTermination(1, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The progress bar does not end");
        }
    }

    private void draw(String title, Gauge gauge, long start) {
        Gauge.State state = gauge.state.get();
        String bar;
        if (state.done() < 0) {
            int at = (int) (System.nanoTime() / (TICK_MILLIS * 1_000_000L) % (BAR - 2));
            bar = "░".repeat(at) + "███" + "░".repeat(BAR - at - 3);
        } else {
            int full = (int) Math.round(Math.min(1, state.done()) * BAR);
            bar = "█".repeat(full) + "░".repeat(BAR - full);
        }
        out.printf(Locale.ROOT, "\r\033[K%s %s %5.1f s  %s", head(title), bar, seconds(start), state.detail());
        out.flush();
    }

    private void line(String title, String bar, long start) {
        out.printf(Locale.ROOT, "%s%s %s %5.1f s%n", terminal ? "\r\033[K" : "", head(title), bar, seconds(start));
        out.flush();
    }

    private String head(String title) {
        String text = steps == 1 ? title : String.format(Locale.ROOT, "%2d/%d %s", step, steps, title);
        return text + " ".repeat(Math.max(1, TITLE - text.length()));
    }

    private static double seconds(long start) {
        return Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
    }
}
