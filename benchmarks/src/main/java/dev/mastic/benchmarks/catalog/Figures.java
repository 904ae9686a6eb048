package dev.mastic.benchmarks.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Times steps and prints them as a table. */
final class Figures {
    private Figures() {}

    interface Step {
        /** @param round 0 for the first one, which is not counted */
        void run(int round) throws Exception;
    }

    /** Runs a step that changes nothing until the compilers of both processes have seen it often. */
    static void warmUp(int times, Step step) throws Exception {
        for (int i = 0; i < times; i++) {
            step.run(0);
        }
    }

    /** Milliseconds: the median of the rounds. */
    static double median(int rounds, Step step) throws Exception {
        return median(rounds, round -> {}, step);
    }

    /**
     * Milliseconds: the median of the rounds.
     *
     * @param before runs before each step, and is not counted
     */
    static double median(int rounds, Step before, Step step) throws Exception {
        List<Long> times = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            before.run(round);
            long start = System.nanoTime();
            step.run(round);
            if (round > 0) {
                times.add(System.nanoTime() - start);
            }
        }
        times.sort(null);
        return times.get(times.size() / 2) / 1e6;
    }

    static void title(String text, Object... columns) {
        System.out.printf("%n%s%n", text);
        row("%-52s", columns);
    }

    /** @param format of the first value; numbers follow in columns of 12 */
    static void row(String format, Object... values) {
        StringBuilder line = new StringBuilder(String.format(format, values[0]));
        for (int i = 1; i < values.length; i++) {
            line.append(
                    values[i] instanceof Double number
                            ? String.format(Locale.ROOT, "%12.2f", number)
                            : String.format("%12s", values[i]));
        }
        System.out.println(line);
    }

    static void require(boolean condition, String expected) {
        if (!condition) {
            throw new IllegalStateException("Expected " + expected);
        }
    }
}
