package dev.mastic.crawler.grok;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Named expressions: one in a line, {@code NAME expression}. Lines that are empty or start with a number sign are not
 * looked at. Immutable.
 */
final class GrokDictionary {
    private static final Pattern LINE = Pattern.compile("([A-Za-z0-9_]++)[ \\t]++(\\S.*)");
    private static final GrokDictionary BUILT_IN = new GrokDictionary(read(), "the built-in patterns", Map.of());

    private final Map<String, Entry> entries;
    private final List<Entry> custom;

    /**
     * An expression and where it stands.
     *
     * @param place for messages: {@code CustomPatterns line 2 (LEVEL)}
     */
    record Entry(String expression, String place) {}

    private GrokDictionary(String text, String source, Map<String, Entry> known) {
        Map<String, Entry> all = new HashMap<>(known);
        List<Entry> own = new ArrayList<>();
        int number = 0;
        for (String raw : text.split("\r\n|\r|\n", -1)) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw new GrokSyntaxException(source + " line " + number + " is '" + shown(line)
                        + "'; write a name of letters, digits and underscores, a blank, and an expression");
            }
            String name = matcher.group(1);
            Entry entry = new Entry(matcher.group(2), source + " line " + number + " (" + name + ")");
            all.put(name, entry);
            own.add(entry);
        }
        entries = Map.copyOf(all);
        custom = List.copyOf(own);
    }

    /**
     * The built-in patterns, and others that take the place of those of their names.
     *
     * @throws GrokSyntaxException naming the line that is no pattern
     */
    static GrokDictionary with(String customPatterns) {
        return new GrokDictionary(customPatterns, "CustomPatterns", BUILT_IN.entries);
    }

    @Nullable
    Entry find(String name) {
        return entries.get(name);
    }

    /** The expressions that are not built in, in the order of the lines. */
    List<Entry> custom() {
        return custom;
    }

    static String shown(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }

    private static String read() {
        try (InputStream in = GrokDictionary.class.getResourceAsStream("patterns.grok")) {
            if (in == null) {
                throw new IllegalStateException("patterns.grok is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
