package dev.mastic.registry.json;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of a schema, matched in linear time.
 *
 * @param linear null for a pattern that linear time cannot do, such as one that looks around
 */
record Regex(@Nullable Pattern linear) {
    static Regex of(String pattern) {
        try {
            return new Regex(Pattern.compile(pattern));
        } catch (PatternSyntaxException e) {
            return new Regex(null);
        }
    }

    /** Whether a text has a match; UNKNOWN when that takes more than linear time. */
    Answer finds(String text) {
        if (linear == null) {
            return Answer.UNKNOWN;
        }
        Matcher matcher = linear.matcher(text);
        return Answer.of(matcher.find());
    }
}
