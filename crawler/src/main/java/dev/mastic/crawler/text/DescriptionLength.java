package dev.mastic.crawler.text;

import dev.mastic.crawler.text.Candidates.Candidate;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * How many bits it takes to write a text down when a dialect is known: the dialect that explains the text best needs the
 * fewest (minimum description length). What makes a table is cheap - rows as wide as those before, columns whose values
 * are of one form, values that come back - and what does not is dear: rows of another width, stray quotes, delimiters
 * left inside of values. So shape and types are weighed in one unit, and no threshold says what counts as a table.
 */
final class DescriptionLength {
    private static final int MOST_COLUMNS = 512;
    private static final double LOG2 = Math.log(2);
    private static final double BITS_OF_DIGIT = 3.32;
    /** A quote that stands where none can. */
    private static final double STRAY = 14;
    /** A line inside of a value. */
    private static final double INNER_LINE = 6;

    /** How likely a form is in a column that was not seen yet, in the order of the forms. */
    private static final double[] PRIORS = {0.4, 0.1, 0.1, 0.8, 0.5, 0.1, 0.15, 0.3, 0.2, 0.3, 0.15, 0.5, 0.7, 0.7};

    private static final double SUM_OF_PRIORS = Arrays.stream(PRIORS).sum();
    private static final double LEAST_FOR_SIGN = 4;
    private static final double BITS_OF_BLANK = 1;
    private static final int MOST_BLANKS = 2;
    private static final double RARE = 40;
    /** For each row of a table of one column, which most tables are not. */
    private static final double ONE_COLUMN = 3;

    private static final double OTHER_WIDTH = 12;
    private static final int LONGEST_WORD = 64;

    private static final float[] CHARACTERS = characters();

    private final String text;
    private final Map<Integer, Integer> widths = new HashMap<>();
    private final Map<Long, Integer> seen = new HashMap<>();
    private @Nullable Column[] columns = new @Nullable Column[16];
    private final Map<Long, Integer> words = new HashMap<>();
    private final Map<Long, Integer> pairs = new HashMap<>();
    private final int[] signs = new int[128];
    private final char quote;
    private final double perDelimiter;
    private final double perRow;
    private int allWords;
    private int allSigns;
    private double bits;
    private int rows;
    private int strays;
    private int inner;

    private DescriptionLength(String text, Candidate candidate) {
        this.text = text;
        this.quote = candidate.dialect().quote();
        this.perDelimiter = candidate.perDelimiter();
        this.perRow = candidate.dialect().delimiter().isEmpty() ? ONE_COLUMN : 0;
    }

    private static final class Column {
        private final int[] forms = new int[CellForm.values().length];
        private int values;
        private int quoted;
    }

    /**
     * A measured dialect.
     *
     * @param bits to write the text down
     * @param rows number of rows
     * @param width of most rows
     * @param fitting rows of that width
     * @param strays quotes that stand where none can
     * @param inner lines inside of values
     */
    record Measured(double bits, int rows, int width, int fitting, int strays, int inner) {}

    /** Measures the first part of a text by a dialect. */
    static Measured of(String text, int limit, Candidate candidate) {
        TextDialect dialect = candidate.dialect();
        DescriptionLength length = new DescriptionLength(text, candidate);
        RowScanner scanner = new RowScanner(text, 0, limit, dialect, 1 << 16);
        while (scanner.next()) {
            if (!scanner.blank() && !scanner.isComment()) {
                length.row(scanner);
            }
        }
        int width = 0;
        int fitting = 0;
        for (Map.Entry<Integer, Integer> entry : length.widths.entrySet()) {
            if (entry.getValue() > fitting || (entry.getValue() == fitting && entry.getKey() > width)) {
                width = entry.getKey();
                fitting = entry.getValue();
            }
        }
        // A delimiter that most rows lack is rather a sign inside of values.
        double rare = width == 1 && !dialect.delimiter().isEmpty() ? RARE + ONE_COLUMN * length.rows : 0;
        return new Measured(
                length.bits + candidate.doubt() + rare, length.rows, width, fitting, length.strays, length.inner);
    }

    private void row(RowScanner row) {
        int width = row.cells();
        int same = widths.getOrDefault(width, 0);
        bits += same > 0
                ? log2((rows + 1.0) / (same + 0.0))
                : log2(rows + 2.0) + 2 * log2(width + 1.0) + (rows == 0 ? 0 : OTHER_WIDTH);
        widths.merge(width, 1, Integer::sum);
        rows++;
        strays += row.strays();
        inner += row.lines() - 1;
        bits += perRow + perDelimiter * (width - 1) + STRAY * row.strays() + INNER_LINE * (row.lines() - 1);
        for (int i = 0; i < width; i++) {
            cell(column(Math.min(i, MOST_COLUMNS)), i, row);
        }
    }

    private Column column(int index) {
        if (index >= columns.length) {
            columns = Arrays.copyOf(columns, Math.max(index + 1, columns.length * 2));
        }
        @Nullable Column column = columns[index];
        if (column == null) {
            column = new Column();
            columns[index] = column;
        }
        return column;
    }

