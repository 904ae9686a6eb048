package dev.mastic.crawler.text;

import dev.mastic.crawler.text.TextDialect.Escape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Takes a text apart into rows of values, one row at a time, and never fails: a quote that makes no sense is a character like
 * others and is counted. The time is linear in the text. Not thread-safe.
 */
final class RowScanner {
    private final String text;
    private final int limit;
    private final char first;
    private final String delimiter;
    private final boolean collapse;
    private final boolean padded;
    private final char quote;
    private final boolean backslash;
    private final boolean multiline;
    private final boolean carriageReturnEnds;
    private final int mostCells;

    private final String comment;

    private int position;
    private int rowStart;
    private int cells;
    private int[] starts = new int[16];
    private int[] ends = new int[16];
    private boolean[] quoted = new boolean[16];
    private int strays;
    private int lines;
    private boolean cut;
    private boolean inComment;
    /** No value that opens behind this place is ever closed, which one failed search has shown. */
    private int neverClosedFrom = Integer.MAX_VALUE;

    RowScanner(String text, int from, int limit, TextDialect dialect, int mostCells) {
        this.text = text;
        this.position = from;
        this.limit = limit;
        this.delimiter = dialect.delimiter();
        this.first = delimiter.isEmpty() ? 0 : delimiter.charAt(0);
        this.collapse = dialect.collapse();
        this.padded = dialect.padded();
        this.quote = dialect.quote();
        this.backslash = dialect.escape() == Escape.BACKSLASH;
        this.multiline = dialect.multiline();
        this.carriageReturnEnds = dialect.lineEnd().carriageReturnEnds();
        this.mostCells = mostCells;
        this.comment = dialect.comment();
    }

    /** Goes to the next row; false at the end of the text. A blank line is a row of one empty cell. */
    boolean next() {
        if (position >= limit) {
            return false;
        }
        cells = 0;
        strays = 0;
        lines = 1;
        cut = false;
        rowStart = position;
        inComment = !comment.isEmpty() && text.startsWith(comment, position);
        if (inComment) {
            comment();
            return true;
        }
        if (collapse) {
            skipDelimiters();
        }
        boolean more = true;
        while (more) {
            more = cell();
        }
        return true;
    }

    private void comment() {
        int start = position;
        while (position < limit && !lineEndAt(position)) {
            position++;
        }
        add(start, position, false);
        endOfRow();
    }

    /** Whether the row is a comment, all of it in one cell. */
    boolean isComment() {
        return inComment;
    }

    /** Goes back or forth to the start of a row. */
    void reposition(int at) {
        position = at;
    }

    int cells() {
        return cells;
    }

    int start(int cell) {
        return starts[cell];
    }

    int end(int cell) {
        return ends[cell];
    }

    boolean quoted(int cell) {
        return quoted[cell];
    }

    /** Quotes of the row that stand where none can. */
    int strays() {
        return strays;
    }

    /** Physical lines that the row takes. */
    int lines() {
        return lines;
    }

    /** Whether the row has more cells than are kept. */
    boolean cut() {
        return cut;
    }

    /** Where the row starts. */
    int rowStart() {
        return rowStart;
    }

    /** Behind the row's line end. */
    int position() {
        return position;
    }

    boolean blank() {
        return cells == 1 && !quoted[0] && text.substring(starts[0], ends[0]).isBlank();
    }

    /** A value as it is meant: without quotes and escapes. */
    String value(int cell) {
        String raw = text.substring(starts[cell], ends[cell]);
        if (quoted[cell]) {
            return unescape(raw);
        }
        return backslash && raw.indexOf('\\') >= 0 ? unescape(raw) : raw;
    }

    List<String> values() {
        List<String> values = new ArrayList<>(cells);
        for (int i = 0; i < cells; i++) {
            values.add(value(i));
        }
        return values;
    }

