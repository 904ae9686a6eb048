package dev.mastic.crawler.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the table is in a text: the lines above it, its header, and the notes below it.
 *
 * @param dialect with the counts of lines
 * @param width columns
 * @param reasons for people
 */
record TableStructure(TextDialect dialect, int width, List<String> reasons) {
    private static final int MOST_ROWS = 2000;
    private static final int MOST_PREAMBLE = 200;
    private static final int MOST_CELLS = 1 << 16;

    TableStructure {
        reasons = List.copyOf(reasons);
    }

    /**
     * A row as far as structure goes.
     *
     * @param line physical line that it starts in, from 0
     * @param full cells that are not empty
     */
    record Row(int line, int lines, List<String> cells, int full, boolean comment) {
        boolean blank() {
            return full == 0;
        }
    }

    static TableStructure of(String text, TextDialect found, boolean whole) {
        TextDialect dialect = found.delimiter().isEmpty() || found.collapse() ? found : padded(text, found);
        List<Row> rows = new ArrayList<>();
        RowScanner scanner = new RowScanner(text, 0, text.length(), dialect, MOST_CELLS);
        int line = 0;
        while (rows.size() < MOST_ROWS && scanner.next()) {
            rows.add(row(scanner, line));
            line += scanner.lines();
        }
        boolean all = whole && !scanner.next();
        int width = width(rows);
        List<String> reasons = new ArrayList<>();
        int first = first(rows, width);
        int last = all ? last(rows, first, width) : rows.size();
        HeaderRows header = HeaderRows.of(rows.subList(first, last), width);
        int top = first;
        int names = header.rows();
        if (names == 0 && first > 0 && commentedHeader(rows.get(first - 1), dialect, width)) {
            reasons.add("the comment above the data names its columns");
            top = first - 1;
            names = 1;
        }
        // Names of groups of columns above the names of columns.
        while (names > 0 && top > 0 && group(rows.get(top - 1), width)) {
            top--;
            names++;
        }
        int preamble = top < rows.size() ? rows.get(top).line() : line;
        int footer = 0;
        for (Row row : rows.subList(last, rows.size())) {
            footer += row.lines();
        }
        reasons.add(header.why());
        if (preamble > 0) {
            reasons.add(preamble + " lines above the table have no " + width + " values");
        }
        if (footer > 0) {
            reasons.add(footer + " lines below the table are notes");
        }
        String comment = rows.stream().anyMatch(Row::comment) ? dialect.comment() : "";
        return new TableStructure(dialect.withComment(comment).withLines(preamble, names, footer), width, reasons);
    }

    private static Row row(RowScanner scanner, int line) {
        List<String> cells = scanner.values();
        int full = 0;
        for (String cell : cells) {
            full += cell.isBlank() ? 0 : 1;
        }
        return new Row(line, scanner.lines(), cells, full, scanner.isComment());
    }

    /** Blanks beside the delimiter are no part of values when nearly all values have one. */
    private static TextDialect padded(String text, TextDialect dialect) {
        if (dialect.padded() || dialect.delimiter().startsWith(" ")) {
            return dialect;
        }
        int limit = Math.min(text.length(), 1 << 15);
        int padded = 0;
        int all = 0;
        for (int i = text.indexOf(dialect.delimiter()); i >= 0 && i < limit; ) {
            int after = i + dialect.delimiter().length();
            if (after < text.length() && text.charAt(after) != '\n' && text.charAt(after) != '\r') {
                all++;
                padded += text.charAt(after) == ' ' || (i > 0 && text.charAt(i - 1) == ' ') ? 1 : 0;
            }
            i = text.indexOf(dialect.delimiter(), after);
        }
        return all == 0 || padded < 0.9 * all ? dialect : dialect.withPadding();
    }

    /** The width of most rows; rows with more values count more than lines of notes. */
    private static int width(List<Row> rows) {
        Map<Integer, Integer> counts = new HashMap<>();
        for (Row row : rows) {
            if (!row.blank() && !row.comment()) {
                counts.merge(row.cells().size(), 1, Integer::sum);
            }
        }
        int width = 1;
        double most = 0;
        for (Map.Entry<Integer, Integer> entry : counts.entrySet()) {
            double weight = entry.getValue() * (entry.getKey() == 1 ? 0.6 : 1);
            if (weight > most || (weight == most && entry.getKey() > width)) {
                most = weight;
                width = entry.getKey();
            }
        }
        return width;
    }

    /** The first row of the table. */
    private static int first(List<Row> rows, int width) {
        int most = Math.min(rows.size(), MOST_PREAMBLE);
        for (int i = 0; i < most; i++) {
            if (width == 1 ? !rows.get(i).blank() && !rows.get(i).comment() : fits(rows.get(i), width)) {
                return i;
            }
        }
        for (int i = 0; i < rows.size(); i++) {
            if (!rows.get(i).blank() && !rows.get(i).comment()) {
                return i;
            }
        }
        return 0;
    }

    /** Nearly as wide as the table, and rather filled: a missing or an extra delimiter makes no note of a row. */
    private static boolean fits(Row row, int width) {
        int cells = row.cells().size();
        int slack = Math.max(1, width / 5);
        return !row.comment()
                && cells >= 2
                && Math.abs(cells - width) <= (width == 2 ? 0 : slack)
                && row.full() >= Math.max(2, Math.min(width, cells) / 2.0) - (width == 2 ? 1 : 0);
    }

    private static boolean group(Row row, int width) {
        return !row.comment() && row.cells().size() == width && width > 2 && row.full() >= 2 && names(row);
    }

    private static boolean names(Row row) {
        return row.cells().stream().allMatch(cell -> HeaderRows.possibleName(cell) || cell.isBlank());
    }

    /** Behind the last row of the table: what follows has one value at most, or is blank. */
    private static int last(List<Row> rows, int first, int width) {
        int last = rows.size();
        while (last > first + 1 && note(rows.get(last - 1), width)) {
            last--;
        }
        int notes = 0;
        for (Row row : rows.subList(first, last)) {
            notes += !row.blank() && note(row, width) ? 1 : 0;
        }
        // Rows with one value are usual in this table.
        return notes > 0.1 * (last - first) ? rows.size() : last;
    }

    private static boolean note(Row row, int width) {
        return row.blank()
                || row.comment()
                || (width > 2
                        && row.full() == 1
                        && (row.cells().size() != width || !row.cells().get(0).isBlank()));
    }

    /** A comment such as {@code #id,name,price} right above the data. */
    private static boolean commentedHeader(Row row, TextDialect dialect, int width) {
        if (!row.comment() || width < 2) {
            return false;
        }
        String line = row.cells().get(0).substring(dialect.comment().length());
        RowScanner scanner = new RowScanner(line, 0, line.length(), dialect.withComment(""), MOST_CELLS);
        return scanner.next()
                && scanner.cells() == width
                && scanner.values().stream().allMatch(HeaderRows::possibleName);
    }
}
