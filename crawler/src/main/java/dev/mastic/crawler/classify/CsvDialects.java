package dev.mastic.crawler.classify;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Finds the delimiter of a text: each candidate is tried with quotes understood, and the one under which the rows agree
 * best on their number of values, and on more of them, wins.
 *
 * @param sheet the text by the best delimiter; null when none makes a table
 * @param scores how each candidate did, for people
 */
record CsvDialects(@Nullable CsvSheet sheet, List<String> scores) {
    /** As Glue tries them. */
    private static final char[] CANDIDATES = {',', '|', '\t', ';', '\u0001'};

    private static final int ROWS = 1000;

    /** A file in which one row of ten has another number of values is a log or prose rather than a table. */
    private static final double LEAST_FITTING = 0.9;

    CsvDialects {
        scores = List.copyOf(scores);
    }

    static CsvDialects of(String text) {
        List<String> scores = new ArrayList<>();
        @Nullable CsvSheet best = null;
        double bestScore = 0;
        for (char candidate : CANDIDATES) {
            if (text.indexOf(candidate) < 0) {
                continue;
            }
            CsvSheet sheet = CsvSheet.parse(text, candidate, ROWS);
            double score = score(sheet);
            scores.add(String.format(
                    Locale.ROOT,
                    "delimiter %s: %d columns in %.1f %% of %d rows, score %.3f",
                    shown(candidate),
                    sheet.width(),
                    100 * sheet.fitting(),
                    sheet.rows().size(),
                    score));
            if (score > bestScore) {
                best = sheet;
                bestScore = score;
            }
        }
        return new CsvDialects(best, scores);
    }

    private static double score(CsvSheet sheet) {
        if (sheet.width() < 2 || sheet.fitting() < LEAST_FITTING) {
            return 0;
        }
        return sheet.fitting() * sheet.fitting() * (1 - 1.0 / sheet.width());
    }

    private static String shown(char delimiter) {
        return switch (delimiter) {
            case '\t' -> "tab";
            case '\u0001' -> "\\u0001";
            default -> "'" + delimiter + "'";
        };
    }
}
