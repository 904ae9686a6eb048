package dev.mastic.crawler.grok;

import dev.mastic.crawler.infer.ColumnType;
import dev.mastic.crawler.infer.ColumnType.Plain;

import java.util.Locale;
import java.util.Map;

/**
 * A column that a grok pattern gives: {@code %{PATTERN:name:type}}.
 *
 * @param type of the catalog; string when the pattern names none
 */
public record GrokField(String name, ColumnType type) {
    /** The types that Glue takes in a pattern. */
    private static final Map<String, ColumnType> TYPES = Map.of(
            "byte", Plain.TINYINT,
            "boolean", Plain.BOOLEAN,
            "double", Plain.DOUBLE,
            "short", Plain.SMALLINT,
            "int", Plain.INT,
            "long", Plain.BIGINT,
            "float", Plain.FLOAT,
            "string", Plain.STRING);

    /** The name that makes two columns the same. */
    String key() {
        return name.toLowerCase(Locale.ROOT);
    }

    static boolean knows(String type) {
        return TYPES.containsKey(type);
    }

    static GrokField of(String name, String type) {
        return new GrokField(name, TYPES.getOrDefault(type, Plain.STRING));
    }
}
