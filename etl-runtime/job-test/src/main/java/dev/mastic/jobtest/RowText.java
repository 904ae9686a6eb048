package dev.mastic.jobtest;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Rows as texts with the types of their columns.
 *
 * @param types in Hive's words; empty where none is given
 * @param rows a value is null where there is none
 */
record RowText(List<String> columns, List<String> types, List<List<@Nullable String>> rows) {

    /** Reads lines of values between commas, of which the first has the columns: {@code id:bigint, name, day:date}. */
    static RowText parse(String text) {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("Rows need a first line with their columns: id:bigint, name, day:date");
        }
        List<String> columns = new ArrayList<>();
        List<String> types = new ArrayList<>();
        for (@Nullable String head : values(lines.get(0))) {
            String column = head == null ? "" : head;
            int colon = column.indexOf(':');
            columns.add(colon < 0 ? column : column.substring(0, colon).strip());
            types.add(colon < 0 ? "" : column.substring(colon + 1).strip());
        }
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            List<@Nullable String> values = values(line);
            if (values.size() != columns.size()) {
                throw new IllegalArgumentException("The row '" + line.strip() + "' has " + values.size()
                        + " values for the " + columns.size() + " columns " + columns
                        + "; leave a value out between its commas for null, and put one with a comma in double quotes");
            }
            rows.add(values);
        }
        return new RowText(columns, types, rows);
    }

    static RowText of(List<TestRow> typed) {
        if (typed.isEmpty()) {
            throw new IllegalArgumentException("No rows; for none, give their columns as text: \"id:bigint, name\"");
        }
        List<String> columns = typed.get(0).columns();
        List<String> types = new ArrayList<>(Collections.nCopies(columns.size(), ""));
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (TestRow row : typed) {
            if (!row.columns().equals(columns)) {
                throw new IllegalArgumentException("Rows have different columns: " + columns + " and " + row.columns());
            }
            List<@Nullable String> values = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                Object value = row.values().get(i).value();
                values.add(value == null ? null : value instanceof BigDecimal d ? d.toPlainString() : value.toString());
                if (value != null) {
                    types.set(i, type(value));
                }
            }
            rows.add(values);
        }
        return new RowText(columns, types, rows);
    }

    private static String type(Object value) {
        if (value instanceof Integer) {
            return "int";
        }
        if (value instanceof Long) {
            return "bigint";
        }
        if (value instanceof Double) {
            return "double";
        }
        if (value instanceof Boolean) {
            return "boolean";
        }
        if (value instanceof BigDecimal decimal) {
            return "decimal(38," + Math.max(0, decimal.scale()) + ")";
        }
        if (value instanceof LocalDate) {
            return "date";
        }
        if (value instanceof Instant) {
            return "timestamp";
        }
        if (value instanceof String) {
            return "string";
        }
        throw new IllegalArgumentException(
                "A row cannot hold a " + value.getClass().getName()
                        + "; use a text, number, boolean, LocalDate or Instant, or rows as text for nested values");
    }

    private static List<@Nullable String> values(String line) {
        List<@Nullable String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        boolean wasQuoted = false;
        int depth = 0;
        for (int i = 0; i <= line.length(); i++) {
            char c = i == line.length() ? ',' : line.charAt(i);
            boolean end = i == line.length() || c == ',' && !quoted && depth == 0;
            if (end) {
                String text = wasQuoted ? value.toString() : value.toString().strip();
                values.add(text.isEmpty() && !wasQuoted ? null : text);
                value.setLength(0);
                wasQuoted = false;
            } else if (c == '"' && depth == 0 && (quoted || value.toString().isBlank())) {
                quoted = !quoted;
                wasQuoted = true;
                value.setLength(quoted ? 0 : value.length());
            } else if (!(wasQuoted && !quoted && c == ' ')) {
                // Commas within a type or within JSON are no ends.
                depth += quoted ? 0 : "([{<".indexOf(c) >= 0 ? 1 : ")]}>".indexOf(c) >= 0 ? -1 : 0;
                value.append(c);
            }
        }
        return values;
    }
}
