package dev.mastic.crawler.jdbc;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Native types and what becomes of them, read from a file beside this class: lines of {@code name -> type | note}.
 * Immutable.
 */
final class TypeTable {
    /** Types by their JDBC names. */
    static final TypeTable JDBC = load("jdbc");

    private final Map<String, Rule> rules;

    private TypeTable(Map<String, Rule> rules) {
        this.rules = Map.copyOf(rules);
    }

    /**
     * What becomes of one native type.
     *
     * @param target a Hive type, or one of the words that the files explain
     * @param note for people; empty when there is nothing to say
     */
    record Rule(String target, String note) {}

    /** The types of an engine. */
    static TypeTable load(String engine) {
        String file = engine + ".types";
        Map<String, Rule> rules = new HashMap<>();
        try (InputStream in = TypeTable.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("There is no file " + file + " beside " + TypeTable.class);
            }
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> {
                        String[] sides = line.split(" -> ", 2);
                        String[] target = sides[1].split(" \\| ", 2);
                        rules.put(
                                sides[0].strip().toLowerCase(Locale.ROOT),
                                new Rule(target[0].strip(), target.length > 1 ? target[1].strip() : ""));
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TypeTable(rules);
    }

    /** The rule of a type, by its name in lower case without its parameters; null when there is none. */
    @Nullable
    Rule find(String name) {
        return rules.get(name);
    }
}