    private void cell(Column column, int index, RowScanner row) {
        int start = row.start(index);
        int end = row.end(index);
        boolean inQuotes = row.quoted(index);
        CellForm form = CellForm.of(text, start, end);
        double formBits =
                log2((column.values + SUM_OF_PRIORS) / (column.forms[form.ordinal()] + PRIORS[form.ordinal()]));
        double quoteBits =
                log2((column.values + 1.0) / ((inQuotes ? column.quoted : column.values - column.quoted) + 0.5));
        column.forms[form.ordinal()]++;
        column.values++;
        column.quoted += inQuotes ? 1 : 0;
        bits += formBits + quoteBits;
        if (form == CellForm.EMPTY) {
            return;
        }
        int from = start;
        int to = end;
        while (text.charAt(from) <= ' ') {
            from++;
        }
        while (text.charAt(to - 1) <= ' ') {
            to--;
        }
        bits += Math.min(MOST_BLANKS, from - start + end - to) * BITS_OF_BLANK;
        double written = written(form, from, to, inQuotes);
        long key = key(index, start, end);
        int before = seen.getOrDefault(key, 0);
        if (before > 0) {
            bits += Math.min(written, 1 + log2((column.values + 1.0) / before));
        } else {
            bits += written + 0.5;
        }
        seen.put(key, before + 1);
    }

    private double written(CellForm form, int start, int end, boolean inQuotes) {
        int length = end - start;
        return switch (form) {
            case EMPTY -> 0;
            case MARKER -> 2;
            case BOOLEAN -> 1;
            case WHOLE -> BITS_OF_DIGIT * length + 2;
            case FRACTION -> BITS_OF_DIGIT * (length - 1) + 3;
            case COMMA_FRACTION, AMOUNT -> BITS_OF_DIGIT * (length - 1) + 5;
            case DATE -> 16;
            case TIME -> 2.2 * length;
            case TIMESTAMP -> 14 + 2.2 * Math.max(5, length - 10);
            case ADDRESS, CODE, WORD -> 1 + text(start, end, inQuotes);
            case TEXT -> 3 + text(start, end, inQuotes);
        };
    }

    /** Words and signs that came before are cheap, wherever they stand, and more so behind the same neighbour. */
    private double text(int start, int end, boolean inQuotes) {
        double sum = 0;
        long neighbour = 0;
        int i = start;
        while (i < end) {
            char c = text.charAt(i);
            if (!Character.isLetterOrDigit(c)) {
                sum += sign(c);
                i += inQuotes && c == quote && i + 1 < end && text.charAt(i + 1) == quote ? 2 : 1;
                continue;
            }
            int from = i;
            double letters = 0;
            long hash = 7;
            while (i < end && Character.isLetterOrDigit(c = text.charAt(i)) && i - from < LONGEST_WORD) {
                letters += c < CHARACTERS.length ? CHARACTERS[c] : 5.5f;
                hash = 31 * hash + c;
                i++;
            }
            int before = words.merge(hash, 1, Integer::sum) - 1;
            allWords++;
            double alone = before > 0 ? Math.min(letters, 1 + log2(allWords / (double) before)) : letters;
            boolean word = Character.isLetter(text.charAt(from));
            sum += word ? behind(neighbour, hash, alone) : alone;
            neighbour = word ? hash : 0;
        }
        return sum;
    }

    private double behind(long neighbour, long token, double alone) {
        long pair = (neighbour * 0x9E3779B97F4A7C15L) ^ token;
        int together = pairs.merge(pair, 1, Integer::sum) - 1;
        int neighbours = pairs.merge(neighbour * 0xC2B2AE3D27D4EB4FL + 1, 1, Integer::sum) - 1;
        return together > 0 ? Math.min(alone, 0.5 + log2((neighbours + 1.0) / together)) : alone;
    }

    private double sign(char c) {
        double base = c < CHARACTERS.length ? CHARACTERS[c] : 7;
        allSigns++;
        if (c >= CHARACTERS.length) {
            return base;
        }
        int before = signs[c]++;
        return Math.min(base, Math.max(LEAST_FOR_SIGN, log2((allSigns + 64.0) / (before + 1.0))));
    }

    private static float[] characters() {
        float[] costs = new float[128];
        for (int c = 0; c < costs.length; c++) {
            if (c >= 'a' && c <= 'z') {
                costs[c] = 4.3f;
            } else if (c >= 'A' && c <= 'Z') {
                costs[c] = 5f;
            } else if (c >= '0' && c <= '9') {
                costs[c] = 4f;
            } else {
                costs[c] = c < ' ' ? 12f : 7.5f;
            }
        }
        costs[' '] = 3f;
        for (char c : ".-'/_()".toCharArray()) {
            costs[c] = 6f;
        }
        costs[','] = 6f;
        costs[';'] = 8f;
        costs['|'] = 9f;
        costs['\t'] = 9f;
        costs['\n'] = 9f;
        costs['\r'] = 1f;
        costs['"'] = 11f;
        return costs;
    }

    private long key(int column, int start, int end) {
        long hash = 1125899906842597L + column;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + text.charAt(i);
        }
        return hash * 0x9E3779B97F4A7C15L;
    }

    private static double log2(double value) {
        return Math.log(value) / LOG2;
    }
}
