package dev.mastic.crawler.partition.layout;

import java.util.Locale;

/**
 * Precision and recall over the tables, or the partitions, of layouts.
 *
 * @param found by the grouping
 * @param expected by the truth
 * @param right found and expected
 */
public record Score(long found, long expected, long right) {
    public static final Score NONE = new Score(0, 0, 0);

    public Score plus(Score other) {
        return new Score(found + other.found, expected + other.expected, right + other.right);
    }

    /** 1 when nothing was expected and nothing found. */
    public double f1() {
        return found + expected == 0 ? 1 : 2.0 * right / (found + expected);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.3f (%d of %d, %d found)", f1(), right, expected, found);
    }
}
