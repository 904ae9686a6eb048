package dev.mastic.crawler.infer;

import dev.mastic.crawler.infer.ColumnType.ArrayOf;
import dev.mastic.crawler.infer.ColumnType.Decimal;
import dev.mastic.crawler.infer.ColumnType.Field;
import dev.mastic.crawler.infer.ColumnType.MapOf;
import dev.mastic.crawler.infer.ColumnType.Other;
import dev.mastic.crawler.infer.ColumnType.Plain;
import dev.mastic.crawler.infer.ColumnType.Struct;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The lattice of types: {@link #join} gives the narrowest type that holds the values of two others. It is commutative up
 * to the order and spelling of struct fields, associative, idempotent, and never narrows. Numbers that no decimal holds
 * together become double; what has nothing in common, an object and a scalar for instance, becomes string, in which engines
 * keep the text of both.
 */
public final class Widening {
    private static final int DIGITS_OF_BIGINT = 19;

    /** An object with more names than these is a map: nobody named its fields. */
    public static final int MOST_FIELDS = 1000;

    private Widening() {}

    /** The narrowest type that holds the values of both. */
    public static ColumnType join(ColumnType a, ColumnType b) {
        if (a.equals(b) || b == Plain.UNKNOWN) {
            return a;
        } else if (a == Plain.UNKNOWN) {
            return b;
        } else if (a instanceof Other) {
            // Chosen by a person: what is found in files does not change it.
            return a;
        } else if (b instanceof Other) {
            return b;
        } else if (a instanceof Plain left && b instanceof Plain right) {
            return joinPlain(left, right);
        } else if (a instanceof Decimal left) {
            return joinDecimal(left, b);
        } else if (b instanceof Decimal right) {
            return joinDecimal(right, a);
        } else if (a instanceof ArrayOf left && b instanceof ArrayOf right) {
            return new ArrayOf(join(left.element(), right.element()));
        } else if (a instanceof MapOf left && b instanceof MapOf right) {
            return new MapOf(join(left.key(), right.key()), join(left.value(), right.value()));
        } else if (a instanceof Struct left && b instanceof Struct right) {
            return joinStructs(left, right);
        } else if (a instanceof MapOf map && b instanceof Struct struct) {
            return join(map, asMap(struct));
        } else if (a instanceof Struct struct && b instanceof MapOf map) {
            return join(asMap(struct), map);
        }
        return Plain.STRING;
    }

    /** The fields of an object as keys and values: what holds an object of too many fields to name holds any object. */
    public static MapOf asMap(Struct struct) {
        ColumnType value = Plain.UNKNOWN;
        for (Field field : struct.fields()) {
            value = join(value, field.type());
        }
        return new MapOf(Plain.STRING, value);
    }

    /**
     * Whether files that hold one type can be read as another when the file's type is fixed, as in Parquet: numbers as
     * wider numbers, structs with more fields, and nothing as text.
     */
    public static boolean readableAs(ColumnType inFile, ColumnType inTable) {
        if (inFile.equals(inTable) || inFile == Plain.UNKNOWN || inTable instanceof Other) {
            return true;
        } else if (inFile instanceof ArrayOf from && inTable instanceof ArrayOf to) {
            return readableAs(from.element(), to.element());
        } else if (inFile instanceof MapOf from && inTable instanceof MapOf to) {
            return readableAs(from.key(), to.key()) && readableAs(from.value(), to.value());
        } else if (inFile instanceof Struct from && inTable instanceof Struct to) {
            Map<String, ColumnType> target = byName(to);
            return from.fields().stream().allMatch(field -> {
                ColumnType type = target.get(lower(field.name()));
                return type != null && readableAs(field.type(), type);
            });
        }
        // Spark reads 64-bit numbers of a Parquet file as decimals, not as doubles.
        boolean lossy = inFile == Plain.BIGINT && inTable instanceof Plain plain && plain.floating();
        // A file that has fields cannot be read as keys and values.
        boolean otherKind = inFile instanceof Struct != inTable instanceof Struct;
        return inTable != Plain.STRING
                && inTable != Plain.TIMESTAMP
                && !otherKind
                && !lossy
                && join(inFile, inTable).equals(inTable);
    }

    private static ColumnType joinPlain(Plain a, Plain b) {
        if (a.whole() && b.whole()) {
            return a.compareTo(b) > 0 ? a : b;
        } else if ((a.whole() || a.floating()) && (b.whole() || b.floating())) {
            return Plain.DOUBLE;
        } else if ((a == Plain.DATE && b == Plain.TIMESTAMP) || (a == Plain.TIMESTAMP && b == Plain.DATE)) {
            return Plain.TIMESTAMP;
        }
        return Plain.STRING;
    }

    private static ColumnType joinDecimal(Decimal a, ColumnType b) {
        if (b instanceof Decimal other) {
            return decimal(
                    Math.max(a.precision() - a.scale(), other.precision() - other.scale()),
                    Math.max(a.scale(), other.scale()));
        } else if (b instanceof Plain plain && plain.whole()) {
            return decimal(Math.max(a.precision() - a.scale(), DIGITS_OF_BIGINT), a.scale());
        } else if (b instanceof Plain plain && plain.floating()) {
            return Plain.DOUBLE;
        }
        return Plain.STRING;
    }

    private static ColumnType decimal(int wholeDigits, int scale) {
        return wholeDigits + scale > Decimal.MOST_DIGITS ? Plain.DOUBLE : new Decimal(wholeDigits + scale, scale);
    }

    private static ColumnType joinStructs(Struct a, Struct b) {
        Map<String, Field> fields = new LinkedHashMap<>();
        a.fields().forEach(field -> fields.put(lower(field.name()), field));
        b.fields()
                .forEach(field -> fields.merge(
                        lower(field.name()),
                        field,
                        (left, right) -> new Field(left.name(), join(left.type(), right.type()))));
        Struct joined = new Struct(fields.values().stream().toList());
        return fields.size() > MOST_FIELDS ? asMap(joined) : joined;
    }

    private static Map<String, ColumnType> byName(Struct struct) {
        Map<String, ColumnType> types = new LinkedHashMap<>();
        struct.fields().forEach(field -> types.put(lower(field.name()), field.type()));
        return types;
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
