package dev.mastic.crawler.text;

/** Numbers as files spell them. */
final class Numbers {
    private static final int GROUP = 3;

    private Numbers() {}

    /** The form of a text that begins and ends without blanks; {@link CellForm#TEXT} when it is no number. */
    static CellForm form(CharSequence text, int from, int to) {
        int start = from;
        int end = to;
        boolean amount = false;
        if (sign(text.charAt(start)) && end - start > 1) {
            start++;
        }
        if (currency(text.charAt(start)) && end - start > 1) {
            start++;
            amount = true;
        }
        char last = text.charAt(end - 1);
        if ((last == '%' || currency(last)) && end - start > 1) {
            end--;
            amount = true;
            while (end > start && text.charAt(end - 1) == ' ') {
                end--;
            }
        }
        if (start < end && amount && sign(text.charAt(start)) && end - start > 1) {
            start++;
        }
        CellForm form = plain(text, start, end);
        return amount && form != CellForm.TEXT ? CellForm.AMOUNT : form;
    }

    private static CellForm plain(CharSequence text, int start, int end) {
        int points = 0;
        int commas = 0;
        int mark = -1;
        int i = start;
        for (; i < end; i++) {
            char c = text.charAt(i);
            if (c == '.') {
                points++;
                mark = i;
            } else if (c == ',') {
                commas++;
                mark = i;
            } else if (c < '0' || c > '9') {
                break;
            }
        }
        int digits = i - start - points - commas;
        if (digits == 0) {
            return CellForm.TEXT;
        }
        if (i < end) {
            return commas == 0 && points <= 1 && exponent(text, i, end) ? CellForm.FRACTION : CellForm.TEXT;
        }
        if (points + commas == 0) {
            return CellForm.WHOLE;
        } else if (points == 1 && commas == 0) {
            return CellForm.FRACTION;
        } else if (commas == 1 && points == 0) {
            return mark == start || mark == end - 1
                    ? CellForm.TEXT
                    : end - mark - 1 == GROUP && mark - start <= GROUP ? CellForm.AMOUNT : CellForm.COMMA_FRACTION;
        }
        return grouped(text, start, end) ? CellForm.AMOUNT : CellForm.TEXT;
    }

    /** 1,234,567.89 or 1.234.567,89. */
    private static boolean grouped(CharSequence text, int start, int end) {
        char group = 0;
        int run = 0;
        boolean fraction = false;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                run++;
                continue;
            }
            boolean sized = group == 0 ? run >= 1 && run <= GROUP : run == GROUP;
            if (fraction || !sized) {
                return false;
            }
            if (group == 0) {
                group = c;
            } else if (c != group) {
                fraction = true;
            }
            run = 0;
        }
        return fraction || run == GROUP;
    }

    private static boolean exponent(CharSequence text, int at, int end) {
        char c = text.charAt(at);
        if (c != 'e' && c != 'E') {
            return false;
        }
        int i = at + 1;
        if (i < end && sign(text.charAt(i))) {
            i++;
        }
        if (i == end || end - i > GROUP) {
            return false;
        }
        for (; i < end; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static boolean sign(char c) {
        return c == '-' || c == '+';
    }

    private static boolean currency(char c) {
        return c == '$' || c == '\u20ac' || c == '\u00a3' || c == '\u00a5';
    }
}
