package dev.mastic.crawler.infer;

import dev.mastic.crawler.infer.ColumnType.Decimal;
import dev.mastic.crawler.infer.ColumnType.Plain;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one text of a CSV file looks like.
 *
 * @param type the type that the text alone would have
 * @param pattern format of a time that is not Hive's own, as {@code java.time} writes it; empty otherwise; two with a bar
 *     between them when days and months cannot be told apart
 */
public record TextForm(ColumnType type, String pattern) {
    /** Texts that stand for no value, besides the empty one. */
    public static final Set<String> NULL_MARKERS = Set.of(
            "\\N", "NULL", "null", "Null", "(null)", "NA", "N/A", "n/a", "n.a.", "#N/A", "None", "NIL", "nil", "-",
            "--", "?");

    private static final TextForm BOOLEAN = new TextForm(Plain.BOOLEAN, "");
    private static final TextForm BIGINT = new TextForm(Plain.BIGINT, "");
    private static final TextForm DOUBLE = new TextForm(Plain.DOUBLE, "");
    private static final TextForm DATE = new TextForm(Plain.DATE, "");
    private static final TextForm TIMESTAMP = new TextForm(Plain.TIMESTAMP, "");
    private static final TextForm STRING = new TextForm(Plain.STRING, "");

    /** No leading zeros and no plus sign: those are codes and telephone numbers, which a number would spoil. */
    private static final Pattern WHOLE = Pattern.compile("-?(?:0|[1-9]\\d*)");

    private static final Pattern REAL =
            Pattern.compile("-?(?:(?:0|[1-9]\\d*)(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d{1,3})?");
    private static final Pattern ISO = Pattern.compile(
            "(\\d{4})-(\\d\\d)-(\\d\\d)(?:([ T])(\\d\\d):(\\d\\d)(?::(\\d\\d)(?:\\.(\\d{1,9}))?)?(Z|[+-]\\d\\d:?\\d\\d)?)?");
    private static final Pattern OTHER_DATE =
            Pattern.compile("(\\d{1,4})([/.])(\\d{1,2})\\2(\\d{1,4})(?: (\\d{1,2}):(\\d\\d)(:\\d\\d)?)?");
    /** Between the formats that a date can have. */
    static final String EITHER = "|";

    private static final int LONGEST = 64;
    private static final int DIGITS_OF_LONG = 18;
    private static final int DIGITS_OF_DOUBLE = 15;
    static final int DIGITS_OF_MONEY = 6;
    private static final int YEAR_DIGITS = 4;
    private static final int MONTHS = 12;

