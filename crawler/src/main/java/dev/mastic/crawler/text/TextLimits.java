package dev.mastic.crawler.text;

/**
 * How much of a text is read.
 *
 * @param columns values of a row beyond are left out
 * @param rows rows beyond are not read
 * @param cells values of all rows together; the row that goes beyond is the last
 */
public record TextLimits(int columns, int rows, long cells) {
    /** Enough for a megabyte of any text, and little enough for a small machine. */
    public static final TextLimits DEFAULT = new TextLimits(10_000, 1_000_000, 2_000_000);

    public TextLimits {
        if (columns < 1 || rows < 1 || cells < 1) {
            throw new IllegalArgumentException("Limits of a text must be 1 or more: " + columns + " columns, " + rows
                    + " rows, " + cells + " cells");
        }
    }
}
