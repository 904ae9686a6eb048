package dev.mastic.registry.json;

import java.util.Map;
import java.util.Set;

/** The drafts of JSON Schema that Glue knows. What a draft does not know, it takes for an annotation. */
enum Draft {
    V4,
    V6,
    V7;

    private static final Set<String> SINCE_V6 = Set.of("const", "contains", "propertyNames", "$id");
    private static final Set<String> SINCE_V7 = Set.of("if", "then", "else");

    private static final Map<String, Draft> BY_URI = Map.of(
            "http://json-schema.org/draft-04/schema",
            V4,
            "http://json-schema.org/draft-06/schema",
            V6,
            "http://json-schema.org/draft-07/schema",
            V7,
            "http://json-schema.org/schema",
            V7);

    /** The draft of {@code $schema}; null when it names none of these. */
    static @org.jspecify.annotations.Nullable Draft of(String uri) {
        return BY_URI.get(uri.replaceFirst("#$", "").replaceFirst("^https:", "http:"));
    }

    boolean knows(String keyword) {
        return switch (this) {
            case V4 -> !SINCE_V6.contains(keyword) && !SINCE_V7.contains(keyword);
            case V6 -> !SINCE_V7.contains(keyword) && !keyword.equals("id");
            case V7 -> !keyword.equals("id");
        };
    }

    String idKeyword() {
        return this == V4 ? "id" : "$id";
    }
}
