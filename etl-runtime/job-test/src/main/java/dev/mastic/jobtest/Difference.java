package dev.mastic.jobtest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What differs between expected and found rows, as a table: {@code -} is missing, {@code +} is not expected. */
final class Difference {
    private Difference() {}

    /** Empty when both have the same rows, in whatever order. */
    static Optional<String> of(List<String> columns, List<List<String>> expected, List<List<String>> found) {
        List<List<String>> missing = new ArrayList<>(expected);
        List<List<String>> lines = new ArrayList<>();
        boolean same = true;
        for (List<String> row : found) {
            boolean known = missing.remove(row);
            same &= known;
            lines.add(line(known ? " " : "+", row));
        }
        for (List<String> row : missing) {
            same = false;
            lines.add(line("-", row));
        }
        return same ? Optional.empty() : Optional.of(table(columns, lines));
    }

    private static List<String> line(String mark, List<String> row) {
        List<String> line = new ArrayList<>(List.of(mark));
        line.addAll(row);
        return line;
    }

    /** Rows under their columns; without marks, columns and rows have the same number of values. */
    static String table(List<String> columns, List<List<String>> lines) {
        boolean marked = !lines.isEmpty() && lines.get(0).size() > columns.size();
        List<List<String>> all = new ArrayList<>();
        all.add(marked ? line(" ", columns) : columns);
        all.addAll(lines);
        int[] widths = new int[all.get(0).size()];
        for (List<String> line : all) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        StringBuilder table = new StringBuilder();
        for (List<String> line : all) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                text.append(i == 0 ? "" : i == 1 && marked ? " " : " | ")
                        .append(line.get(i))
                        .append(" ".repeat(widths[i] - line.get(i).length()));
            }
            table.append(text.toString().stripTrailing()).append('\n');
        }
        return table.toString();
    }
}
