package dev.mastic.warehouse.dialect;

import java.sql.Types;

/** Numbers in statements. */
final class Literals {
    private Literals() {}

    static boolean isNumber(int jdbcType) {
        return switch (jdbcType) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.NUMERIC, Types.DECIMAL -> true;
            default -> false;
        };
    }

    /** @throws IllegalArgumentException when the text is none, as a bookmark that somebody changed might be */
    static String number(String text) {
        if (!text.matches("-?\\d{1,100}(\\.\\d{1,100})?")) {
            throw new IllegalArgumentException("'" + text + "' is no number, as the bound of a numeric key must be");
        }
        return text;
    }
}
