package dev.mastic.catalog.partition;

import org.jspecify.annotations.Nullable;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows of texts as parameters of one statement. Each column is a parameter, so that the statement is the same for any
 * number of rows and PostgreSQL plans it once; arrays of arrays would not keep their rows apart.
 *
 * @param rows all of the same length, one at least
 */
record TextRows(List<List<@Nullable String>> rows) {
    private int width() {
        return rows.get(0).size();
    }

    /** The table {@code n} of the rows, for a FROM, in their order. */
    String table() {
        return columns(0, width(), "cast(? as text[])", "unnest(", ")") + columns(0, width(), "c%d", " n (", ")");
    }

    /** Columns of {@code n} as one array of texts. */
    static String array(int from, int to) {
        return columns(from, to, "n.c%d", "array[", "]");
    }

    private static String columns(int from, int to, String column, String start, String end) {
        return IntStream.range(from, to)
                .mapToObj(i -> column.formatted(i))
                .collect(Collectors.joining(", ", start, end));
    }

    /** @param first index of the first parameter */
    void set(PreparedStatement statement, int first) throws SQLException {
        for (int i = 0; i < width(); i++) {
            int column = i;
            String[] texts = rows.stream().map(row -> row.get(column)).toArray(String[]::new);
            statement.setArray(first + i, statement.getConnection().createArrayOf("text", texts));
        }
    }
}
