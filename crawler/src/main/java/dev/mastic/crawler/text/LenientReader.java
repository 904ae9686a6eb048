package dev.mastic.crawler.text;

import dev.mastic.crawler.text.LoadedTable.Odd;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the rows of a text by its dialect and puts right what it can: rows with a delimiter too many or too few, quotes that
 * were not escaped, rows in another delimiter. A row that cannot be put right is cut or filled up; every row that did not fit
 * is counted. Never fails. Not thread-safe.
 */
public final class LenientReader {
    private static final int MOST_ODD = 100;
    private static final int MOST_NOTES = 100;
    private static final int LONGEST_SHOWN = 500;
    /** Rows that the forms of the columns are learned from. */
    private static final int LEARNED = 500;

    private final String text;
    private final TextDialect dialect;
    private final int width;
    private final TextLimits limits;
    private final RowScanner scanner;
    private final RowRepair repair;
    private final List<List<String>> rows = new ArrayList<>();
    private final List<Odd> odd = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private long oddRows;
    private long repaired;
    private long multiline;
    private long quotedValues;
    private long cells;
    private long line;
    private boolean whole = true;

    private LenientReader(SniffedText sniffed, TextLimits limits) {
        this.text = sniffed.text();
        this.dialect = sniffed.dialect();
        this.width = Math.min(sniffed.width(), limits.columns());
        this.limits = limits;
        this.scanner = new RowScanner(text, 0, text.length(), dialect, limits.columns());
        this.repair = new RowRepair(dialect, width);
    }

    /** Reads a text whose dialect was found. */
    public static LoadedTable read(SniffedText sniffed, TextLimits limits) {
        return new LenientReader(sniffed, limits).read();
    }

    private LoadedTable read() {
        int end = end();
        line = 0;
        while (line < dialect.preambleLines() && scanner.next()) {
            note(scanner.rowStart(), scanner.position());
            line += scanner.lines();
        }
        List<String> names = names();
        long skip = line;
        learn();
        while (scanner.position() < end && scanner.next()) {
            if (rows.size() >= limits.rows() || cells >= limits.cells()) {
                whole = false;
                break;
            }
            row();
        }
        if (end < text.length()) {
            note(end, text.length());
        }
        return new LoadedTable(names, rows, skip, odd, oddRows, repaired, multiline, quotedValues, notes, whole);
    }

    private int end() {
        int end = text.length();
        for (int i = 0; i < dialect.footerLines() && end > 0; i++) {
            int at = end - 1;
            if (text.charAt(at) == '\n' && at > 0 && text.charAt(at - 1) == '\r') {
                at--;
            }
            at--;
            while (at >= 0
                    && text.charAt(at) != '\n'
                    && !(text.charAt(at) == '\r' && dialect.lineEnd().carriageReturnEnds())) {
                at--;
            }
            end = at + 1;
        }
        return end;
    }

