package dev.mastic.registry.json;

import dev.mastic.registry.compat.InvalidDefinitionException;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What the drafts' own schemas ask of a schema, and that all its references lead somewhere within it. */
final class JsonRules {
    private static final int MOST_PATTERNS = 100;
    private static final Set<String> COUNTS =
            Set.of("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties");
    private static final Set<String> NUMBERS = Set.of("minimum", "maximum", "multipleOf");
    private static final Set<String> EXCLUSIVE = Set.of("exclusiveMinimum", "exclusiveMaximum");
    private static final Set<String> TEXTS = Set.of(
            "$ref",
            "$id",
            "id",
            "$schema",
            "$comment",
            "title",
            "description",
            "format",
            "pattern",
            "contentMediaType",
            "contentEncoding");
    private static final Set<String> SCHEMAS =
            Set.of("additionalItems", "additionalProperties", "contains", "propertyNames", "not", "if", "then", "else");
    private static final Set<String> LISTS_OF_SCHEMAS = Set.of("allOf", "anyOf", "oneOf");
    private static final Set<String> NAMED_SCHEMAS = Set.of("properties", "patternProperties", "definitions");
    private static final Set<String> IN_PLACE = Set.of("not", "if", "then", "else");

    private final JsonDocument document;
    private final Set<Object> checked = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Object> uncircled = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<SchemaNode> found = new ArrayList<>();

    private JsonRules(JsonDocument document) {
        this.document = document;
    }

    /** @throws InvalidDefinitionException naming the place and the first breach */
    static JsonDocument check(Object root) throws InvalidDefinitionException {
        Draft draft = Draft.V7;
        if (root instanceof Map<?, ?> map && map.get("$schema") instanceof String uri) {
            Draft named = Draft.of(uri);
            if (named == null) {
                throw new InvalidDefinitionException("$schema is " + uri
                        + "; the registry knows http://json-schema.org/draft-04/schema#, draft-06 and draft-07");
            }
            draft = named;
        }
        JsonDocument document = new JsonDocument(root, draft);
        JsonRules rules = new JsonRules(document);
        rules.schema(root, "#");
        rules.references();
        for (SchemaNode node : rules.found) {
            rules.circles(node.raw(), Collections.newSetFromMap(new IdentityHashMap<>()));
        }
        return document;
    }

