package dev.mastic.warehouse.dialect;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;

/** Rows in the text format of COPY, as PostgreSQL's manual defines it under "File Formats". */
final class CopyText {
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
            .toFormatter(java.util.Locale.ROOT);
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private CopyText() {}

    static String of(List<StagedRow> rows) {
        StringBuilder text = new StringBuilder(rows.size() * 64);
        for (StagedRow row : rows) {
            text.append(row.number());
            for (Object value : row.values()) {
                text.append('\t');
                append(value, text);
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static void append(@Nullable Object value, StringBuilder text) {
        if (value == null) {
            text.append("\\N");
        } else if (value instanceof String string) {
            escaped(string, text);
        } else if (value instanceof BigDecimal decimal) {
            text.append(decimal.toPlainString());
        } else if (value instanceof LocalDate date) {
            date(date, text);
        } else if (value instanceof Instant instant) {
            time(LocalDateTime.ofInstant(instant, ZoneOffset.UTC), "Z", text);
        } else if (value instanceof LocalDateTime time) {
            time(time, "", text);
        } else if (value instanceof byte[] bytes) {
            text.append("\\\\x");
            for (byte b : bytes) {
                text.append(HEX[(b >> 4) & 15]).append(HEX[b & 15]);
            }
        } else {
            text.append(value);
        }
    }

    /** PostgreSQL writes years before Christ with BC, and has no year 0. */
    private static void date(LocalDate date, StringBuilder text) {
        int year = date.getYear() > 0 ? date.getYear() : 1 - date.getYear();
        text.append(String.format("%04d-%02d-%02d", year, date.getMonthValue(), date.getDayOfMonth()));
        if (date.getYear() <= 0) {
            text.append(" BC");
        }
    }

    private static void time(LocalDateTime time, String zone, StringBuilder text) {
        LocalDate date = time.toLocalDate();
        int year = date.getYear() > 0 ? date.getYear() : 1 - date.getYear();
        date(date.withYear(year), text);
        text.append(' ').append(TIME.format(time)).append(zone);
        if (date.getYear() <= 0) {
            text.append(" BC");
        }
    }

    private static void escaped(String value, StringBuilder text) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                default -> text.append(c);
            }
        }
    }
}
