package dev.mastic.job;

/**
 * The rows of a window that a value is computed of, counted from the row that it is computed for.
 *
 * @param from the first row: negative before, 0 for the row itself; {@link Integer#MIN_VALUE} for the window's first
 * @param to the last row; {@link Integer#MAX_VALUE} for the window's last
 */
public record RowRange(int from, int to) {
    public RowRange {
        if (from > to) {
            throw new IllegalArgumentException("A window's rows from " + from + " to " + to
                    + " are none; the first must not come after the last, rowsBetween(-2, 0) for instance");
        }
    }
}
