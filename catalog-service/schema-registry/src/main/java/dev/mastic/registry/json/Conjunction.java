package dev.mastic.registry.json;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * Schemas that hold together: a writer's schema, with its {@code allOf} spread out and with the alternatives that were
 * chosen. What it says may be less than the schemas say, never more.
 */
final class Conjunction {
    private final List<SchemaNode> nodes;
    private final List<List<SchemaNode>> alternatives;
    private final Set<Kind> kinds;

    private Conjunction(List<SchemaNode> nodes, List<List<SchemaNode>> alternatives, Set<Kind> kinds) {
        this.nodes = nodes;
        this.alternatives = alternatives;
        this.kinds = kinds;
    }

    static Conjunction of(List<SchemaNode> schemas) {
        return new Conjunction(List.of(), List.of(), EnumSet.allOf(Kind.class)).and(schemas);
    }

    /** This, and more schemas. */
    Conjunction and(List<SchemaNode> schemas) {
        List<SchemaNode> all = new ArrayList<>(nodes);
        List<List<SchemaNode>> choices = new ArrayList<>(alternatives);
        Set<Kind> left = kinds.isEmpty() ? EnumSet.noneOf(Kind.class) : EnumSet.copyOf(kinds);
        schemas.forEach(schema -> spread(schema, all, choices, left));
        return new Conjunction(all, choices, left);
    }

    private static void spread(
            SchemaNode schema, List<SchemaNode> all, List<List<SchemaNode>> choices, Set<Kind> left) {
        SchemaNode node = schema.resolved();
        if (node.isFalse()) {
            left.clear();
        }
        if (node.isTrue() || node.isFalse() || all.contains(node)) {
            return;
        }
        all.add(node);
        left.retainAll(node.kinds());
        for (String keyword : List.of("anyOf", "oneOf")) {
            if (node.has(keyword)) {
                choices.add(node.schemas(keyword));
            }
        }
        node.schemas("allOf").forEach(part -> spread(part, all, choices, left));
    }

    /** Each of the first alternatives that were not chosen from yet; empty when there are none. */
    List<Conjunction> cases() {
        if (alternatives.isEmpty()) {
            return List.of();
        }
        Conjunction rest = new Conjunction(nodes, alternatives.subList(1, alternatives.size()), kinds);
        return alternatives.get(0).stream()
                .map(choice -> rest.and(List.of(choice)))
                .toList();
    }

    /** How many times there is something to choose. */
    int choices() {
        return alternatives.size();
    }

    /** Of one kind each. */
    List<Conjunction> byKind() {
        return kinds.stream()
                .map(kind -> new Conjunction(nodes, alternatives, EnumSet.of(kind)))
                .toList();
    }

    List<SchemaNode> nodes() {
        return nodes;
    }

    Set<Kind> kinds() {
        return kinds;
    }

    boolean has(Kind kind) {
        return kinds.contains(kind);
    }

    /** No value can be valid. */
    boolean isImpossible() {
        return kinds.isEmpty();
    }