    private String unescape(String raw) {
        if (raw.indexOf(quote) < 0) {
            return raw;
        }
        StringBuilder out = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (i + 1 < raw.length() && raw.charAt(i + 1) == quote && (c == quote || (backslash && c == '\\'))) {
                out.append(quote);
                i++;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** Reads one cell; whether another follows in this row. */
    private boolean cell() {
        int start = position;
        int open = start;
        while (padded && open < limit && blank(text.charAt(open))) {
            open++;
        }
        if (quote != 0 && open < limit && text.charAt(open) == quote && open < neverClosedFrom) {
            int close = closing(open);
            if (close >= 0) {
                add(open + 1, close, true);
                for (int i = open + 1; i < close; i++) {
                    lines += text.charAt(i) == '\n' ? 1 : 0;
                }
                position = close + 1;
                skipBlanks();
                return separator();
            }
            neverClosedFrom = multiline ? open : neverClosedFrom;
            strays++;
        }
        position = padded ? open : start;
        int content = position;
        while (position < limit) {
            char c = text.charAt(position);
            if (c == '\n' || (c == '\r' && endsLine(position)) || delimiterAt(position)) {
                break;
            } else if (backslash && c == '\\' && position + 1 < limit && text.charAt(position + 1) != '\n') {
                position++;
            }
            position++;
        }
        position = Math.min(position, limit);
        int end = position;
        while (padded && end > content && blank(text.charAt(end - 1))) {
            end--;
        }
        add(content, end, false);
        return separator();
    }

    /** The quote that closes a value, or -1. */
    private int closing(int open) {
        int strayed = 0;
        for (int i = open + 1; i < limit; i++) {
            char c = text.charAt(i);
            if (backslash && c == '\\') {
                i++;
            } else if (c == '\n' && !multiline) {
                return -1;
            } else if (c == quote) {
                if (i + 1 < limit && text.charAt(i + 1) == quote) {
                    i++;
                } else if (closes(i + 1)) {
                    strays += strayed;
                    return i;
                } else {
                    strayed++;
                }
            }
        }
        return -1;
    }

    /** Whether a value can end here, blanks aside. */
    private boolean closes(int at) {
        int i = at;
        while (i < limit && !delimiterAt(i) && blank(text.charAt(i))) {
            i++;
        }
        if (i >= limit) {
            return true;
        }
        char c = text.charAt(i);
        return c == '\n' || c == '\r' || delimiterAt(i);
    }

    private void skipBlanks() {
        while (position < limit && !delimiterAt(position) && blank(text.charAt(position))) {
            position++;
        }
    }

    private boolean separator() {
        if (position >= limit) {
            return false;
        }
        if (delimiterAt(position)) {
            position += delimiter.length();
            if (collapse) {
                skipDelimiters();
                // Blanks at the end of a line are no column.
                return position < limit && !lineEndAt(position) || endOfRow();
            }
            return true;
        }
        return endOfRow();
    }

    private boolean endOfRow() {
        if (position < limit) {
            position +=
                    text.charAt(position) == '\r' && position + 1 < limit && text.charAt(position + 1) == '\n' ? 2 : 1;
        }
        return false;
    }

    private boolean lineEndAt(int at) {
        char c = text.charAt(at);
        return c == '\n' || (c == '\r' && endsLine(at));
    }

    private boolean endsLine(int at) {
        return carriageReturnEnds || (at + 1 < limit ? text.charAt(at + 1) == '\n' : true);
    }

    private void skipDelimiters() {
        while (delimiterAt(position)) {
            position += delimiter.length();
        }
    }

    private boolean delimiterAt(int at) {
        return first != 0
                && at < limit
                && text.charAt(at) == first
                && (delimiter.length() == 1 || text.startsWith(delimiter, at));
    }

    private boolean blank(char c) {
        return c == ' ' || (c == '\t' && first != '\t');
    }

    private void add(int start, int end, boolean inQuotes) {
        if (cells == mostCells) {
            cut = true;
            return;
        }
        if (cells == starts.length) {
            starts = Arrays.copyOf(starts, cells * 2);
            ends = Arrays.copyOf(ends, cells * 2);
            quoted = Arrays.copyOf(quoted, cells * 2);
        }
        starts[cells] = start;
        ends[cells] = end;
        quoted[cells++] = inQuotes;
    }
}
