package dev.mastic.jobtest;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * A typed row: {@code row("id", 1).and("amount", new BigDecimal("2.50"))}. Immutable.
 *
 * @param values String, Integer, Long, Double, Boolean, BigDecimal, LocalDate, Instant or null
 */
public record TestRow(List<String> columns, List<Cell> values) {
    public TestRow {
        columns = List.copyOf(columns);
        values = List.copyOf(values);
    }

    /** A value that may be null. */
    public record Cell(@Nullable Object value) {}

    /** A row of one column. */
    public static TestRow row(String column, @Nullable Object value) {
        return new TestRow(List.of(column), List.of(new Cell(value)));
    }

    /** The row with one more column. */
    public TestRow and(String column, @Nullable Object value) {
        List<String> names = new ArrayList<>(columns);
        names.add(column);
        List<Cell> cells = new ArrayList<>(values);
        cells.add(new Cell(value));
        return new TestRow(names, cells);
    }
}
