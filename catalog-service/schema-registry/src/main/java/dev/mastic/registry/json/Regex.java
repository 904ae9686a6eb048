package dev.mastic.registry.json;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/** Matches patterns of schemas in linear time. */
final class Regex {
    private Regex() {}

    /** Whether a text has a match; UNKNOWN for patterns that linear time cannot do, such as those that look around. */
    static Answer finds(String pattern, String text) {
        try {
            return Answer.of(Pattern.compile(pattern).matcher(text).find());
        } catch (PatternSyntaxException e) {
            return Answer.UNKNOWN;
        }
    }
}
