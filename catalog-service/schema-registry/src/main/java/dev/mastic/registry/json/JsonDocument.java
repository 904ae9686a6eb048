package dev.mastic.registry.json;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A definition and what its references mean: places in itself, or its own schemas by their ids. Nothing is ever fetched.
 * Thread-safe once it is checked.
 */
final class JsonDocument {
    private final Object root;
    private final Draft draft;
    private final String base;
    private final Map<String, Object> byId = new HashMap<>();
    private final Map<String, Regex> patterns = new HashMap<>();

    JsonDocument(Object root, Draft draft) {
        this.root = root;
        this.draft = draft;
        Object id = root instanceof Map<?, ?> map ? map.get(draft.idKeyword()) : null;
        this.base = id instanceof String text ? text.replaceFirst("#.*$", "") : "";
    }

    Draft draft() {
        return draft;
    }

    SchemaNode rootNode() {
        return new SchemaNode(this, root);
    }

    /** Makes a schema known by its id. */
    void addId(String id, Object schema) {
        byId.putIfAbsent(absolute(id), schema);
    }

    /** Makes a pattern ready to be matched. */
    void addPattern(String pattern) {
        patterns.put(pattern, Regex.of(pattern));
    }

    /** A pattern of this definition. */
    Regex pattern(String pattern) {
        Regex known = patterns.get(pattern);
        return known == null ? Regex.of(pattern) : known;
    }

    /** What a reference points to; null when it is nothing within this definition. */
    @Nullable
    Object find(String reference) {
        String absolute = absolute(reference);
        Object identified = byId.get(absolute);
        if (identified != null) {
            return identified;
        }
        int hash = absolute.indexOf('#');
        String document = hash < 0 ? absolute : absolute.substring(0, hash);
        String fragment = hash < 0 ? "" : absolute.substring(hash + 1);
        Object start = document.equals(base) ? root : byId.get(document);
        if (start == null || !(fragment.isEmpty() || fragment.startsWith("/"))) {
            return null;
        }
        return fragment.isEmpty() ? start : pointed(start, fragment);
    }

    private String absolute(String reference) {
        if (reference.startsWith("#") || base.isEmpty()) {
            return (reference.startsWith("#") ? base : "") + reference.replaceFirst("#$", "");
        }
        try {
            return new URI(base).resolve(new URI(reference)).toString().replaceFirst("#$", "");
        } catch (URISyntaxException e) {
            return reference; // matches no id, so that the reference is refused by its own text
        }
    }

    private static @Nullable Object pointed(Object start, String pointer) {
        Object place = start;
        for (String part : pointer.substring(1).split("/", -1)) {
            String name = decoded(part).replace("~1", "/").replace("~0", "~");
            if (place instanceof Map<?, ?> map) {
                place = map.get(name);
            } else if (place instanceof List<?> list && name.matches("0|[1-9][0-9]{0,6}")) {
                int index = Integer.parseInt(name);
                place = index < list.size() ? list.get(index) : null;
            } else {
                return null;
            }
            if (place == null) {
                return null;
            }
        }
        return place;
    }

    private static String decoded(String part) {
        try {
            return part.indexOf('%') < 0
                    ? part
                    : java.net.URLDecoder.decode(part.replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return part; // no escape after all
        }
    }
}