    private List<String> names() {
        List<StringBuilder> names = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            names.add(new StringBuilder());
        }
        int read = 0;
        while (read < dialect.headerRows() && scanner.next()) {
            if (scanner.blank()) {
                line += scanner.lines();
                continue;
            }
            List<String> values = headerValues();
            // A table that R has written: the numbers of its rows have no name.
            int shift = read == 0 && values.size() == width - 1 && rowNumbersBelow() ? 1 : 0;
            for (int i = 0; i < values.size() && i + shift < width; i++) {
                String name = values.get(i).strip();
                StringBuilder joined = names.get(i + shift);
                if (!name.isEmpty() && !joined.toString().equals(name)) {
                    joined.append(joined.isEmpty() ? "" : " ").append(name);
                }
            }
            line += scanner.lines();
            read++;
        }
        return names.stream().map(StringBuilder::toString).toList();
    }

    private List<String> headerValues() {
        if (scanner.isComment()) {
            String inside = text.substring(scanner.start(0) + dialect.comment().length(), scanner.end(0));
            RowScanner header = new RowScanner(inside, 0, inside.length(), dialect.withComment(""), limits.columns());
            return header.next() ? header.values() : List.of();
        }
        if (scanner.cells() != width || scanner.strays() > 0) {
            return headerRepaired();
        }
        return scanner.values();
    }

    private List<String> headerRepaired() {
        int start = scanner.rowStart();
        int back = scanner.position();
        int lines = scanner.lines();
        List<String> values = scanner.values();
        RowRepair.Fixed fixed = repair.header(physicalLine(start));
        if (fixed.values().size() == width && (lines > 1 || values.size() != width)) {
            scanner.reposition(lineEnd(start));
            if (lines > 1) {
                line -= lines - 1;
            }
            return fixed.values();
        }
        scanner.reposition(back);
        return values;
    }

    private boolean rowNumbersBelow() {
        int back = scanner.position();
        RowScanner ahead = new RowScanner(text, back, text.length(), dialect, limits.columns());
        int numbers = 0;
        int all = 0;
        while (all < 20 && ahead.next()) {
            if (ahead.cells() != width) {
                return false;
            }
            all++;
            String value = ahead.value(0).strip();
            numbers += value.equals(String.valueOf(all)) || value.equals(String.valueOf(all - 1)) ? 1 : 0;
        }
        return all > 1 && numbers >= all - 1;
    }

    /** Learns what stands in the columns from rows that fit. */
    private void learn() {
        RowScanner ahead = new RowScanner(text, scanner.position(), text.length(), dialect, limits.columns());
        int learned = 0;
        for (int looked = 0; learned < LEARNED && looked < 4 * LEARNED && ahead.next(); looked++) {
            if (ahead.cells() == width && ahead.strays() == 0 && !ahead.isComment()) {
                repair.learn(ahead.values());
                learned++;
            }
        }
    }

    private void row() {
        if (scanner.isComment()) {
            note(scanner.rowStart(), scanner.position());
        } else if (!scanner.blank() || (width == 1 && scanner.cells() == 1 && scanner.quoted(0))) {
            if (scanner.cells() == width && scanner.strays() == 0 && !scanner.cut() && !suspicious()) {
                keep(scanner.values());
                for (int i = 0; i < width; i++) {
                    quotedValues += scanner.quoted(i) ? 1 : 0;
                }
                multiline += scanner.lines() > 1 ? 1 : 0;
            } else {
                odd();
            }
        }
        line += scanner.lines();
    }

    /** Fits by its width alone: many lines in a table whose other rows have one. */
    private boolean suspicious() {
        return scanner.lines() > 1
                && multiline == 0
                && rows.size() > 20
                && repair.cost(scanner.values()) > repair.usual();
    }

    private void odd() {
        int start = scanner.rowStart();
        int after = scanner.position();
        int lines = scanner.lines();
        int found = scanner.cells();
        boolean cut = scanner.cut();
        List<String> values = scanner.values();
        boolean inQuotes = false;
        for (int i = 0; i < found; i++) {
            inQuotes |= scanner.quoted(i);
        }
        quotedValues += inQuotes ? 1 : 0;
        if (trailingEmpty(values)) {
            odd(start, after, found, "empty values at its end were left out");
            keep(values.subList(0, width));
            repaired++;
            return;
        }
        RowRepair.Fixed fixed = cut ? RowRepair.Fixed.NONE : repair.fix(physicalLine(start), values);
        if (fixed.values().size() == width) {
            if (lines > 1) {
                scanner.reposition(lineEnd(start));
                line -= lines - 1;
            }
            keep(fixed.values());
            if (!fixed.what().isEmpty()) {
                odd(start, scanner.position(), found, fixed.what());
                repaired++;
            }
            return;
        }
        odd(
                start,
                after,
                found,
                cut
                        ? "values beyond the first " + width + " were left out"
                        : found == width
                                ? "quotes stand where none can"
                                : found < width
                                        ? "filled up with " + (width - found) + " empty values"
                                        : (found - width) + " values at its end were left out");
        keep(values);
    }

    private boolean trailingEmpty(List<String> values) {
        if (values.size() <= width || scanner.strays() > 0) {
            return false;
        }
        return values.subList(width, values.size()).stream().allMatch(String::isBlank)
                && repair.cost(values.subList(0, width)) <= 2 * repair.usual();
    }

    private void keep(List<String> values) {
        List<String> row = new ArrayList<>(width);
        for (int i = 0; i < width; i++) {
            row.add(i < values.size() ? values.get(i) : "");
        }
        cells += width;
        rows.add(row);
    }

    private void odd(int start, int end, int found, String what) {
        oddRows++;
        if (odd.size() < MOST_ODD) {
            odd.add(new Odd(line + 1, found, what, shown(start, end)));
        }
    }

    private void note(int start, int end) {
        String shown = shown(start, end);
        if (!shown.isBlank() && notes.size() < MOST_NOTES) {
            notes.add(shown);
        }
    }

    private String shown(int start, int end) {
        return text.substring(start, Math.min(end, start + LONGEST_SHOWN)).strip();
    }

    private String physicalLine(int start) {
        int end = lineEnd(start);
        while (end > start && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return text.substring(start, end);
    }

    private int lineEnd(int start) {
        int end = start;
        while (end < text.length()) {
            char c = text.charAt(end++);
            if (c == '\n' || (c == '\r' && dialect.lineEnd().carriageReturnEnds())) {
                break;
            }
        }
        return end;
    }
}
