package dev.mastic.crawler.classify;

import dev.mastic.crawler.infer.ColumnType;
import dev.mastic.crawler.infer.ColumnType.ArrayOf;
import dev.mastic.crawler.infer.ColumnType.Decimal;
import dev.mastic.crawler.infer.ColumnType.Field;
import dev.mastic.crawler.infer.ColumnType.Plain;
import dev.mastic.crawler.infer.ColumnType.Struct;
import dev.mastic.crawler.infer.Widening;
import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Types of values of JSON. */
final class JsonTypes {
    /** Tables of more columns are of no use to engines, and take long to make. */
    static final int MOST_COLUMNS = 5000;

    private JsonTypes() {}

    /** Joins the columns of rows, one row after the other. Not thread-safe. */
    static final class Columns {
        private final Map<String, Field> fields = new LinkedHashMap<>();
        private boolean more;

        void add(Map<?, ?> row) {
            row.forEach((name, value) -> add(String.valueOf(name), value));
        }

        void add(String name, @Nullable Object value) {
            String key = name.toLowerCase(Locale.ROOT);
            Field before = fields.get(key);
            ColumnType type = type(value);
            if (before == null && fields.size() == MOST_COLUMNS) {
                more = true;
            } else {
                fields.put(
                        key,
                        before == null
                                ? new Field(name, type)
                                : new Field(before.name(), Widening.join(before.type(), type)));
            }
        }

        /** Whether there are columns that were left out because there are too many. */
        boolean more() {
            return more;
        }

        List<ColumnProfile> profiles() {
            return fields.values().stream()
                    .map(field -> new ColumnProfile(field.name(), field.type(), null))
                    .toList();
        }
    }

    private static ColumnType struct(Map<?, ?> object) {
        List<Field> fields = new ArrayList<>();
        object.forEach((name, value) -> fields.add(new Field(String.valueOf(name), type(value))));
        // Joined with nothing, so that names that differ in case alone become one field, and too many fields a map.
        return Widening.join(new Struct(List.of()), new Struct(fields));
    }

    private static ColumnType type(@Nullable Object value) {
        if (value == null) {
            return Plain.UNKNOWN;
        } else if (value instanceof Boolean) {
            return Plain.BOOLEAN;
        } else if (value instanceof Integer || value instanceof Long) {
            return Plain.BIGINT;
        } else if (value instanceof BigInteger big) {
            return big.abs().toString().length() <= Decimal.MOST_DIGITS
                    ? new Decimal(Decimal.MOST_DIGITS, 0)
                    : Plain.STRING;
        } else if (value instanceof Number) {
            return Plain.DOUBLE;
        } else if (value instanceof List<?> list) {
            ColumnType element = Plain.UNKNOWN;
            for (Object item : list) {
                element = Widening.join(element, type(item));
            }
            return new ArrayOf(element);
        } else if (value instanceof Map<?, ?> map) {
            return struct(map);
        }
        return Plain.STRING;
    }
}
