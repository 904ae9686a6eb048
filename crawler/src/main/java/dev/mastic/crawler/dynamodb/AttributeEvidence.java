package dev.mastic.crawler.dynamodb;

import dev.mastic.crawler.infer.ColumnType;
import dev.mastic.crawler.infer.ColumnType.ArrayOf;
import dev.mastic.crawler.infer.ColumnType.Field;
import dev.mastic.crawler.infer.ColumnType.MapOf;
import dev.mastic.crawler.infer.ColumnType.Plain;
import dev.mastic.crawler.infer.ColumnType.Struct;
import dev.mastic.crawler.infer.Widening;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was seen of one attribute in many items. Adding in any order gives the same evidence. A map with more keys than
 * fields of a struct are useful is taken for a dictionary, which also bounds the memory. Not thread-safe.
 */
final class AttributeEvidence {
    /** The most keys of a map that become fields of a struct. */
    static final int MOST_FIELDS = 500;

    /** DynamoDB's own limit of nesting is 32. */
    private static final int DEEPEST = 40;

    private final Map<AttributeValue.Type, Long> counts = new EnumMap<>(AttributeValue.Type.class);
    private final NumberEvidence numbers = new NumberEvidence();
    private final Map<String, AttributeEvidence> fields = new TreeMap<>();
    private final NumberEvidence setNumbers = new NumberEvidence();
    private @Nullable AttributeEvidence elements;
    private @Nullable AttributeEvidence values;

    void add(AttributeValue value) {
        add(value, 0);
    }

    private void add(AttributeValue value, int depth) {
        counts.merge(value.type(), 1L, Long::sum);
        if (depth >= DEEPEST) {
            return;
        }
        switch (value.type()) {
            case N -> numbers.add(value.n());
            case NS -> value.ns().forEach(setNumbers::add);
            case L -> value.l().forEach(element -> elements().add(element, depth + 1));
            case M -> value.m().forEach((name, field) -> (values != null ? values : field(name)).add(field, depth + 1));
            case S, B, SS, BS, BOOL, NUL, UNKNOWN_TO_SDK_VERSION -> {}
        }
        bound();
    }

    /** Adds what was seen elsewhere. */
    void add(AttributeEvidence other) {
        other.counts.forEach((type, count) -> counts.merge(type, count, Long::sum));
        numbers.add(other.numbers);
        setNumbers.add(other.setNumbers);
        if (other.elements != null) {
            elements().add(other.elements);
        }
        if (other.values != null) {
            values().add(other.values);
        }
        other.fields.forEach((name, field) -> (values != null ? values : field(name)).add(field));
        bound();
    }

    private AttributeEvidence field(String name) {
        return fields.computeIfAbsent(name, any -> new AttributeEvidence());
    }

    private AttributeEvidence elements() {
        if (elements == null) {
            elements = new AttributeEvidence();
        }
        return elements;
    }

    /** From now on the map is a dictionary: what was seen of its fields is seen of its values. */
    private AttributeEvidence values() {
        AttributeEvidence all = values;
        if (all == null) {
            all = new AttributeEvidence();
            values = all;
            fields.values().forEach(all::add);
            fields.clear();
        }
        return all;
    }

    private void bound() {
        if (fields.size() > MOST_FIELDS) {
            values();
        }
    }

    /** The narrowest type of all values. */
    ColumnType type() {
        ColumnType type = Plain.UNKNOWN;
        for (AttributeValue.Type seen : counts.keySet()) {
            type = Widening.join(type, type(seen));
        }
        return type;
    }

    private ColumnType type(AttributeValue.Type seen) {
        return switch (seen) {
            case S -> Plain.STRING;
            case N -> numbers.type();
            case B -> Plain.BINARY;
            case BOOL -> Plain.BOOLEAN;
            case NUL, UNKNOWN_TO_SDK_VERSION -> Plain.UNKNOWN;
            case SS -> new ArrayOf(Plain.STRING);
            case NS -> new ArrayOf(setNumbers.type());
            case BS -> new ArrayOf(Plain.BINARY);
            case L -> new ArrayOf(elements == null ? Plain.UNKNOWN : elements.type());
            case M -> mapType();
        };
    }

    private ColumnType mapType() {
        AttributeEvidence dictionary = values;
        if (dictionary != null) {
            return new MapOf(Plain.STRING, dictionary.type());
        }
        List<Field> struct = new ArrayList<>();
        fields.forEach((name, field) -> struct.add(new Field(name, field.type())));
        // Joined with nothing, so that names that differ in case alone become one field.
        Struct joined = (Struct) Widening.join(new Struct(List.of()), new Struct(struct));
        boolean writable =
                joined.fields().stream().allMatch(field -> field.name().matches("[A-Za-z0-9_]+"));
        if (writable) {
            return joined;
        }
        ColumnType value = Plain.UNKNOWN;
        for (Field field : struct) {
            value = Widening.join(value, field.type());
        }
        return new MapOf(Plain.STRING, value);
    }

    /** The evidence as a person reads it: {@code 90 N, 3 S}. */
    String describe() {
        StringBuilder text = new StringBuilder();
        counts.forEach((type, count) -> text.append(text.isEmpty() ? "" : ", ")
                .append(count)
                .append(' ')
                .append(type == AttributeValue.Type.NUL ? "NULL" : type));
        if (values != null) {
            text.append("; more than ").append(MOST_FIELDS).append(" keys, taken for a dictionary");
        }
        return text.toString();
    }

    /** Whether values of several types were seen, that no type but a text holds. */
    boolean isChoice() {
        return counts.keySet().stream()
                                .filter(type -> type != AttributeValue.Type.NUL)
                                .count()
                        > 1
                && type() == Plain.STRING;
    }
}
