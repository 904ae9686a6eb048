package dev.mastic.crawler.partition;

import dev.mastic.crawler.classify.ColumnProfile;
import dev.mastic.crawler.classify.FileFormat;

import java.util.ArrayList;
import java.util.List;

/**
 * Leaves that are one table below a common root.
 *
 * @param root the table's folder, or the key of its single file
 * @param keys partition keys from the root downwards; empty text for a level whose folders have no key
 * @param reasons what decided
 */
record Group(String root, List<String> keys, List<Part> parts, List<String> reasons) {

    Group {
        keys = List.copyOf(keys);
        parts = List.copyOf(parts);
        reasons = List.copyOf(reasons);
    }

    /**
     * A leaf in its place.
     *
     * @param values one for each key, decoded
     */
    record Part(List<String> values, Leaf leaf) {
        Part {
            values = List.copyOf(values);
        }

        Part below(String value) {
            List<String> longer = new ArrayList<>();
            longer.add(value);
            longer.addAll(values);
            return new Part(longer, leaf);
        }
    }

    static Group of(Leaf leaf) {
        return new Group(leaf.prefix(), List.of(), List.of(new Part(List.of(), leaf)), List.of());
    }

    FileFormat format() {
        return parts.get(0).leaf().format();
    }

    List<ColumnProfile> columns() {
        return Leaf.union(parts.stream().map(part -> part.leaf().columns()).toList());
    }
}
