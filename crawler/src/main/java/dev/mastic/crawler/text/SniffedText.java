package dev.mastic.crawler.text;

import java.util.List;

/**
 * A text and how it spells its table.
 *
 * @param text without byte order mark
 * @param width columns that most rows have
 * @param fitting share of the rows that have that many values, notes above and below among them, 0 to 1
 * @param confidence 0 to 1, of the encoding and the dialect together
 * @param reasons what decided, for people
 * @param rejected the next best dialects
 */
public record SniffedText(
        String text,
        TextDialect dialect,
        int width,
        double fitting,
        double confidence,
        List<String> reasons,
        List<String> rejected) {
    public SniffedText {
        reasons = List.copyOf(reasons);
        rejected = List.copyOf(rejected);
    }
}
