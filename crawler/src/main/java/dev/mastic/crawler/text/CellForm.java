package dev.mastic.crawler.text;

/** What one value looks like, as far as it helps to tell a right dialect from a wrong one. */
enum CellForm {
    EMPTY,
    /** Stands for no value: NULL, NA, n/a, -. */
    MARKER,
    BOOLEAN,
    WHOLE,
    /** With a point. */
    FRACTION,
    /** With a comma for the point. */
    COMMA_FRACTION,
    /** With marks between thousands, a currency or a percent sign. */
    AMOUNT,
    DATE,
    TIME,
    TIMESTAMP,
    ADDRESS,
    /** Letters and digits without blanks: identifiers, product numbers, codes. */
    CODE,
    /** Letters alone. */
    WORD,
    /** Everything else. */
    TEXT;

    private static final int LONGEST_PATTERN = 40;

    /** The form of a part of a text, blanks around it aside. */
    static CellForm of(CharSequence text, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && text.charAt(start) <= ' ') {
            start++;
        }
        while (end > start && text.charAt(end - 1) <= ' ') {
            end--;
        }
        int length = end - start;
        if (length == 0) {
            return EMPTY;
        }
        Counts counts = new Counts(text, start, end);
        if (length <= LONGEST_PATTERN) {
            CellForm form = counts.digits > 0 ? withDigits(text, start, end, counts) : withoutDigits(text, start, end);
            if (form != TEXT) {
                return form;
            }
        }
        return words(text, start, end, counts);
    }

    private static CellForm withDigits(CharSequence text, int start, int end, Counts counts) {
        if (counts.letters <= 1 || counts.exponent) {
            CellForm number = Numbers.form(text, start, end);
            if (number != TEXT) {
                return number;
            }
        }
        return Times.form(text, start, end);
    }

    private static CellForm withoutDigits(CharSequence text, int start, int end) {
        String word = text.subSequence(start, end).toString();
        return switch (word) {
            case "true", "false", "True", "False", "TRUE", "FALSE" -> BOOLEAN;
            case "NULL", "null", "NA", "N/A", "n/a", "NaN", "nan", "None", "\\N", "#N/A", "-", "--", "?", "." -> MARKER;
            default -> TEXT;
        };
    }

    private static CellForm words(CharSequence text, int start, int end, Counts counts) {
        int length = end - start;
        if (counts.letters == length) {
            return WORD;
        } else if (counts.blanks == 0) {
            if (address(text, start, end, counts)) {
                return ADDRESS;
            }
            if (counts.others == 0) {
                return CODE;
            }
        }
        return TEXT;
    }

    /** Addresses in the web, of mail and of machines. */
    private static boolean address(CharSequence text, int start, int end, Counts counts) {
        if (counts.colons > 0) {
            String head = text.subSequence(start, Math.min(end, start + 12)).toString();
            return head.contains("://");
        }
        int at = counts.at;
        return at > start && at < end - 3 && counts.points > 0 && counts.letters > 2;
    }

    /** Kinds of characters, counted in one go. */
    private static final class Counts {
        private int digits;
        private int letters;
        private int blanks;
        private int points;
        private int colons;
        private int others;
        private int at = -1;
        private boolean exponent;

        Counts(CharSequence text, int start, int end) {
            for (int i = start; i < end; i++) {
                char c = text.charAt(i);
                if (c >= '0' && c <= '9') {
                    digits++;
                } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c > 127 && Character.isLetter(c))) {
                    letters++;
                    exponent |= c == 'e' || c == 'E';
                } else {
                    other(c, i);
                }
            }
        }

        private void other(char c, int index) {
            switch (c) {
                case ' ', '\t', '\n', '\r' -> blanks++;
                case '.' -> points++;
                case '-', '_', '/' -> {
                    // Common in codes.
                }
                case ':' -> {
                    colons++;
                    others++;
                }
                case '@' -> {
                    at = index;
                    others++;
                }
                default -> others++;
            }
        }
    }
}
