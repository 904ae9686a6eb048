package dev.mastic.catalog.partition.filter;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How values of a partition key are compared. */
enum KeyType {
    TEXT("String", "string", "text"),
    /** Of any width: a literal that the width does not hold is compared all the same. */
    INTEGER("Integral", "integer of 64 bits", "bigint"),
    DECIMAL("Decimal", "number", "numeric"),
    DATE("Date", "date (yyyy-MM-dd)", "date"),
    TIMESTAMP("Timestamp", "timestamp (yyyy-MM-dd HH:mm:ss[.fffffffff])", "text"),
    BOOLEAN("Boolean", "boolean (true or false)", "boolean");

    private static final Pattern DECLARED = Pattern.compile("([a-z]+) *(?:\\([0-9, ]*\\))?");
    private static final Pattern INTEGER_LITERAL = Pattern.compile("[+-]?[0-9]+");
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?");
    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern TIME =
            Pattern.compile("([0-9-]{10})(?:[ T]([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\\.([0-9]{1,9}))?)?");
    private static final int LONGEST_NUMBER = 1000;

    private final String family;
    private final String literal;
    private final String sqlType;

    KeyType(String family, String literal, String sqlType) {
        this.family = family;
        this.literal = literal;
        this.sqlType = sqlType;
    }

    /** The type of a column, such as {@code decimal(10,2)}; empty if expressions cannot compare it. */
    static Optional<KeyType> of(String declared) {
        Matcher matcher = DECLARED.matcher(declared.trim().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                switch (matcher.group(1)) {
                    case "string", "char", "varchar" -> TEXT;
                    case "tinyint", "smallint", "int", "integer", "bigint", "long" -> INTEGER;
                    case "decimal", "float", "double" -> DECIMAL;
                    case "date" -> DATE;
                    case "timestamp" -> TIMESTAMP;
                    case "boolean" -> BOOLEAN;
                    default -> null;
                });
    }

    /** As messages of Glue have it: {@code Integral data type}. */
    String family() {
        return family;
    }

    /** What a literal must be, for messages. */
    String literal() {
        return literal;
    }

    /** The type of PostgreSQL in which values are compared. */
    String sqlType() {
        return sqlType;
    }

    /** A literal as text that PostgreSQL can cast to {@link #sqlType()}; empty if it is not of this type. */
    Optional<String> canonical(String text) {
        return switch (this) {
            case TEXT -> Optional.of(text);
            case INTEGER ->
                Optional.of(text)
                        .filter(number -> INTEGER_LITERAL.matcher(number).matches())
                        .map(BigInteger::new)
                        .filter(number -> number.bitLength() < Long.SIZE)
                        .map(BigInteger::toString);
            case DECIMAL ->
                Optional.of(text)
                        .filter(number -> number.length() <= LONGEST_NUMBER
                                && NUMBER.matcher(number).matches())
                        .map(number -> new BigDecimal(number).toString());
            case DATE -> Optional.of(text).filter(KeyType::isDay);
            case TIMESTAMP -> timestamp(text);
            case BOOLEAN ->
                Optional.of(text.toLowerCase(Locale.ROOT)).filter(word -> word.equals("true") || word.equals("false"));
        };
    }

    private static boolean isDay(String text) {
        if (!DAY.matcher(text).matches()) {
            return false;
        }
        try {
            return LocalDate.parse(text).getYear() > 0;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** In the form that {@code catalog.try_timestamp} gives. */
    private static Optional<String> timestamp(String text) {
        Matcher matcher = TIME.matcher(text);
        if (!matcher.matches() || !isDay(matcher.group(1))) {
            return Optional.empty();
        }
        String time = matcher.group(2) == null ? "00:00:00" : matcher.group(2);
        try {
            LocalTime.parse(time);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
        String fraction = matcher.group(3) == null ? "" : matcher.group(3);
        return Optional.of(matcher.group(1) + " " + time + "." + fraction + "0".repeat(9 - fraction.length()));
    }
}