    /** What a text that is neither empty nor a null marker looks like. */
    public static TextForm of(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return STRING;
        }
        if (text.equals("NaN") || text.equals("Infinity") || text.equals("-Infinity")) {
            return DOUBLE;
        }
        char first = text.charAt(0);
        if (first == '-' || first == '.' || (first >= '0' && first <= '9')) {
            TextForm number = number(text);
            return number == null ? time(text) : number;
        }
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return BOOLEAN;
        }
        return STRING;
    }

    private static @Nullable TextForm number(String text) {
        if (WHOLE.matcher(text).matches()) {
            int digits = text.startsWith("-") ? text.length() - 1 : text.length();
            if (digits <= DIGITS_OF_LONG || fitsLong(text)) {
                return BIGINT;
            }
            return digits <= Decimal.MOST_DIGITS ? new TextForm(new Decimal(digits, 0), "") : STRING;
        }
        return REAL.matcher(text).matches() ? fraction(text) : null;
    }

    /** Exact when a double would lose digits; what no decimal holds either keeps its text. */
    private static TextForm fraction(String text) {
        int point = text.indexOf('.');
        if (point < 0 || text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
            return DOUBLE;
        }
        int whole = point - (text.startsWith("-") ? 1 : 0);
        int scale = text.length() - point - 1;
        if (whole + scale <= DIGITS_OF_DOUBLE) {
            return DOUBLE;
        }
        // Digits of a measurement behind the point are noise, digits of money before it are not.
        return whole + scale <= Decimal.MOST_DIGITS && scale <= DIGITS_OF_MONEY
                ? new TextForm(new Decimal(whole + scale, scale), "")
                : DOUBLE;
    }

    /** Whether a text of digits is no number: leading zeros and plus signs are those of codes and telephone numbers. */
    static boolean code(String text) {
        if (text.length() < 2 || (text.charAt(0) != '0' && text.charAt(0) != '+')) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static boolean fitsLong(String text) {
        return text.length() <= DIGITS_OF_LONG + 2
                && new BigDecimal(text).toBigInteger().bitLength() < Long.SIZE;
    }

    private static TextForm time(String text) {
        Matcher iso = ISO.matcher(text);
        if (iso.matches()) {
            return iso(iso);
        }
        Matcher other = OTHER_DATE.matcher(text);
        return other.matches() ? other(other) : STRING;
    }

    private static TextForm iso(Matcher iso) {
        try {
            LocalDate.of(number(iso, 1), number(iso, 2), number(iso, 3));
            if (iso.group(4) == null) {
                return DATE;
            }
            LocalTime.of(number(iso, 5), number(iso, 6), iso.group(7) == null ? 0 : number(iso, 7));
        } catch (DateTimeException e) {
            return STRING; // 2001-02-30 has a date's form and is none
        }
        boolean space = iso.group(4).equals(" ");
        boolean seconds = iso.group(7) != null;
        String zone = iso.group(9);
        if (space && seconds && zone == null) {
            return TIMESTAMP;
        }
        String fraction =
                iso.group(8) == null ? "" : "." + "S".repeat(iso.group(8).length());
        String pattern = "yyyy-MM-dd" + (space ? " " : "'T'") + "HH:mm" + (seconds ? ":ss" + fraction : "")
                + (zone == null ? "" : zone.equals("Z") || zone.contains(":") ? "XXX" : "XX");
        return new TextForm(!space && seconds && zone == null ? Plain.TIMESTAMP : Plain.STRING, pattern);
    }

    /** Dates as people write them: the format is told only when it can be but one. */
    private static TextForm other(Matcher date) {
        String first = date.group(1);
        String last = date.group(4);
        String mark = date.group(2);
        String time = date.group(5) == null
                ? ""
                : " " + "H".repeat(date.group(5).length()) + ":mm" + (date.group(7) == null ? "" : ":ss");
        int second = number(date, 3);
        if (first.length() == YEAR_DIGITS && second <= MONTHS) {
            return new TextForm(
                    Plain.STRING, "yyyy" + mark + letters("M", date.group(3)) + mark + letters("d", last) + time);
        } else if (last.length() != YEAR_DIGITS) {
            return STRING;
        } else if (mark.equals(".") && second <= MONTHS) {
            return new TextForm(Plain.STRING, letters("d", first) + "." + letters("M", date.group(3)) + ".yyyy" + time);
        } else if (Integer.parseInt(first) <= MONTHS && second > MONTHS) {
            return new TextForm(
                    Plain.STRING, letters("M", first) + mark + letters("d", date.group(3)) + mark + "yyyy" + time);
        } else if (Integer.parseInt(first) > MONTHS && second <= MONTHS) {
            return new TextForm(
                    Plain.STRING, letters("d", first) + mark + letters("M", date.group(3)) + mark + "yyyy" + time);
        } else if (Integer.parseInt(first) <= MONTHS && second <= MONTHS && second > 0) {
            String year = mark + "yyyy" + time;
            return new TextForm(
                    Plain.STRING,
                    letters("d", first)
                            + mark
                            + letters("M", date.group(3))
                            + year
                            + EITHER
                            + letters("M", first)
                            + mark
                            + letters("d", date.group(3))
                            + year);
        }
        return STRING;
    }

    private static String letters(String letter, String digits) {
        return letter.repeat(digits.length());
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }
}
