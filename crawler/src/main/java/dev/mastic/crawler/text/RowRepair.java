package dev.mastic.crawler.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Puts rows right that have too many or too few values, by what stands in the columns of the other rows: of all ways to take
 * the line apart into as many values as the table has columns, the cheapest is taken (dynamic programming over the pieces
 * between delimiters). Bounded by the length of the line; not thread-safe.
 */
final class RowRepair {
    private static final int LONGEST_LINE = 16 << 10;
    private static final int MOST_PIECES = 400;
    private static final int MOST_WIDTH = 300;
    private static final int MOST_JOINED = 60;
    private static final int MOST_REPAIRS = 2000;
    private static final int LONGEST_SPLIT = 300;

    private static final double JOIN = 9;
    private static final double JOIN_IN_QUOTES = 0.2;
    private static final double STRAY = 9;
    private static final double SPLIT = 14;
    private static final double DROP = 6;
    private static final double INSERT = 16;
    private static final double OTHER_DELIMITER = 20;
    private static final double JOIN_OF_OTHER = 1.5;
    private static final List<String> OTHERS = List.of(",", ";", "\t", "|", " ");

    private final TextDialect dialect;
    private final int width;
    private final ColumnForms[] columns;
    private double learned;
    private int rows;
    private int repairs;

    RowRepair(TextDialect dialect, int width) {
        this.dialect = dialect;
        this.width = width;
        this.columns = new ColumnForms[Math.min(width, MOST_WIDTH)];
        Arrays.setAll(columns, any -> new ColumnForms());
    }

    /**
     * A row that was put right.
     *
     * @param values none when it could not be
     * @param what was done; empty when nothing was wrong but for quotes
     */
    record Fixed(List<String> values, String what, double cost) {
        static final Fixed NONE = new Fixed(List.of(), "", Double.MAX_VALUE);
    }

    void learn(List<String> values) {
        for (int i = 0; i < columns.length; i++) {
            columns[i].learn(values.get(i));
        }
        rows++;
        if (rows > 10) {
            learned += cost(values);
        }
    }

    /** Bits that a usual row costs. */
    double usual() {
        return rows > 10 ? 1.5 * learned / (rows - 10) + 4 : 12.0 * columns.length;
    }

    double cost(List<String> values) {
        double sum = 0;
        for (int i = 0; i < columns.length; i++) {
            sum += columns[i].cost(i < values.size() ? values.get(i) : "");
        }
        return sum;
    }

    /** A line of names, whose forms tell nothing: only quotes are put right. */
    Fixed header(String line) {
        if (width < 2 || line.length() > LONGEST_LINE || dialect.delimiter().isEmpty()) {
            return Fixed.NONE;
        }
        List<String> pieces = pieces(line, dialect.delimiter());
        if (pieces.size() == width) {
            return new Fixed(pieces.stream().map(this::clean).toList(), "", 0);
        }
        for (String other : OTHERS) {
            List<String> parts = pieces(line, other);
            if (pieces.size() == 1 && parts.size() == width) {
                return new Fixed(parts.stream().map(this::clean).toList(), "", 0);
            }
        }
        return Fixed.NONE;
    }

    /**
     * Tries to put a line right.
     *
     * @param values as the line was read
     */
    Fixed fix(String line, List<String> values) {
        if (width < 2 || width > MOST_WIDTH || line.length() > LONGEST_LINE || repairs++ > MOST_REPAIRS || rows == 0) {
            return Fixed.NONE;
        }
        Fixed best = values.size() == width ? new Fixed(values, "", cost(values) + STRAY) : Fixed.NONE;
        if (!dialect.delimiter().isEmpty()) {
            best = better(best, align(line, dialect.delimiter(), JOIN, 0));
            if (pieces(line, dialect.delimiter()).size() * 2 <= width) {
                for (String other : OTHERS) {
                    if (!other.equals(dialect.delimiter()) && line.contains(other)) {
                        best = better(
                                best, align(line, other, other.equals(" ") ? JOIN_OF_OTHER : JOIN, OTHER_DELIMITER));
                    }
                }
            }
        }
        return best.cost() <= limit() ? best : Fixed.NONE;
    }

    private double limit() {
        return usual() + 40 + 2.0 * width;
    }

    private static Fixed better(Fixed a, Fixed b) {
        return b.cost() < a.cost() ? b : a;
    }

    private Fixed align(String line, String delimiter, double join, double doubt) {
        List<String> pieces = pieces(line, delimiter);
        int n = pieces.size();
        if (n > MOST_PIECES || n < width / 2 || (long) n * width * MOST_JOINED > 4_000_000L) {
            return Fixed.NONE;
        }
        double[][] cost = new double[n + 1][width + 1];
        int[][] from = new int[n + 1][width + 1];
        for (double[] row : cost) {
            Arrays.fill(row, Double.MAX_VALUE / 4);
        }
        cost[0][0] = doubt;
        boolean few = n < width;
        for (int i = 0; i <= n; i++) {
            for (int j = 0; j <= width; j++) {
                if (cost[i][j] >= Double.MAX_VALUE / 4) {
                    continue;
                }
                step(pieces, delimiter, join, few, cost, from, i, j);
            }
        }
        return cost[n][width] >= Double.MAX_VALUE / 4 ? Fixed.NONE : fixed(pieces, delimiter, from, cost[n][width]);
    }

