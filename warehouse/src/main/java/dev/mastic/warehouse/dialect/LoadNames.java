package dev.mastic.warehouse.dialect;

import java.util.List;

/**
 * The quoted names by which the statements of a load are made.
 *
 * @param target the table to load
 * @param staging the table with the staged rows
 * @param keys the columns by which rows are the same row
 * @param columns all columns that are loaded, keys too
 */
public record LoadNames(String target, String staging, List<String> keys, List<String> columns) {
    /** The staging tables' own column: the row's number. */
    public static final String ROW = "mastic_row";

    public LoadNames {
        keys = List.copyOf(keys);
        columns = List.copyOf(columns);
    }

    List<String> others() {
        return columns.stream().filter(column -> !keys.contains(column)).toList();
    }

    String sameKeys(String left, String right) {
        return keys.stream()
                .map(key -> left + "." + key + " = " + right + "." + key)
                .collect(java.util.stream.Collectors.joining(" AND "));
    }

    String list(String prefix) {
        return columns.stream().map(column -> prefix + column).collect(java.util.stream.Collectors.joining(", "));
    }
}
