package dev.mastic.catalog.index.definition;

import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A type that a key of an index may have: Glue's string and integer types. */
enum IndexedType {
    TEXT(0),
    TINYINT(8),
    SMALLINT(16),
    INT(32),
    BIGINT(64);

    /** Hive's mark of a partition whose value is null, which is a value of every type. */
    static final String NULL_VALUE = "__HIVE_DEFAULT_PARTITION__";

    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,999}");
    private static final Pattern LENGTH = Pattern.compile(" *\\([0-9 ]*\\)$");

    private final int bits;

    IndexedType(int bits) {
        this.bits = bits;
    }

    /** The type of a column; a column without a type is text, as it is for filters. */
    static Optional<IndexedType> of(@Nullable String declared) {
        if (declared == null) {
            return Optional.of(TEXT);
        }
        String name = LENGTH.matcher(declared.trim().toLowerCase(Locale.ROOT)).replaceFirst("");
        return Optional.ofNullable(
                switch (name) {
                    case "string", "char", "varchar" -> TEXT;
                    case "tinyint" -> TINYINT;
                    case "smallint" -> SMALLINT;
                    case "int", "integer" -> INT;
                    case "bigint", "long" -> BIGINT;
                    default -> null;
                });
    }

    boolean holds(String value) {
        return this == TEXT
                || value.equals(NULL_VALUE)
                || INTEGER.matcher(value).matches() && new BigInteger(value).bitLength() < bits;
    }

    /**
     * A condition of SQL on a partition {@code p} that is true when {@link #holds} refuses its value at a position. The
     * stored sort key of an integer is its 64 bits in 16 hexadecimal digits, the first bit turned round.
     */
    Optional<String> refusal(int position) {
        if (this == TEXT) {
            return Optional.empty();
        }
        String key = "p.keys[" + position + "]";
        long least = -1L << (bits - 1);
        return Optional.of("(p.values[" + position + "] <> '" + NULL_VALUE + "' and coalesce(" + key + " not between '"
                + sortKey(least) + "' and '" + sortKey(~least) + "', true))");
    }

    private static String sortKey(long number) {
        return String.format(Locale.ROOT, "%016x", number ^ Long.MIN_VALUE);
    }
}
