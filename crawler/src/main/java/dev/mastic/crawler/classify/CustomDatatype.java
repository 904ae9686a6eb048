package dev.mastic.crawler.classify;

import dev.mastic.crawler.infer.ColumnType;
import dev.mastic.crawler.infer.ColumnType.Decimal;
import dev.mastic.crawler.infer.ColumnType.Plain;

import java.util.List;
import java.util.Locale;

/** The types that a custom classifier of CSV may name. */
public enum CustomDatatype {
    LONG(Plain.BIGINT),
    INT(Plain.INT),
    SHORT(Plain.SMALLINT),
    DOUBLE(Plain.DOUBLE),
    FLOAT(Plain.FLOAT),
    DECIMAL(new Decimal(Decimal.MOST_DIGITS, 18)),
    BOOLEAN(Plain.BOOLEAN),
    DATE(Plain.DATE),
    TIMESTAMP(Plain.TIMESTAMP),
    BINARY(Plain.BINARY),
    STRING(Plain.STRING);

    private final ColumnType type;

    CustomDatatype(ColumnType type) {
        this.type = type;
    }

    /**
     * The type of a column. As many names as columns are their types in order; otherwise they are the types that columns
     * may have, and a column gets the first that holds what was found in it.
     */
    static ColumnType of(List<String> names, int column, int columns, ColumnType found) {
        if (names.size() == columns) {
            return valueOf(names.get(column).strip().toUpperCase(Locale.ROOT)).type;
        }
        List<String> upper = names.stream()
                .map(name -> name.strip().toUpperCase(Locale.ROOT))
                .toList();
        return holders(found).stream()
                .filter(holder -> upper.contains(holder.name()))
                .findFirst()
                .orElse(STRING)
                .type;
    }

    private static List<CustomDatatype> holders(ColumnType found) {
        if (found == Plain.BIGINT) {
            return List.of(LONG, INT, SHORT, DECIMAL, DOUBLE, FLOAT);
        } else if (found == Plain.DOUBLE) {
            return List.of(DOUBLE, FLOAT, DECIMAL);
        } else if (found instanceof Decimal) {
            return List.of(DECIMAL, DOUBLE, FLOAT);
        } else if (found == Plain.DATE) {
            return List.of(DATE, TIMESTAMP);
        } else if (found == Plain.TIMESTAMP) {
            return List.of(TIMESTAMP);
        }
        return found == Plain.BOOLEAN ? List.of(BOOLEAN) : List.of();
    }
}
