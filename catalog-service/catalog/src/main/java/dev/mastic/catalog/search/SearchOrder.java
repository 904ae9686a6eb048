package dev.mastic.catalog.search;

import dev.mastic.catalog.store.Errors;
import dev.mastic.catalog.store.PageToken;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.Sort;
import software.amazon.awssdk.services.glue.model.SortCriterion;
import software.amazon.awssdk.services.glue.model.Table;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The order of the tables that a search finds, by one of their properties; tables that have it not come first. */
record SearchOrder(SearchField field, boolean isDescending) {
    /**
     * What a request asks for.
     *
     * @return null for the order of databases and names
     * @throws InvalidInputException when it is more than one, or no property that can be sorted by
     */
    static @Nullable SearchOrder of(List<SortCriterion> criteria) {
        if (criteria.isEmpty()) {
            return null;
        }
        if (criteria.size() > 1) {
            throw Errors.invalid("SortCriteria has " + criteria.size() + " elements; at most 1 is taken");
        }
        SortCriterion criterion = criteria.get(0);
        if (criterion.sort() == Sort.UNKNOWN_TO_SDK_VERSION) {
            throw Errors.invalid("Sort is " + criterion.sortAsString() + "; use ASC or DESC");
        }
        SearchField field = SearchField.of(criterion.fieldName())
                .orElseThrow(() -> Errors.invalid("SortCriteria: tables are not sorted by '" + criterion.fieldName()
                        + "'; use one of "
                        + Arrays.stream(SearchField.values())
                                .map(SearchField::key)
                                .toList()));
        return new SearchOrder(field, criterion.sort() == Sort.DESC);
    }

    /**
     * Where a table is in this order.
     *
     * @param value of the property, as text that is in the order of the values
     */
    record Position(String value, String database, String table) {
        static Position read(List<String> key) {
            if (key.size() != 3) {
                throw PageToken.invalid();
            }
            return new Position(key.get(0), key.get(1), key.get(2));
        }

        List<String> key() {
            return List.of(value, database, table);
        }
    }

    Position position(Table table) {
        String value;
        if (field.isTime()) {
            Instant time = field.time(table);
            // Before the least time that Glue's numbers can say there is nothing.
            value = time == null ? "" : String.format(Locale.ROOT, "%020d%09d", shifted(time), time.getNano());
        } else {
            String text = field.text(table);
            // A token's parts are separated by U+0001.
            value = text == null ? "" : text.replace('\u0001', ' ');
        }
        return new Position(value, table.databaseName(), table.name());
    }

    /** Seconds as a number that is never negative. */
    private static long shifted(Instant time) {
        return time.getEpochSecond() - Instant.MIN.getEpochSecond();
    }

    Comparator<Position> comparator() {
        Comparator<Position> byValue = Comparator.comparing(Position::value);
        return (isDescending ? byValue.reversed() : byValue)
                .thenComparing(Position::database)
                .thenComparing(Position::table);
    }
}
