package dev.mastic.crawler.text;

import dev.mastic.crawler.text.TextDialect.Escape;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The dialects that are possible for a text, each with what it takes to believe in it. */
final class Candidates {
    /** Delimiters of one character, and the bits that they must save before they are believed in. */
    private static final String SINGLE =
            ",\t;|\u0001\u0002\u0003\u001c\u001d\u001e\u001f\u00a6\u00a7\u00ac\u00fe~^ :#=*&";

    private static final double[] DOUBTS = {0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 3, 3, 3, 3, 6, 6, 12, 16, 12, 20, 16, 20};
    private static final String QUOTES = "\"'~`";
    private static final double[] QUOTE_DOUBTS = {1, 16, 40, 20};
    private static final double DOUBT_OF_SEVERAL = 10;
    private static final double DOUBT_OF_ONE_COLUMN = 25;
    /** Rather signs inside of values. */
    private static final Set<String> WEAK_DELIMITERS = Set.of(" ", "  ", ":", "#", "=", "*", "&");

    private static final double WEAK_PER_DELIMITER = 1.5;

    private static final double DOUBT_OF_LINES = 4;

    private final String text;
    private final int limit;
    private final TextDialect plain;
    private final List<Candidate> candidates = new ArrayList<>();

    private Candidates(String text, int limit, TextDialect plain) {
        this.text = text;
        this.limit = limit;
        this.plain = plain;
    }

    /**
     * A dialect and what speaks against it.
     *
     * @param doubt bits that it must save before it is believed in
     * @param perDelimiter the same for each delimiter
     */
    record Candidate(TextDialect dialect, double doubt, double perDelimiter) {
        /** The same with values that end with their line, whatever quotes say. */
        Candidate inLine() {
            return new Candidate(dialect.inLine(), doubt + DOUBT_OF_LINES, perDelimiter);
        }
    }

    /** All candidates of the first part of a text. */
    static List<Candidate> of(String text, int limit, Charset encoding, LineEnd lineEnd, String comment) {
        TextDialect plain =
                new TextDialect(encoding, lineEnd, "", false, false, (char) 0, Escape.DOUBLED, true, comment, 0, 0, 0);
        return new Candidates(text, limit, plain).all();
    }

    private List<Candidate> all() {
        int[] counts = new int[256];
        int[] doubled = new int[256];
        count(text, limit, counts, doubled);
        add("", false, DOUBT_OF_ONE_COLUMN);
        for (int i = 0; i < SINGLE.length(); i++) {
            char c = SINGLE.charAt(i);
            if (counts[c] == 0) {
                continue;
            }
            if (doubled[c] > 0 && doubled[c] * 4 >= counts[c] && c != ' ') {
                add(String.valueOf(new char[] {c, c}), false, 1 + DOUBTS[i]);
            }
            add(String.valueOf(c), false, DOUBTS[i]);
            if (c == ' ' && doubled[c] > 0) {
                add(" ", true, DOUBTS[i]);
                add("  ", true, DOUBTS[i]);
            }
        }
        return candidates;
    }

    private static void count(String text, int limit, int[] counts, int[] doubled) {
        for (int i = 0; i < limit; i++) {
            char c = text.charAt(i);
            if (c < counts.length) {
                counts[c]++;
                boolean before = i > 0 && text.charAt(i - 1) == c;
                boolean beforeThat = i > 1 && text.charAt(i - 2) == c;
                boolean after = i + 1 < limit && text.charAt(i + 1) == c;
                doubled[c] += before && !beforeThat && !after ? 1 : 0;
            }
        }
    }

    private void add(String delimiter, boolean collapse, double doubt) {
        TextDialect unquoted = plain.withDelimiter(delimiter, collapse);
        add(unquoted, doubt);
        for (int q = 0; q < QUOTES.length(); q++) {
            char quote = QUOTES.charAt(q);
            QuoteUse use = QuoteUse.of(text, limit, delimiter, quote);
            if (delimiter.indexOf(quote) >= 0 || !use.opens() || !use.closes()) {
                continue;
            }
            double both = doubt + QUOTE_DOUBTS[q];
            add(unquoted.withQuote(quote, Escape.DOUBLED, use.padded()), both);
            if (use.escaped()) {
                add(unquoted.withQuote(quote, Escape.BACKSLASH, use.padded()), both + 2);
            }
        }
    }

    private void add(TextDialect dialect, double doubt) {
        candidates.add(new Candidate(
                dialect,
                doubt + (dialect.delimiter().length() > 1 ? DOUBT_OF_SEVERAL : 0),
                WEAK_DELIMITERS.contains(dialect.delimiter()) ? WEAK_PER_DELIMITER : 0));
    }

    /**
     * Where a quote stands.
     *
     * @param opens somewhere at the start of a value
     * @param closes somewhere at the end of a value
     * @param padded at the start of a value with blanks before it
     * @param escaped somewhere behind a backslash
     */
    private record QuoteUse(boolean opens, boolean closes, boolean padded, boolean escaped) {
        static QuoteUse of(String text, int limit, String delimiter, char quote) {
            boolean opens = false;
            boolean closes = false;
            boolean padded = false;
            boolean escaped = false;
            for (int i = text.indexOf(quote); i >= 0 && i < limit; i = text.indexOf(quote, i + 1)) {
                int before = i;
                while (before > 0 && text.charAt(before - 1) == ' ' && !delimiter.equals(" ")) {
                    before--;
                }
                boolean start = before == 0
                        || text.charAt(before - 1) == '\n'
                        || text.charAt(before - 1) == '\r'
                        || (!delimiter.isEmpty() && text.startsWith(delimiter, before - delimiter.length()));
                opens |= start;
                padded |= start && before < i && before > 0 && text.charAt(before - 1) != '\n';
                int after = i + 1;
                while (after < limit && text.charAt(after) == ' ' && !delimiter.equals(" ")) {
                    after++;
                }
                closes |= after >= limit
                        || text.charAt(after) == '\n'
                        || text.charAt(after) == '\r'
                        || (!delimiter.isEmpty() && text.startsWith(delimiter, after));
                escaped |= i > 0 && text.charAt(i - 1) == '\\';
            }
            return new QuoteUse(opens, closes, padded, escaped);
        }
    }
}
