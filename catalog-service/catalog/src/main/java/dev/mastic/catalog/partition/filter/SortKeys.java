package dev.mastic.catalog.partition.filter;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Column;

import java.util.ArrayList;
import java.util.List;

/**
 * The sort keys of a partition's values, which are stored beside them and which filters compare: texts that sort, by
 * code points, as the values do in the types of the table's partition keys.
 * Two are equal when they give the same sort keys for all values.
 */
public final class SortKeys {
    private final List<KeyType> types;

    private SortKeys(List<KeyType> types) {
        this.types = types;
    }

    /** Of a table with those partition keys. A type that filters cannot compare is kept as text. */
    public static SortKeys of(List<Column> partitionKeys) {
        return new SortKeys(partitionKeys.stream().map(SortKeys::type).toList());
    }

    private static KeyType type(Column key) {
        return key.type() == null ? KeyType.TEXT : KeyType.of(key.type()).orElse(KeyType.TEXT);
    }

    /**
     * As many as there are keys or values, whichever is more. Null stands for a null, for a value that is not of its
     * key's type, and for one that is missing, as the table got a key after the partition.
     */
    public List<@Nullable String> encode(List<String> values) {
        List<@Nullable String> keys = new ArrayList<>();
        for (int i = 0; i < Math.max(types.size(), values.size()); i++) {
            keys.add(i < values.size() ? sortKey(i, values.get(i)) : null);
        }
        return keys;
    }

    private @Nullable String sortKey(int index, String value) {
        if (value.equals(Key.NULL_VALUE)) {
            return null;
        }
        KeyType type = index < types.size() ? types.get(index) : KeyType.TEXT;
        return type.sortKey(value).orElse(null);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SortKeys keys && keys.types.equals(types);
    }

    @Override
    public int hashCode() {
        return types.hashCode();
    }

    @Override
    public String toString() {
        return types.toString();
    }
}