    private void step(
            List<String> pieces,
            String delimiter,
            double join,
            boolean few,
            double[][] cost,
            int[][] from,
            int i,
            int j) {
        double base = cost[i][j];
        int n = pieces.size();
        if (i < n && pieces.get(i).isBlank()) {
            reach(cost, from, i + 1, j, base + DROP, DROPPED);
        }
        if (j < width) {
            reach(cost, from, i, j + 1, base + INSERT + columns[j].cost(""), INSERTED);
        }
        if (i == n || j == width) {
            return;
        }
        reach(cost, from, i + 1, j + 1, base + single(pieces.get(i), j), 1);
        if (few && j + 2 <= width && pieces.get(i).length() <= LONGEST_SPLIT) {
            Split split = split(pieces.get(i), j);
            reach(cost, from, i + 1, j + 2, base + SPLIT + split.cost(), SPLITTED);
        }
        if (n - i > 1) {
            StringBuilder joined = new StringBuilder(pieces.get(i));
            boolean opens = quoteAt(pieces.get(i), true);
            for (int k = i + 1; k < n && k - i <= MOST_JOINED && joined.length() < LONGEST_LINE; k++) {
                joined.append(delimiter).append(pieces.get(k));
                boolean inQuotes = opens && quoteAt(pieces.get(k), false);
                double perJoin = inQuotes ? JOIN_IN_QUOTES : join;
                String value = clean(joined.toString());
                reach(
                        cost,
                        from,
                        k + 1,
                        j + 1,
                        base + perJoin * (k - i) + columns[j].cost(value) + (inQuotes ? 0 : stray(value)),
                        k + 1 - i);
            }
        }
    }

    private static final int DROPPED = -1;
    private static final int INSERTED = -2;
    private static final int SPLITTED = -3;

    private static void reach(double[][] cost, int[][] from, int i, int j, double value, int how) {
        if (value < cost[i][j]) {
            cost[i][j] = value;
            from[i][j] = how;
        }
    }

    private double single(String piece, int column) {
        String value = clean(piece);
        return columns[column].cost(value) + (quoteAt(piece, true) != quoteAt(piece, false) ? STRAY : 0);
    }

    private double stray(String value) {
        return dialect.quoted() && value.indexOf(dialect.quote()) >= 0 ? STRAY : 0;
    }

    private record Split(int at, double cost) {}

    /** Where a value falls apart best into values of two columns. */
    private Split split(String piece, int column) {
        Split best = new Split(0, Double.MAX_VALUE / 8);
        for (int at = 1; at < piece.length(); at++) {
            String left = piece.substring(0, at);
            String right = piece.substring(at);
            double cost = single(left, column) + single(right, column + 1);
            char behind = right.charAt(0);
            if (dialect.quoted() && behind == dialect.quote()) {
                cost -= 6;
            }
            if (cost < best.cost()) {
                best = new Split(at, cost);
            }
        }
        return best;
    }

    private Fixed fixed(List<String> pieces, String delimiter, int[][] from, double cost) {
        List<String> values = new ArrayList<>();
        int dropped = 0;
        int inserted = 0;
        int split = 0;
        int i = pieces.size();
        int j = width;
        while (i > 0 || j > 0) {
            int how = from[i][j];
            if (how == DROPPED) {
                i--;
                dropped++;
            } else if (how == INSERTED) {
                values.add("");
                j--;
                inserted++;
            } else if (how == SPLITTED) {
                Split where = split(pieces.get(i - 1), j - 2);
                values.add(clean(pieces.get(i - 1).substring(where.at())));
                values.add(clean(pieces.get(i - 1).substring(0, where.at())));
                i--;
                j -= 2;
                split++;
            } else {
                values.add(clean(String.join(delimiter, pieces.subList(i - how, i))));
                i -= how;
                j--;
            }
        }
        java.util.Collections.reverse(values);
        return new Fixed(values, what(delimiter, dropped, inserted, split), cost);
    }

    private String what(String delimiter, int dropped, int inserted, int split) {
        if (!delimiter.equals(dialect.delimiter())) {
            return "read with another delimiter";
        }
        List<String> done = new ArrayList<>();
        if (dropped > 0) {
            done.add(dropped + " delimiters too many left out");
        }
        if (inserted > 0) {
            done.add(inserted + " missing values filled in");
        }
        if (split > 0) {
            done.add(split + " missing delimiters found");
        }
        return done.isEmpty() ? "quotes or delimiters inside of values understood" : String.join(", ", done);
    }

    private boolean quoteAt(String piece, boolean start) {
        String text = piece.strip();
        if (!dialect.quoted() || text.isEmpty()) {
            return false;
        }
        if (start) {
            return text.charAt(0) == dialect.quote();
        }
        if (text.charAt(text.length() - 1) != dialect.quote()) {
            return false;
        }
        return text.length() > 1 || !start;
    }

    /** A value without the quotes around it; a quote at one end alone is a part of it. */
    private String clean(String raw) {
        String value = dialect.padded() ? raw.strip() : raw;
        if (!dialect.quoted()) {
            return value;
        }
        String text = value.strip();
        String quote = String.valueOf(dialect.quote());
        if (text.length() < 2 || !text.startsWith(quote) || !text.endsWith(quote)) {
            return value;
        }
        String inside = text.substring(1, text.length() - 1);
        if (dialect.escape() == TextDialect.Escape.BACKSLASH) {
            inside = inside.replace("\\" + quote, quote);
        }
        return inside.replace(quote + quote, quote);
    }

    private static List<String> pieces(String line, String delimiter) {
        List<String> pieces = new ArrayList<>();
        int start = 0;
        int at;
        while ((at = line.indexOf(delimiter, start)) >= 0) {
            pieces.add(line.substring(start, at));
            start = at + delimiter.length();
        }
        pieces.add(line.substring(start));
        return pieces;
    }
}
