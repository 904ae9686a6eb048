package dev.mastic.registry.json;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Judges single values by a schema. A format is never judged: it makes the answer UNKNOWN. Not thread-safe. */
final class Instances {
    private final Budget budget;

    Instances(Budget budget) {
        this.budget = budget;
    }

    Answer accepts(SchemaNode schema, @Nullable Object value) {
        budget.step();
        SchemaNode node = schema.resolved();
        if (node.raw() instanceof Boolean accepts) {
            return Answer.of(accepts);
        }
        Answer answer = Answer.of(node.kinds().contains(Kind.of(value)));
        List<?> values = node.values();
        if (values != null) {
            answer = answer.and(Answer.of(values.stream().anyMatch(listed -> same(listed, value))));
        }
        if (answer == Answer.NO) {
            return answer;
        }
        if (value instanceof Number number) {
            answer = answer.and(number(node, SchemaNode.decimal(number)));
        } else if (value instanceof String text) {
            answer = answer.and(text(node, text));
        } else if (value instanceof List<?> list) {
            answer = answer.and(array(node, list));
        } else if (value instanceof Map<?, ?> map) {
            answer = answer.and(object(node, map));
        }
        return answer.and(combined(node, value));
    }

    private Answer combined(SchemaNode node, @Nullable Object value) {
        Answer answer = Answer.YES;
        for (SchemaNode part : node.schemas("allOf")) {
            answer = answer.and(accepts(part, value));
        }
        if (node.has("anyOf")) {
            Answer any = Answer.NO;
            for (SchemaNode part : node.schemas("anyOf")) {
                any = any.or(accepts(part, value));
            }
            answer = answer.and(any);
        }
        if (node.has("oneOf")) {
            int yes = 0;
            int unknown = 0;
            for (SchemaNode part : node.schemas("oneOf")) {
                Answer one = accepts(part, value);
                yes += one == Answer.YES ? 1 : 0;
                unknown += one == Answer.UNKNOWN ? 1 : 0;
            }
            boolean decided = yes > 1 || unknown == 0;
            answer = answer.and(decided ? Answer.of(yes == 1) : Answer.UNKNOWN);
        }
        SchemaNode not = node.schema("not");
        if (not != null) {
            answer = answer.and(accepts(not, value).not());
        }
        SchemaNode condition = node.schema("if");
        if (condition != null) {
            SchemaNode then = node.schema("then");
            SchemaNode otherwise = node.schema("else");
            Answer holds = accepts(condition, value);
            Answer ifSo = then == null ? Answer.YES : accepts(then, value);
            Answer ifNot = otherwise == null ? Answer.YES : accepts(otherwise, value);
            answer = answer.and(holds.not().or(ifSo)).and(holds.or(ifNot));
        }
        return answer;
    }

    private static Answer number(SchemaNode node, BigDecimal value) {
        SchemaNode.Bound lower = node.bound("minimum", "exclusiveMinimum");
        SchemaNode.Bound upper = node.bound("maximum", "exclusiveMaximum");
        BigDecimal multiple = node.number("multipleOf");
        boolean fits = (lower == null || value.compareTo(lower.value()) >= (lower.exclusive() ? 1 : 0))
                && (upper == null || value.compareTo(upper.value()) <= (upper.exclusive() ? -1 : 0))
                && (multiple == null || value.remainder(multiple).signum() == 0);
        return Answer.of(fits);
    }

    private static Answer text(SchemaNode node, String text) {
        Answer answer = counted(node, text.codePointCount(0, text.length()), "minLength", "maxLength");
        String pattern = node.text("pattern");
        if (pattern != null) {
            answer = answer.and(node.document().pattern(pattern).finds(text));
        }
        return node.has("format") ? answer.and(Answer.UNKNOWN) : answer;
    }

    private Answer array(SchemaNode node, List<?> list) {
        Answer answer = counted(node, list.size(), "minItems", "maxItems");
        if (Boolean.TRUE.equals(node.get("uniqueItems"))) {
            answer = answer.and(Answer.of(new HashSet<>(list).size() == list.size()));
        }
        for (int i = 0; i < list.size(); i++) {
            SchemaNode item = node.item(i);
            answer = item == null ? answer : answer.and(accepts(item, list.get(i)));
        }
        SchemaNode contains = node.schema("contains");
        if (contains != null) {
            Answer any = Answer.NO;
            for (Object element : list) {
                any = any.or(accepts(contains, element));
            }
            answer = answer.and(any);
        }
        return answer;
    }

    private Answer object(SchemaNode node, Map<?, ?> map) {
        Answer answer = counted(node, map.size(), "minProperties", "maxProperties")
                .and(Answer.of(map.keySet().containsAll(node.texts("required"))));
        SchemaNode names = node.schema("propertyNames");
        for (Map.Entry<?, ?> member : map.entrySet()) {
            String name = String.valueOf(member.getKey());
            if (names != null) {
                answer = answer.and(accepts(names, name));
            }
            Properties.Found found = Properties.of(node, name);
            for (SchemaNode schema : found.schemas()) {
                answer = answer.and(accepts(schema, member.getValue()));
            }
            answer = found.isCertain() ? answer : answer.and(Answer.UNKNOWN);
        }
        if (node.get("dependencies") instanceof Map<?, ?> dependencies) {
            for (Map.Entry<?, ?> entry : dependencies.entrySet()) {
                if (map.containsKey(entry.getKey())) {
                    answer = answer.and(
                            entry.getValue() instanceof List<?> needed
                                    ? Answer.of(map.keySet().containsAll(needed))
                                    : accepts(new SchemaNode(node.document(), entry.getValue()), map));
                }
            }
        }
        return answer;
    }

    private static Answer counted(SchemaNode node, int count, String least, String most) {
        BigDecimal value = BigDecimal.valueOf(count);
        BigDecimal lower = node.number(least);
        BigDecimal upper = node.number(most);
        return Answer.of(
                (lower == null || lower.compareTo(value) <= 0) && (upper == null || upper.compareTo(value) >= 0));
    }

    /** Equality of JSON values, by which 1 and 1.0 are the same number. */
    static boolean same(@Nullable Object one, @Nullable Object other) {
        if (one instanceof Number a && other instanceof Number b) {
            return SchemaNode.decimal(a).compareTo(SchemaNode.decimal(b)) == 0;
        }
        if (one instanceof List<?> a && other instanceof List<?> b) {
            boolean same = a.size() == b.size();
            for (int i = 0; same && i < a.size(); i++) {
                same = same(a.get(i), b.get(i));
            }
            return same;
        }
        if (one instanceof Map<?, ?> a && other instanceof Map<?, ?> b) {
            Set<?> names = a.keySet();
            return names.equals(b.keySet()) && names.stream().allMatch(name -> same(a.get(name), b.get(name)));
        }
        return java.util.Objects.equals(one, other);
    }
}
