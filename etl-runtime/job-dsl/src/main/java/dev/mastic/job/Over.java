package dev.mastic.job;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The window that a row looks through at other rows. Immutable: each method returns a refined copy.
 *
 * @param partitionBy rows with equal values in these columns see each other
 * @param rows what aggregations and values look at; null for all rows, with an order for those up to the row
 */
public record Over(
        List<String> partitionBy,
        List<SortKey> orderBy,
        @Nullable RowRange rows) {
    public Over {
        partitionBy = Names.different("over", partitionBy);
        orderBy = List.copyOf(orderBy);
    }

    /** The order of the window's rows. */
    public Over orderBy(SortKey... keys) {
        return new Over(partitionBy, List.of(keys), rows);
    }

    /** Rows counted from the row itself: {@code rowsBetween(-2, 0)} are three. */
    public Over rowsBetween(int from, int to) {
        return new Over(partitionBy, orderBy, new RowRange(from, to));
    }

    /** From the first row up to the row itself: running values. */
    public Over rowsFromStart() {
        return rowsBetween(Integer.MIN_VALUE, 0);
    }

    /** From the row itself to the last. */
    public Over rowsToEnd() {
        return rowsBetween(0, Integer.MAX_VALUE);
    }

    /** All rows, whatever the order. */
    public Over allRows() {
        return rowsBetween(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    Calls calls() {
        Calls calls = Calls.of("over", partitionBy);
        if (!orderBy.isEmpty()) {
            calls = calls.then("orderBy", orderBy.stream().map(SortKey::calls).toList());
        }
        if (rows == null) {
            return calls;
        }
        for (String word : Arrays.asList("rowsFromStart", "rowsToEnd", "allRows")) {
            Over named = switch (word) {
                case "rowsFromStart" -> rowsFromStart();
                case "rowsToEnd" -> rowsToEnd();
                default -> allRows();
            };
            if (equals(named)) {
                return calls.then(word);
            }
        }
        return calls.then("rowsBetween", rows.from(), rows.to());
    }

    String describe() {
        List<String> parts = new ArrayList<>();
        if (!partitionBy.isEmpty()) {
            parts.add("per " + String.join(", ", partitionBy));
        }
        if (!orderBy.isEmpty()) {
            parts.add("by " + GraphText.keys(orderBy));
        }
        if (rows != null) {
            parts.add("rows " + bound(rows.from()) + " to " + bound(rows.to()));
        }
        return parts.isEmpty() ? "all rows" : String.join(" ", parts);
    }

    private static String bound(int row) {
        return switch (row) {
            case Integer.MIN_VALUE -> "first";
            case Integer.MAX_VALUE -> "last";
            default -> String.valueOf(row);
        };
    }
}
