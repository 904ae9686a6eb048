package dev.mastic.crawler.classify;

import dev.mastic.crawler.infer.ColumnType;
import dev.mastic.crawler.infer.TextEvidence;
import dev.mastic.crawler.infer.Widening;
import org.jspecify.annotations.Nullable;

import java.util.Locale;

/**
 * A column of one or more files.
 *
 * @param name as the file spells it
 * @param type the narrowest type of the values seen
 * @param text what the values look like, in formats whose values are texts; null in others
 */
public record ColumnProfile(
        String name, ColumnType type, @Nullable TextEvidence text) {

    /** The name that makes two columns the same: engines do not tell upper from lower case. */
    public String key() {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The same column seen in more files. */
    public ColumnProfile with(ColumnProfile other) {
        @Nullable TextEvidence both = text == null || other.text == null ? null : TextEvidence.of(text, other.text);
        // Counts decide, where there are any: one bad value in a thousand does not become one in ten by the order of
        // files.
        return new ColumnProfile(name, both == null ? Widening.join(type, other.type) : both.type(), both);
    }
}
