package dev.mastic.warehouse.load;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;

/** A row as a JSON object, for people who look at what was refused. */
final class RowText {
    private static final int LONGEST = 8_000;

    private RowText() {}

    static String of(List<String> columns, @Nullable Object[] values) {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < columns.size(); i++) {
            text.append(i == 0 ? "" : ",");
            quote(columns.get(i), text);
            text.append(':');
            Object value = values[i];
            if (value == null || value instanceof Boolean || value instanceof Long || value instanceof BigDecimal) {
                text.append(value instanceof BigDecimal decimal ? decimal.toPlainString() : String.valueOf(value));
            } else if (value instanceof byte[] bytes) {
                quote(HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, LONGEST / 4)), text);
            } else {
                quote(value.toString(), text);
            }
        }
        return shortened(text.append('}').toString());
    }

    static String shortened(String text) {
        // PostgreSQL takes no NUL, whatever the column.
        String clean = text.replace('\0', '\uFFFD');
        return clean.length() > LONGEST ? clean.substring(0, LONGEST) + "..." : clean;
    }

    private static void quote(String value, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ') {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
