package dev.mastic.crawler.text;

/** How the lines of a text end. */
public enum LineEnd {
    /** {@code \n}, as on Unix. */
    LF,
    /** {@code \r\n}, as on Windows. */
    CRLF,
    /** {@code \r} alone, as on old Macs. */
    CR,
    /** Several of them; each ends a line. */
    MIXED;

    /** The line end that a text has. A text of one line counts as LF. */
    static LineEnd of(String text) {
        int lf = 0;
        int crlf = 0;
        int cr = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                lf++;
            } else if (c == '\r') {
                if (i + 1 < text.length() && text.charAt(i + 1) == '\n') {
                    crlf++;
                    i++;
                } else {
                    cr++;
                }
            }
        }
        if (lf == 0 && crlf == 0) {
            return cr > 0 ? CR : LF;
        } else if (cr > lf + crlf) {
            return MIXED;
        } else if (lf > 0 && crlf > 0) {
            // Line feeds inside of quotes are common in files of Windows: the majority tells.
            return crlf >= lf ? CRLF : LF;
        }
        return crlf > 0 ? CRLF : LF;
    }

    /** Whether a carriage return alone ends a line; otherwise it is a part of a value. */
    boolean carriageReturnEnds() {
        return this == CR || this == MIXED;
    }
}
