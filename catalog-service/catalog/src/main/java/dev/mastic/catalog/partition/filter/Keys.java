package dev.mastic.catalog.partition.filter;

import software.amazon.awssdk.services.glue.model.Column;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import static dev.mastic.catalog.partition.filter.PartitionFilter.invalid;

/** The partition keys of a table by name, in any case of letters. */
final class Keys {
    private static final int NAMED_AT_MOST = 10;

    private final Map<String, Integer> indexes = new LinkedHashMap<>();
    private final List<Column> columns;

    private Keys(List<Column> columns) {
        this.columns = columns;
        for (int i = 0; i < columns.size(); i++) {
            indexes.putIfAbsent(fold(columns.get(i).name()), i);
        }
    }

    static Keys of(List<Column> columns) {
        return new Keys(columns);
    }

    /** The key that a token names. */
    Key find(Token name) {
        Integer index = indexes.get(fold(name.text()));
        if (index == null) {
            String known = indexes.isEmpty()
                    ? "the table has no partition keys"
                    : "the partition keys are "
                            + String.join(
                                    ", ",
                                    indexes.keySet().stream()
                                            .limit(NAMED_AT_MOST)
                                            .toList());
            throw invalid(name.position(), "Unknown column '" + name.text() + "'; " + known);
        }
        // Glue lets a column have no type; such values are text.
        String declared = columns.get(index).type() == null
                ? "string"
                : columns.get(index).type();
        KeyType type = KeyType.of(declared)
                .orElseThrow(() -> invalid(
                        name.position(),
                        "Partition key '" + name.text() + "' has type '" + declared
                                + "', which expressions do not support"));
        return new Key(index + 1, name.text(), declared, type);
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
