package dev.mastic.crawler.grok;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A compiled grok pattern. Thread-safe.
 *
 * <p>A pattern takes a line when it is found anywhere in it, as Glue's SerDe does; anchors make it take whole lines.
 */
public final class Grok {
    /** Instructions of the largest program; what is larger takes too long for each character. */
    private static final int LARGEST_PROGRAM = 20_000;

    private final Pattern pattern;
    private final List<GrokField> columns;
    private final List<Integer> columnOfGroup;

    private Grok(Pattern pattern, List<GrokField> columns, List<Integer> columnOfGroup) {
        this.pattern = pattern;
        this.columns = List.copyOf(columns);
        this.columnOfGroup = List.copyOf(columnOfGroup);
    }

    /**
     * Compiles a pattern.
     *
     * @param customPatterns lines {@code NAME expression}; may be empty
     * @throws GrokSyntaxException naming the pattern at fault, the position in it and the fix
     */
    public static Grok compile(String grokPattern, String customPatterns) {
        GrokDictionary dictionary = GrokDictionary.with(customPatterns);
        for (GrokDictionary.Entry entry : dictionary.custom()) {
            regex(new Expansion(dictionary).write(entry.expression(), entry.place()), entry.place());
        }
        Expansion expansion = new Expansion(dictionary).write(grokPattern, "GrokPattern");
        Pattern pattern = regex(expansion, "GrokPattern");
        Map<String, Integer> places = new LinkedHashMap<>();
        List<GrokField> columns = new ArrayList<>();
        List<Integer> columnOfGroup = new ArrayList<>();
        for (GrokField field : expansion.fields()) {
            columnOfGroup.add(places.computeIfAbsent(field.key(), any -> {
                columns.add(field);
                return columns.size() - 1;
            }));
        }
        if (columns.isEmpty()) {
            throw new GrokSyntaxException("GrokPattern '" + GrokDictionary.shown(grokPattern)
                    + "' names no field; write %{PATTERN:field} for each column");
        }
        return new Grok(pattern, columns, columnOfGroup);
    }

    private static Pattern regex(Expansion expansion, String place) {
        long size = RegexSize.of(expansion.regex());
        // Counts the letters of the syntax too; what is left is small enough to be compiled and measured.
        if (size > 4 * LARGEST_PROGRAM) {
            throw tooLarge(place, size);
        }
        Pattern pattern;
        try {
            pattern = Pattern.compile(expansion.regex());
        } catch (PatternSyntaxException e) {
            throw new GrokSyntaxException(place + " is no regular expression: " + e.getDescription() + " at '"
                    + GrokDictionary.shown(e.getPattern()) + "'");
        }
        if (pattern.programSize() > LARGEST_PROGRAM) {
            throw tooLarge(place, pattern.programSize());
        }
        return pattern;
    }

    private static GrokSyntaxException tooLarge(String place, long size) {
        return new GrokSyntaxException(place + " is too large: it takes " + size + " steps for a character, "
                + LARGEST_PROGRAM + " at the most; repeat fewer times or name fewer patterns");
    }

    /** The columns, in the order in which the pattern names them. */
    public List<GrokField> columns() {
        return columns;
    }

    /** Steps that a character of a line takes at the most. */
    public int size() {
        return pattern.programSize();
    }

    /** The values of the columns in a line, null where a field took no part; nothing when the pattern does not fit. */
    public Optional<List<@Nullable String>> match(String line) {
        Matcher matcher = pattern.matcher(line);
        return matcher.find() ? Optional.of(values(matcher)) : Optional.empty();
    }

    /** Whether the pattern takes a line from its first to its last character. */
    public boolean matchesWhole(String line) {
        return pattern.matches(line);
    }

    private List<@Nullable String> values(Matcher matcher) {
        List<@Nullable String> values = new ArrayList<>();
        columns.forEach(column -> values.add(null));
        for (int group = 0; group < columnOfGroup.size(); group++) {
            int column = columnOfGroup.get(group);
            if (values.get(column) == null) {
                values.set(column, matcher.group("f" + group));
            }
        }
        return values;
    }
}
