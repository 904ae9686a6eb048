package dev.mastic.catalog.store;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

import java.util.function.Predicate;

/** Regular expressions on names of entities. */
public final class NamePattern {
    private static final String EVERYTHING = "*";

    private NamePattern() {}

    /**
     * Tells which names match as a whole, in any case of letters. Matches in linear time whatever the expression is, so
     * that no request can hold a thread.
     *
     * @param expression of RE2, which knows {@code \Q...\E}; the Hive wildcard {@code *} alone is everything, as null and
     *     empty are
     * @param member of the request, for the message
     * @return null when every name matches
     * @throws InvalidInputException when it is not a regular expression
     */
    public static @Nullable Predicate<String> compile(@Nullable String expression, String member) {
        if (expression == null || expression.isEmpty() || expression.equals(EVERYTHING)) {
            return null;
        }
        try {
            return Pattern.compile(expression, Pattern.CASE_INSENSITIVE)::matches;
        } catch (PatternSyntaxException e) {
            throw InvalidInputException.builder()
                    .message(member + " '" + expression
                            + "' is not a valid regular expression (look-around and back references are not"
                            + " supported): " + e.getMessage())
                    .build();
        }
    }
}
