package dev.mastic.crawler.infer;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Formats of dates that several values have in common. */
final class DatePatterns {
    private DatePatterns() {}

    /**
     * The one format that fits all: days and months that one value leaves open are told by another, and {@code d} stands for
     * {@code dd} too when days of one digit were seen.
     *
     * @param patterns as {@link TextForm} gives them
     * @return empty when there is none, or more than one
     */
    static String common(Collection<String> patterns) {
        if (patterns.size() == 1) {
            String only = patterns.iterator().next();
            return only.contains(TextForm.EITHER) ? "" : only;
        }
        Set<String> left = new LinkedHashSet<>();
        boolean first = true;
        for (String pattern : patterns) {
            List<String> either = List.of(pattern.split("\\|"));
            List<String> loose = either.stream().map(DatePatterns::loose).toList();
            if (first) {
                left.addAll(loose);
                first = false;
            } else {
                left.retainAll(loose);
            }
        }
        if (left.size() != 1) {
            return "";
        }
        String common = left.iterator().next();
        // All values have two digits: the format says so.
        boolean two = patterns.stream()
                        .flatMap(pattern -> List.of(pattern.split("\\|")).stream())
                        .filter(pattern -> loose(pattern).equals(common))
                        .distinct()
                        .count()
                == 1;
        return two
                ? patterns.stream()
                        .flatMap(pattern -> List.of(pattern.split("\\|")).stream())
                        .filter(pattern -> loose(pattern).equals(common))
                        .findFirst()
                        .orElse(common)
                : common;
    }

    private static String loose(String pattern) {
        // Formats of ISO have fixed digits.
        return pattern.contains("'T'") || pattern.startsWith("yyyy-MM-dd")
                ? pattern
                : pattern.replace("dd", "d").replace("MM", "M").replace("HH", "H");
    }
}
