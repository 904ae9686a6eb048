package dev.mastic.registry.json;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The kinds of JSON values that no value shares; a number is of the kind INTEGER or FRACTION. */
enum Kind {
    NULL,
    BOOLEAN,
    INTEGER,
    FRACTION,
    STRING,
    ARRAY,
    OBJECT;

    static final Set<String> TYPES = Set.of("null", "boolean", "integer", "number", "string", "array", "object");

    /** The kinds of a type's values. */
    static Set<Kind> ofType(String type) {
        return type.equals("number")
                ? EnumSet.of(INTEGER, FRACTION)
                : EnumSet.of(Kind.valueOf(type.toUpperCase(Locale.ROOT)));
    }

    static Kind of(@Nullable Object value) {
        if (value == null) {
            return NULL;
        }
        if (value instanceof Number number) {
            BigDecimal decimal = SchemaNode.decimal(number);
            return decimal.signum() == 0 || decimal.stripTrailingZeros().scale() <= 0 ? INTEGER : FRACTION;
        }
        if (value instanceof Boolean) {
            return BOOLEAN;
        }
        return value instanceof List<?> ? ARRAY : value instanceof Map<?, ?> ? OBJECT : STRING;
    }

    /** As a schema's {@code type} says it. */
    String type() {
        return this == FRACTION ? "number" : name().toLowerCase(Locale.ROOT);
    }
}
