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

/** How values of a partition key are compared: each as a text, its sort key, which sorts by code points as the values do. */
enum KeyType {
    TEXT("String", "string"),
    /** Of any width: a literal that the width does not hold is compared all the same. */
    INTEGER("Integral", "integer of 64 bits"),
    DECIMAL("Decimal", "number of at most 80 digits"),
    DATE("Date", "date (yyyy-MM-dd)"),
    TIMESTAMP("Timestamp", "timestamp (yyyy-MM-dd HH:mm:ss[.fffffffff])"),
    BOOLEAN("Boolean", "boolean (true or false)");

    /** Of a text only so many code points are its sort key, which is part of an index. */
    static final int LONGEST_TEXT = 100;

    private static final Pattern DECLARED = Pattern.compile("([a-z]+) *(?:\\([0-9, ]*\\))?");
    private static final Pattern INTEGER_LITERAL = Pattern.compile("[+-]?[0-9]+");
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?");
    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern TIME =
            Pattern.compile("([0-9-]{10})(?:[ T]([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\\.([0-9]{1,9}))?)?");
    private static final int LONGEST_NUMBER = 1000;
    private static final int MOST_DIGITS = 80;
    private static final int MIDDLE_OF_EXPONENTS = 5000;
    private static final int HIGHEST_EXPONENT = 9999;

    private final String family;
    private final String literal;

    KeyType(String family, String literal) {
        this.family = family;
        this.literal = literal;
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

    /** The sort key of a value or a literal; empty if it is not of this type. */
    Optional<String> sortKey(String text) {
        return switch (this) {
            case TEXT -> Optional.of(start(text));
            case INTEGER ->
                Optional.of(text)
                        .filter(number -> number.length() <= LONGEST_NUMBER
                                && INTEGER_LITERAL.matcher(number).matches())
                        .map(BigInteger::new)
                        .filter(number -> number.bitLength() < Long.SIZE)
                        .map(number -> String.format("%016x", number.longValue() ^ Long.MIN_VALUE));
            case DECIMAL ->
                Optional.of(text)
                        .filter(number -> number.length() <= LONGEST_NUMBER
                                && NUMBER.matcher(number).matches())
                        .map(number -> new BigDecimal(number).stripTrailingZeros())
                        .filter(number -> number.precision() <= MOST_DIGITS)
                        .map(KeyType::decimal);
            case DATE -> Optional.of(text).filter(KeyType::isDay);
            case TIMESTAMP -> timestamp(text);
            case BOOLEAN ->
                Optional.of(text.toLowerCase(Locale.ROOT)).filter(word -> word.equals("true") || word.equals("false"));
        };
    }

    private static String start(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST_TEXT
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_TEXT));
    }

    /** Sign, exponent and digits; those of a negative number are turned round, and end with what sorts after a digit. */
    private static String decimal(BigDecimal number) {
        if (number.signum() == 0) {
            return "1";
        }
        int exponent = MIDDLE_OF_EXPONENTS + number.precision() - number.scale();
        String digits = number.unscaledValue().abs().toString();
        if (number.signum() > 0) {
            return String.format("2%04d%s", exponent, digits);
        }
        StringBuilder turned = new StringBuilder();
        digits.chars().forEach(digit -> turned.append((char) ('0' + '9' - digit)));
        return String.format("0%04d%s~", HIGHEST_EXPONENT - exponent, turned);
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

    /** Of one length, to the nanosecond. */
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
