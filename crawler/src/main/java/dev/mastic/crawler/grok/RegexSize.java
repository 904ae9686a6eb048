package dev.mastic.crawler.grok;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * About how many steps a regular expression compiles to, told without compiling it: repetitions of repetitions would fill
 * the memory first.
 */
final class RegexSize {
    private static final long MOST = 1L << 40;

    private RegexSize() {}

    /** The number of atoms, each as often as it is repeated, and of letters of the syntax. */
    static long of(String regex) {
        Deque<Long> outer = new ArrayDeque<>();
        long sum = 0;
        long last = 0;
        for (int i = 0; i < regex.length(); i++) {
            char c = regex.charAt(i);
            if (c == '(') {
                outer.push(sum + last);
                sum = 0;
                last = 0;
            } else if (c == ')') {
                last = sum + last;
                sum = outer.isEmpty() ? 0 : outer.pop();
            } else if (c == '{') {
                int end = regex.indexOf('}', i);
                last = Math.min(MOST, last * count(end < 0 ? "" : regex.substring(i + 1, end)));
            } else {
                i = c == '\\' ? i + 1 : c == '[' ? endOfClass(regex, i) : i;
                sum = Math.min(MOST, sum + last);
                last = 1;
            }
        }
        return outer.stream().reduce(sum + last, Long::sum);
    }

    /** The larger number of {@code n,m}; braces of other content stand for themselves. */
    private static long count(String range) {
        long most = 1;
        for (String number : range.split(",", -1)) {
            if (number.matches("\\d{1,9}")) {
                most = Math.max(most, Long.parseLong(number));
            }
        }
        return most;
    }

    private static int endOfClass(String regex, int start) {
        int at = start + 1;
        if (regex.startsWith("^", at)) {
            at++;
        }
        for (at++; at < regex.length(); at++) {
            if (regex.charAt(at) == '\\') {
                at++;
            } else if (regex.charAt(at) == ']') {
                return at;
            }
        }
        return regex.length();
    }
}
