package dev.mastic.crawler.text;

import java.util.List;

/** Finds the sign by which lines say that they are no data. */
final class Comments {
    private static final List<String> PREFIXES = List.of("#", "//", "--", "%", "!");

    private Comments() {}

    /** The prefix of comments in the first part of a text; empty when there are none. */
    static String prefix(String text, int limit) {
        for (String prefix : PREFIXES) {
            int lines = 0;
            int comments = 0;
            for (int start = 0; start < limit; ) {
                int end = start;
                while (end < limit && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
                    end++;
                }
                if (end > start) {
                    lines++;
                    comments += comment(text, start, end, prefix) ? 1 : 0;
                }
                start = end + 1;
            }
            if (comments > 0 && comments < lines) {
                return prefix;
            }
        }
        return "";
    }

    private static boolean comment(String text, int start, int end, String prefix) {
        if (!text.startsWith(prefix, start)) {
            return false;
        }
        int behind = start + prefix.length();
        if (behind >= end || prefix.equals("#") || prefix.equals("//")) {
            return true;
        }
        char c = text.charAt(behind);
        return c == ' ' || (c != '-' && Character.isLetter(c) && !prefix.equals("!"));
    }
}