    /** Every value that can be valid, when these are listed; null when they are not. */
    @Nullable
    List<@Nullable Object> values(Instances instances) {
        List<@Nullable Object> candidates = null;
        for (SchemaNode node : nodes) {
            List<?> values = node.values();
            if (values != null) {
                candidates = new ArrayList<>(values);
                break;
            }
        }
        if (candidates == null) {
            if (!EnumSet.of(Kind.NULL, Kind.BOOLEAN).containsAll(kinds)) {
                return null;
            }
            candidates = new ArrayList<>();
            candidates.add(null);
            candidates.add(true);
            candidates.add(false);
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (Object value : candidates) {
            boolean possible = kinds.contains(Kind.of(value))
                    && nodes.stream().allMatch(node -> instances.accepts(node, value) != Answer.NO);
            if (possible) {
                values.add(value);
            }
        }
        return values;
    }

    SchemaNode.@Nullable Bound lower() {
        return strictest(
                node -> node.bound("minimum", "exclusiveMinimum"),
                (a, b) -> a.value().compareTo(b.value()) > 0 || (sameValue(a, b) && a.exclusive()) ? a : b);
    }

    SchemaNode.@Nullable Bound upper() {
        return strictest(
                node -> node.bound("maximum", "exclusiveMaximum"),
                (a, b) -> a.value().compareTo(b.value()) < 0 || (sameValue(a, b) && a.exclusive()) ? a : b);
    }

    private static boolean sameValue(SchemaNode.Bound a, SchemaNode.Bound b) {
        return a.value().compareTo(b.value()) == 0;
    }

    /** The largest value of a keyword such as {@code minLength}; 0 when there is none. */
    BigDecimal least(String keyword) {
        BigDecimal found = strictest(node -> node.number(keyword), BigDecimal::max);
        return found == null ? BigDecimal.ZERO : found;
    }

    /** The smallest value of a keyword such as {@code maxLength}; null when there is none. */
    @Nullable
    BigDecimal most(String keyword) {
        return strictest(node -> node.number(keyword), BigDecimal::min);
    }

    private <T> @Nullable T strictest(Function<SchemaNode, @Nullable T> value, BinaryOperator<T> stricter) {
        T found = null;
        for (SchemaNode node : nodes) {
            T other = value.apply(node);
            found = found == null ? other : other == null ? found : stricter.apply(found, other);
        }
        return found;
    }

    /** Whether one of the schemas says just this by a keyword. */
    boolean says(String keyword, @Nullable Object value) {
        return nodes.stream().anyMatch(node -> node.has(keyword) && Instances.same(node.get(keyword), value));
    }

    Set<String> required() {
        Set<String> names = new LinkedHashSet<>();
        nodes.forEach(node -> names.addAll(node.texts("required")));
        return names;
    }

    /** The names of {@code properties}. */
    Set<String> propertyNames() {
        Set<String> names = new LinkedHashSet<>();
        nodes.forEach(node -> names.addAll(node.named("properties").keySet()));
        return names;
    }

    /** The patterns of {@code patternProperties}. */
    Set<String> patterns() {
        Set<String> patterns = new LinkedHashSet<>();
        nodes.forEach(node -> patterns.addAll(node.named("patternProperties").keySet()));
        return patterns;
    }

    Conjunction property(String name) {
        List<SchemaNode> schemas = new ArrayList<>();
        nodes.forEach(node -> schemas.addAll(Properties.of(node, name).schemas()));
        return of(schemas);
    }

    /** What holds for properties that no name and no pattern mentions. */
    Conjunction additional() {
        List<SchemaNode> schemas = new ArrayList<>();
        nodes.forEach(node -> add(schemas, node.schema("additionalProperties")));
        return of(schemas);
    }

    /** What holds for properties whose names match a pattern and are mentioned by no name. */
    Conjunction matching(String pattern) {
        List<SchemaNode> schemas = new ArrayList<>();
        for (SchemaNode node : nodes) {
            Map<String, SchemaNode> patterns = node.named("patternProperties");
            add(schemas, patterns.isEmpty() ? node.schema("additionalProperties") : patterns.get(pattern));
        }
        return of(schemas);
    }

    /** The number of places that have schemas of their own in arrays. */
    int places() {
        return nodes.stream()
                .filter(SchemaNode::isTuple)
                .mapToInt(node -> node.schemas("items").size())
                .max()
                .orElse(0);
    }

    Conjunction item(int place) {
        List<SchemaNode> schemas = new ArrayList<>();
        nodes.forEach(node -> add(schemas, node.item(place)));
        return of(schemas);
    }

    private static void add(List<SchemaNode> schemas, @Nullable SchemaNode schema) {
        if (schema != null) {
            schemas.add(schema);
        }
    }
}
