package dev.mastic.catalog.index.definition;

import dev.mastic.catalog.store.Errors;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

import java.util.List;

/** What the indexes of a table demand of it and of its partitions. */
public final class IndexedKeys {
    private IndexedKeys() {}

    /**
     * Checks the values of a partition that is to be stored.
     *
     * @param indexed positions, counted from 1, of the keys that indexes have
     * @throws InvalidInputException when a value is not of its key's type, or has a character that indexes do not take
     */
    public static void checkValues(List<String> values, List<Column> keys, int[] indexed, String table) {
        for (int position : indexed) {
            Column key = keys.get(position - 1);
            String value = values.get(position - 1);
            if (!IndexedType.of(key.type()).orElse(IndexedType.TEXT).holds(value)) {
                throw Errors.invalid("The value '" + value + "' of partition key '" + key.name() + "' of table " + table
                        + " is not of its type '" + key.type() + "', which a partition index demands");
            }
            if (value.indexOf('\u0002') >= 0) {
                throw Errors.invalid("The value of partition key '" + key.name() + "' of table " + table
                        + " has the character U+0002, which partition indexes do not take");
            }
        }
    }

    /** Tells whether keys have the same names and types in the same order. */
    public static boolean same(List<Column> keys, List<Column> others) {
        if (keys.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < keys.size(); i++) {
            Column key = keys.get(i);
            Column other = others.get(i);
            if (!String.valueOf(key.name()).equalsIgnoreCase(String.valueOf(other.name()))
                    || !String.valueOf(key.type()).equalsIgnoreCase(String.valueOf(other.type()))) {
                return false;
            }
        }
        return true;
    }
}
