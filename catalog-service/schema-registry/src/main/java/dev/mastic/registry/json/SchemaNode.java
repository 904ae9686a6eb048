package dev.mastic.registry.json;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A schema within a checked definition.
 *
 * @param raw a map of keywords, or a boolean
 */
record SchemaNode(JsonDocument document, Object raw) {
    /** The schema itself, or what it refers to. Checked definitions have no circles of references. */
    SchemaNode resolved() {
        SchemaNode node = this;
        while (node.raw instanceof Map<?, ?> map && map.get("$ref") instanceof String reference) {
            Object target = document.find(reference);
            if (target == null) {
                throw new IllegalStateException("The reference " + reference + " was not checked");
            }
            node = new SchemaNode(document, target);
        }
        return node;
    }

    /** Accepts everything. */
    boolean isTrue() {
        return Boolean.TRUE.equals(raw) || (raw instanceof Map<?, ?> map && map.isEmpty());
    }

    /** Accepts nothing. */
    boolean isFalse() {
        return Boolean.FALSE.equals(raw);
    }

    /** The value of a keyword; null when it is not there or the draft does not know it. */
    @Nullable
    Object get(String keyword) {
        return raw instanceof Map<?, ?> map && document.draft().knows(keyword) ? map.get(keyword) : null;
    }

    boolean has(String keyword) {
        return raw instanceof Map<?, ?> map && document.draft().knows(keyword) && map.containsKey(keyword);
    }

    @Nullable
    SchemaNode schema(String keyword) {
        Object value = get(keyword);
        return value == null ? null : new SchemaNode(document, value);
    }

    /** A keyword's list of schemas; empty when it is not there. */
    List<SchemaNode> schemas(String keyword) {
        List<SchemaNode> nodes = new ArrayList<>();
        if (get(keyword) instanceof List<?> list) {
            list.forEach(schema -> nodes.add(new SchemaNode(document, schema)));
        }
        return nodes;
    }

    /** A keyword's schemas by name; empty when it is not there. */
    Map<String, SchemaNode> named(String keyword) {
        Map<String, SchemaNode> nodes = new LinkedHashMap<>();
        if (get(keyword) instanceof Map<?, ?> map) {
            map.forEach((name, schema) -> nodes.put(String.valueOf(name), new SchemaNode(document, schema)));
        }
        return nodes;
    }

    /** A keyword's texts; empty when it is not there. */
    List<String> texts(String keyword) {
        return get(keyword) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    @Nullable
    String text(String keyword) {
        return get(keyword) instanceof String text ? text : null;
    }

    @Nullable
    BigDecimal number(String keyword) {
        return get(keyword) instanceof Number number ? decimal(number) : null;
    }

    static BigDecimal decimal(Number number) {
        return new BigDecimal(number.toString());
    }

    /** The kinds of values that {@code type} allows. */
    Set<Kind> kinds() {
        Object type = get("type");
        if (type == null) {
            return EnumSet.allOf(Kind.class);
        }
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        if (type instanceof List<?> types) {
            types.forEach(name -> kinds.addAll(Kind.ofType(String.valueOf(name))));
        } else {
            kinds.addAll(Kind.ofType(String.valueOf(type)));
        }
        return kinds;
    }

    /** The values of {@code enum} or {@code const}; null when there is neither. */
    @Nullable
    List<?> values() {
        if (has("const")) {
            List<@Nullable Object> value = new ArrayList<>();
            value.add(get("const"));
            return value;
        }
        return get("enum") instanceof List<?> values ? values : null;
    }

    /** A bound of numbers. */
    record Bound(BigDecimal value, boolean exclusive) {}

    /**
     * The bound that a pair of keywords sets, whichever draft they are of.
     *
     * @param keyword {@code minimum} or {@code maximum}
     * @param exclusive the other one
     */
    @Nullable
    Bound bound(String keyword, String exclusive) {
        BigDecimal inclusive = number(keyword);
        BigDecimal strict = number(exclusive);
        if (strict == null) {
            return inclusive == null ? null : new Bound(inclusive, Boolean.TRUE.equals(get(exclusive)));
        }
        if (inclusive == null) {
            return new Bound(strict, true);
        }
        int order = strict.compareTo(inclusive);
        boolean strictWins = keyword.equals("minimum") ? order >= 0 : order <= 0;
        return strictWins ? new Bound(strict, true) : new Bound(inclusive, false);
    }

    /** Whether {@code items} is a list, one schema for each place. */
    boolean isTuple() {
        return get("items") instanceof List<?>;
    }

    /** The schema for the element at a place of an array; null when there is none. */
    @Nullable
    SchemaNode item(int place) {
        if (!isTuple()) {
            return schema("items");
        }
        List<SchemaNode> places = schemas("items");
        return place < places.size() ? places.get(place) : schema("additionalItems");
    }

    /** Whether the schema holds no references, so that its text alone says what it means. */
    boolean isSelfContained() {
        return selfContained(raw);
    }

    private static boolean selfContained(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return !map.containsKey("$ref") && map.values().stream().allMatch(SchemaNode::selfContained);
        }
        return !(value instanceof List<?> list) || list.stream().allMatch(SchemaNode::selfContained);
    }
}
