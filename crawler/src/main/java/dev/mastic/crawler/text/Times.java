package dev.mastic.crawler.text;

import java.util.Locale;
import java.util.Set;

/** Dates and times as files spell them, told by their shape: runs of digits and what stands between. */
final class Times {
    private static final Set<String> MONTHS = Set.of(
            "jan",
            "feb",
            "mar",
            "apr",
            "may",
            "jun",
            "jul",
            "aug",
            "sep",
            "oct",
            "nov",
            "dec",
            "sept",
            "january",
            "february",
            "march",
            "april",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");
    private static final int MOST_PARTS = 10;

    private Times() {}

    /** DATE, TIME, TIMESTAMP or TEXT. */
    static CellForm form(CharSequence text, int from, int to) {
        int colon = -1;
        for (int i = from; i < to && colon < 0; i++) {
            colon = text.charAt(i) == ':' ? i : -1;
        }
        if (colon < 0) {
            return date(text, from, to) ? CellForm.DATE : CellForm.TEXT;
        }
        int hours = colon;
        while (hours > from && digit(text.charAt(hours - 1))) {
            hours--;
        }
        if (colon - hours == 0 || colon - hours > 2 || !time(text, colon, to)) {
            return CellForm.TEXT;
        }
        if (hours == from) {
            return CellForm.TIME;
        }
        char between = text.charAt(hours - 1);
        if (between != ' ' && between != 'T' && between != '_' && between != ':') {
            return CellForm.TEXT;
        }
        int end = hours - 1;
        while (end > from && (text.charAt(end - 1) == ' ' || text.charAt(end - 1) == ',')) {
            end--;
        }
        return date(text, from, end) ? CellForm.TIMESTAMP : CellForm.TEXT;
    }

    /** The rest of a time, from its first colon: minutes, seconds, fraction, half of the day, zone. */
    private static boolean time(CharSequence text, int colon, int to) {
        int i = colon;
        int parts = 0;
        while (i < to && text.charAt(i) == ':' && parts < 2) {
            if (i + 2 >= to || !digit(text.charAt(i + 1)) || !digit(text.charAt(i + 2)) || text.charAt(i + 1) > '5') {
                return false;
            }
            i += 3;
            parts++;
        }
        if (i < to && (text.charAt(i) == '.' || text.charAt(i) == ',') && parts == 2) {
            int digits = i + 1;
            while (digits < to && digit(text.charAt(digits))) {
                digits++;
            }
            if (digits == i + 1) {
                return false;
            }
            i = digits;
        }
        return i == to || zone(text.subSequence(i, to).toString().strip());
    }

    private static boolean zone(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.equals("z")
                || lower.equals("am")
                || lower.equals("pm")
                || lower.equals("utc")
                || lower.equals("gmt")) {
            return true;
        }
        if (lower.length() < 2 || lower.length() > 6 || (lower.charAt(0) != '+' && lower.charAt(0) != '-')) {
            return false;
        }
        for (int i = 1; i < lower.length(); i++) {
            if (!digit(lower.charAt(i)) && lower.charAt(i) != ':') {
                return false;
            }
        }
        return true;
    }

    /** Three parts, one of them a year, of numbers or with the name of a month. */
    private static boolean date(CharSequence text, int from, int to) {
        int[] lengths = new int[MOST_PARTS];
        int[] values = new int[MOST_PARTS];
        int parts = 0;
        int named = 0;
        char mark = 0;
        int i = from;
        while (i < to) {
            char c = text.charAt(i);
            int start = i;
            if (digit(c)) {
                int value = 0;
                while (i < to && digit(text.charAt(i)) && i - start < 5) {
                    value = value * 10 + text.charAt(i++) - '0';
                }
                if (parts == 3) {
                    return false;
                }
                lengths[parts] = i - start;
                values[parts++] = value;
            } else if (Character.isLetter(c)) {
                while (i < to && Character.isLetter(text.charAt(i))) {
                    i++;
                }
                if (named++ > 0
                        || parts == 3
                        || !MONTHS.contains(
                                text.subSequence(start, i).toString().toLowerCase(Locale.ROOT))) {
                    return false;
                }
                parts++;
            } else if (c == '-' || c == '/' || c == '.' || c == ' ' || c == ',') {
                if (named == 0 && (c == ' ' || c == ',' || (mark != 0 && mark != c) || parts == 0)) {
                    return false;
                }
                mark = c;
                i++;
            } else {
                return false;
            }
        }
        return parts == 3 && (named == 1 ? namedDate(lengths) : numbers(lengths, values));
    }

    private static boolean namedDate(int[] lengths) {
        // The month has no length here: a day of one or two digits and a year of two or four remain.
        int days = 0;
        int years = 0;
        for (int p = 0; p < 3; p++) {
            days += lengths[p] == 1 || lengths[p] == 2 ? 1 : 0;
            years += lengths[p] == 4 ? 1 : 0;
        }
        return days == 1 && years == 1 || days == 2;
    }

    private static boolean numbers(int[] lengths, int[] values) {
        if (lengths[0] == 4) {
            return lengths[1] <= 2 && lengths[2] <= 2 && dayAndMonth(values[1], values[2]);
        }
        return lengths[0] <= 2
                && lengths[1] <= 2
                && (lengths[2] == 4 || lengths[2] == 2)
                && dayAndMonth(values[0], values[1]);
    }

    private static boolean dayAndMonth(int a, int b) {
        return a >= 1 && b >= 1 && Math.max(a, b) <= 31 && Math.min(a, b) <= 12;
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }
}