    private void schema(@Nullable Object schema, String place) throws InvalidDefinitionException {
        if (schema instanceof Boolean && document.draft() != Draft.V4) {
            return;
        }
        if (!(schema instanceof Map<?, ?> map)) {
            throw breach(place, "a schema is an object" + (document.draft() == Draft.V4 ? "" : " or a boolean"));
        }
        if (!checked.add(schema)) {
            return;
        }
        found.add(new SchemaNode(document, schema));
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String keyword = String.valueOf(entry.getKey());
            if (document.draft().knows(keyword)) {
                keyword(keyword, entry.getValue(), place + "/" + keyword, map);
            }
        }
    }

    private void keyword(String keyword, @Nullable Object value, String place, Map<?, ?> schema)
            throws InvalidDefinitionException {
        if (COUNTS.contains(keyword)) {
            require(count(value), place, "must be a whole number of 0 or more");
        } else if (NUMBERS.contains(keyword)) {
            require(finite(value), place, "must be a number");
            require(!keyword.equals("multipleOf") || positive(value), place, "must be above 0");
        } else if (EXCLUSIVE.contains(keyword)) {
            exclusive(keyword, value, place, schema);
        } else if (TEXTS.contains(keyword)) {
            require(value instanceof String, place, "must be a text");
            if (keyword.equals("pattern")) {
                pattern(String.valueOf(value), place);
            } else if (keyword.equals(document.draft().idKeyword())) {
                document.addId(String.valueOf(value), schema);
            }
        } else if (SCHEMAS.contains(keyword)) {
            if (!(value instanceof Boolean && keyword.startsWith("additional"))) {
                schema(value, place);
            }
        } else if (LISTS_OF_SCHEMAS.contains(keyword)) {
            require(value instanceof List<?> list && !list.isEmpty(), place, "must be a list of one or more schemas");
            list(value, place);
        } else if (NAMED_SCHEMAS.contains(keyword)) {
            named(keyword, value, place);
        } else {
            others(keyword, value, place);
        }
    }

    private void others(String keyword, @Nullable Object value, String place) throws InvalidDefinitionException {
        switch (keyword) {
            case "type" -> type(value, place);
            case "enum" -> {
                require(
                        value instanceof List<?> list && !list.isEmpty(),
                        place,
                        "must be a list of one or more values");
                numbers(value, place);
            }
            case "const" -> numbers(value, place);
            case "required" -> {
                require(texts(value), place, "must be a list of texts, each given once");
                require(
                        document.draft() != Draft.V4 || (value instanceof List<?> list && !list.isEmpty()),
                        place,
                        "must not be empty in draft 4");
            }
            case "uniqueItems" -> require(value instanceof Boolean, place, "must be true or false");
            case "items" -> {
                if (value instanceof List<?>) {
                    list(value, place);
                } else {
                    schema(value, place);
                }
            }
            case "dependencies" -> {
                for (Map.Entry<?, ?> entry : object(value, place).entrySet()) {
                    if (entry.getValue() instanceof List<?>) {
                        require(texts(entry.getValue()), place + "/" + entry.getKey(), "must be a list of texts");
                    } else {
                        schema(entry.getValue(), place + "/" + entry.getKey());
                    }
                }
            }
            default -> {} // an annotation: it says nothing about which values are valid
        }
    }

    private void exclusive(String keyword, @Nullable Object value, String place, Map<?, ?> schema)
            throws InvalidDefinitionException {
        if (document.draft() == Draft.V4) {
            String bound = keyword.equals("exclusiveMinimum") ? "minimum" : "maximum";
            require(value instanceof Boolean, place, "must be true or false in draft 4");
            require(schema.containsKey(bound), place, "needs " + bound + " beside it");
        } else {
            require(
                    finite(value),
                    place,
                    "must be a number; true and false are draft 4, which $schema would have to say");
        }
    }

    private void type(@Nullable Object value, String place) throws InvalidDefinitionException {
        boolean one = value instanceof String text && Kind.TYPES.contains(text);
        boolean several = value instanceof List<?> list
                && !list.isEmpty()
                && Kind.TYPES.containsAll(list)
                && new HashSet<>(list).size() == list.size();
        require(
                one || several,
                place,
                "must be one or more of " + Kind.TYPES.stream().sorted().toList());
    }

    private void list(@Nullable Object value, String place) throws InvalidDefinitionException {
        int index = 0;
        for (Object schema : (List<?>) Objects.requireNonNull(value)) {
            schema(schema, place + "/" + index++);
        }
    }

    private void named(String keyword, @Nullable Object value, String place) throws InvalidDefinitionException {
        Map<?, ?> schemas = object(value, place);
        boolean patterns = keyword.equals("patternProperties");
        require(
                !patterns || schemas.size() <= MOST_PATTERNS,
                place,
                "must not have more than " + MOST_PATTERNS + " patterns");
        for (Map.Entry<?, ?> entry : schemas.entrySet()) {
            if (patterns) {
                pattern(String.valueOf(entry.getKey()), place);
            }
            schema(entry.getValue(), place + "/" + entry.getKey());
        }
    }

    private static Map<?, ?> object(@Nullable Object value, String place) throws InvalidDefinitionException {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw breach(place, "must be an object");
    }

    /** References may lead to places that no keyword of a draft leads to, such as {@code #/$defs/x}; these are schemas too. */
    private void references() throws InvalidDefinitionException {
        for (int i = 0; i < found.size(); i++) {
            if (((Map<?, ?>) found.get(i).raw()).get("$ref") instanceof String reference) {
                Object target = document.find(reference);
                if (target == null) {
                    throw new InvalidDefinitionException("$ref " + reference
                            + " leads to nothing within the definition; other documents are never fetched");
                }
                schema(target, reference);
            }
        }
    }

    /** Refuses schemas that need themselves to judge the very same value, which would never end. */
    private void circles(@Nullable Object schema, Set<Object> above) throws InvalidDefinitionException {
        if (!(schema instanceof Map<?, ?> map) || uncircled.contains(schema)) {
            return;
        }
        if (!above.add(schema)) {
            throw new InvalidDefinitionException("a schema refers to itself for the same value, which would never end");
        }
        if (map.get("$ref") instanceof String reference) {
            circles(document.find(reference), above);
        } else {
            for (String keyword : LISTS_OF_SCHEMAS) {
                if (map.get(keyword) instanceof List<?> list) {
                    for (Object inner : list) {
                        circles(inner, above);
                    }
                }
            }
            for (String keyword : IN_PLACE) {
                circles(document.draft().knows(keyword) ? map.get(keyword) : null, above);
            }
            if (map.get("dependencies") instanceof Map<?, ?> dependencies) {
                for (Object inner : dependencies.values()) {
                    circles(inner, above);
                }
            }
        }
        above.remove(schema);
        uncircled.add(schema);
    }

    private void pattern(String pattern, String place) throws InvalidDefinitionException {
        try {
            Pattern.compile(pattern);
            document.addPattern(pattern);
        } catch (PatternSyntaxException e) {
            throw new InvalidDefinitionException(
                    place + " has a pattern that is no regular expression: " + e.getDescription(), e);
        }
    }

    private static void numbers(@Nullable Object value, String place) throws InvalidDefinitionException {
        if (value instanceof Map<?, ?> map) {
            for (Object member : map.values()) {
                numbers(member, place);
            }
        } else if (value instanceof List<?> list) {
            for (Object element : list) {
                numbers(element, place);
            }
        } else if (value instanceof Number) {
            require(finite(value), place, "has a number that is too large");
        }
    }

    private static boolean texts(@Nullable Object value) {
        return value instanceof List<?> list
                && list.stream().allMatch(String.class::isInstance)
                && new HashSet<>(list).size() == list.size();
    }

    private static boolean count(@Nullable Object value) {
        if (!finite(value)) {
            return false;
        }
        BigDecimal number = SchemaNode.decimal((Number) Objects.requireNonNull(value));
        return number.signum() >= 0 && Kind.of(value) == Kind.INTEGER;
    }

    private static boolean positive(@Nullable Object value) {
        return value instanceof Number number && SchemaNode.decimal(number).signum() > 0;
    }

    private static boolean finite(@Nullable Object value) {
        return value instanceof Number number && Double.isFinite(number.doubleValue());
    }

    private static void require(boolean holds, String place, String rule) throws InvalidDefinitionException {
        if (!holds) {
            throw breach(place, rule);
        }
    }

    private static InvalidDefinitionException breach(String place, String rule) {
        return new InvalidDefinitionException("at " + place + ": " + rule);
    }
}
