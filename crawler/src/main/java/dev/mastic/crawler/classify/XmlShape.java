package dev.mastic.crawler.classify;

import dev.mastic.crawler.infer.ColumnType;
import dev.mastic.crawler.infer.ColumnType.ArrayOf;
import dev.mastic.crawler.infer.ColumnType.Field;
import dev.mastic.crawler.infer.ColumnType.Struct;
import dev.mastic.crawler.infer.TextEvidence;
import dev.mastic.crawler.infer.Widening;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What elements of one name have in them. Attributes are named with a {@code _} before, and the text of an element that
 * has other parts too is {@code _VALUE}, as Glue's readers and Spark's name them. Not thread-safe.
 */
final class XmlShape {
    static final String ATTRIBUTE_PREFIX = "_";
    static final String VALUE_TAG = "_VALUE";

    private final Map<String, XmlShape> parts = new LinkedHashMap<>();
    private final Set<String> repeated = new HashSet<>();
    private final TextEvidence texts = new TextEvidence();
    private boolean hasText;
    private boolean more;

    /** The shape of a part; one that is not kept when there are too many. */
    XmlShape part(String name) {
        XmlShape part = parts.get(name);
        if (part == null) {
            part = new XmlShape();
            if (parts.size() < JsonTypes.MOST_COLUMNS) {
                parts.put(name, part);
            } else {
                more = true;
            }
        }
        return part;
    }

    /** A part stands more than once in one element. */
    void repeats(String name) {
        repeated.add(name);
    }

    /** Counts the text of an element. */
    void text(String text) {
        hasText |= !text.isEmpty();
        texts.add(text);
    }

    /** Whether there are parts that were left out because there are too many. */
    boolean more() {
        return more;
    }

    /** The parts as columns, and the element's own text if it has any. */
    List<ColumnProfile> columns() {
        List<ColumnProfile> columns = new ArrayList<>();
        fields().forEach(field -> columns.add(new ColumnProfile(field.name(), field.type(), null)));
        return columns;
    }

    private List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        Map<String, Integer> places = new LinkedHashMap<>();
        parts.forEach((name, part) -> {
            ColumnType type = part.type();
            Field field = new Field(name, repeated.contains(name) ? new ArrayOf(type) : type);
            Integer same = places.putIfAbsent(name.toLowerCase(Locale.ROOT), fields.size());
            if (same == null) {
                fields.add(field);
            } else {
                Field before = fields.get(same);
                fields.set(same, new Field(before.name(), Widening.join(before.type(), field.type())));
            }
        });
        if (hasText && !parts.containsKey(VALUE_TAG)) {
            fields.add(new Field(VALUE_TAG, texts.type()));
        }
        return fields;
    }

    private ColumnType type() {
        return parts.isEmpty() ? texts.type() : new Struct(fields());
    }
}
