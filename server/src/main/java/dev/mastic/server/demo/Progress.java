package dev.mastic.server.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Numbered steps with a bar and the time of each. On a terminal the bar of the running step moves; elsewhere each step is
 * one line when it ends.
 */
final class Progress {
    private static final int BAR = 24;
    private static final int TITLE = 58;
    private static final int TICK_MILLIS = 120;

    private final PrintStream out;
    private final boolean terminal;
    private final int steps;
    private int step;

    Progress(PrintStream out, boolean terminal, int steps) {
        this.out = out;
        this.terminal = terminal;
        this.steps = steps;
    }

    /** What a running step tells of itself; thread-safe. */
    static final class Gauge {
        private volatile State state = new State(-1, "");

        private record State(double done, String detail) {}

        /** @param done from 0 to 1; negative when it cannot be known */
        void set(double done, String detail) {
            state = new State(done, detail);
        }
    }

    /** A step's work. */
    @FunctionalInterface
    interface Step<T> {
        T run(Gauge gauge) throws Exception;
    }

    /** Runs a step and shows it; fails as the step fails. */
    <T> T step(String title, Step<T> work) throws Exception {
        step++;
        long start = System.nanoTime();
        Gauge gauge = new Gauge();
        ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "demo-progress");
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
    void tell(String text) {
        text.lines().forEach(line -> out.println("      " + line));
    }

    private static void end(ScheduledExecutorService ticker) throws InterruptedException {
        ticker.shutdownNow();
        if (!ticker.awaitTermination(1, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The progress bar does not end");
        }
    }

    private void draw(String title, Gauge gauge, long start) {
        Gauge.State state = gauge.state;
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
        String text = String.format(Locale.ROOT, "%2d/%d %s", step, steps, title);
        return text + " ".repeat(Math.max(1, TITLE - text.length()));
    }

    private static double seconds(long start) {
        return Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
    }
}
