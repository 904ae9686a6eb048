package dev.mastic.crawler.dynamodb;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.util.Map;
import java.util.TreeMap;

/** What was seen of the attributes of many items. Not thread-safe. */
final class ItemEvidence {
    /** The most attributes that become columns; of more, those whose names come first. */
    static final int MOST_COLUMNS = 5_000;

    private final TreeMap<String, AttributeEvidence> attributes = new TreeMap<>();
    private long items;
    private boolean cut;

    void add(Map<String, AttributeValue> item) {
        items++;
        item.forEach((name, value) -> attribute(name).add(value));
        bound();
    }

    void add(ItemEvidence other) {
        items += other.items;
        cut |= other.cut;
        other.attributes.forEach((name, evidence) -> attribute(name).add(evidence));
        bound();
    }

    private AttributeEvidence attribute(String name) {
        return attributes.computeIfAbsent(name, any -> new AttributeEvidence());
    }

    /** A name that is among the first of all is among the first of any part, so the order of adding does not matter. */
    private void bound() {
        while (attributes.size() > MOST_COLUMNS) {
            attributes.pollLastEntry();
            cut = true;
        }
    }

    long items() {
        return items;
    }

    /** Whether attributes were left out. */
    boolean isCut() {
        return cut;
    }

    /** By name, in the order of the names. */
    Map<String, AttributeEvidence> attributes() {
        return attributes;
    }
}
