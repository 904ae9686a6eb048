package dev.mastic.catalog.partition.filter;

import java.util.Comparator;
import java.util.Optional;

/** The order of COLLATE "C", which is that of code points and not that of Java's chars. */
final class CodePoints {
    static final Comparator<String> ORDER = (one, other) -> precedes(one, other) ? -1 : precedes(other, one) ? 1 : 0;

    private CodePoints() {}

    static boolean precedes(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            if (one.charAt(i) != other.charAt(i)) {
                return one.codePointAt(start(one, i)) < other.codePointAt(start(other, i));
            }
        }
        return one.length() < other.length();
    }

    private static int start(String text, int index) {
        return Character.isLowSurrogate(text.charAt(index)) && index > 0 ? index - 1 : index;
    }

    /** The least text that sorts after all texts with that start; empty if there is none. */
    static Optional<String> afterAllThatStartWith(String start) {
        int[] points = start.codePoints().toArray();
        for (int last = points.length - 1; last >= 0; last--) {
            if (points[last] < Character.MAX_CODE_POINT) {
                int next = points[last] + 1;
                // No text of PostgreSQL has a lone surrogate.
                points[last] = next >= Character.MIN_SURROGATE && next <= Character.MAX_SURROGATE
                        ? Character.MAX_SURROGATE + 1
                        : next;
                return Optional.of(new String(points, 0, last + 1));
            }
        }
        return Optional.empty();
    }
}
