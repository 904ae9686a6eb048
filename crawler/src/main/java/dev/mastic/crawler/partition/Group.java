package dev.mastic.crawler.partition;

import dev.mastic.crawler.classify.ColumnProfile;
import dev.mastic.crawler.classify.Compression;
import dev.mastic.crawler.classify.FileFormat;

import java.util.ArrayList;
import java.util.List;

/**
 * Leaves that are one table below a common root.
 *
 * @param root the table's folder, or the key of its single file
 * @param keys partition keys from the root downwards; empty text for a level whose folders have no key
 * @param columns those of all leaves
 */
record Group(String root, List<String> keys, List<Part> parts, List<ColumnProfile> columns, Evidence evidence) {

    Group {
        keys = List.copyOf(keys);
        parts = List.copyOf(parts);
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
            List<String> longer = new ArrayList<>(values.size() + 1);
            longer.add(value);
            longer.addAll(values);
            return new Part(longer, leaf);
        }
    }

    static Group of(Leaf leaf) {
        return new Group(leaf.prefix(), List.of(), List.of(new Part(List.of(), leaf)), leaf.columns(), Evidence.NONE);
    }

    /** Groups of the folders of one level as one table at the folder above. */
    static Group joined(Folder parent, List<Below> members, Evidence evidence) {
        List<String> keys = new ArrayList<>();
        keys.add(members.get(0).folder().key());
        keys.addAll(members.get(0).group().keys());
        List<Part> parts = new ArrayList<>();
        for (Below member : members) {
            String value = member.folder().value();
            member.group().parts().forEach(part -> parts.add(part.below(value)));
        }
        return new Group(
                parent.prefix(),
                keys,
                parts,
                Leaf.union(
                        members.stream().map(member -> member.group().columns()).toList()),
                evidence);
    }

    Group with(Evidence other) {
        return new Group(root, keys, parts, columns, other);
    }

    /** The same with the folders between the new root and the old one as further levels of partitions. */
    Group liftedTo(String newRoot) {
        List<String> longer = new ArrayList<>(keys);
        List<Part> lower = parts;
        Folder folder = new Folder(root);
        while (!folder.prefix().equals(newRoot)) {
            longer.add(0, folder.key());
            String value = folder.value();
            lower = lower.stream().map(part -> part.below(value)).toList();
            folder = folder.parent();
        }
        return new Group(newRoot, longer, lower, columns, evidence);
    }

    /** The same, its single file taken for all that counts in a folder. */
    Group ofFolder(String folder) {
        Leaf leaf = parts.get(0).leaf();
        return new Group(folder, keys, List.of(new Part(List.of(), leaf.at(folder))), columns, evidence);
    }

    /** The same, read as files of another format with other columns. */
    Group as(FileFormat format, List<ColumnProfile> other) {
        return new Group(
                root,
                keys,
                parts.stream()
                        .map(part -> new Part(part.values(), part.leaf().as(format, other)))
                        .toList(),
                other,
                evidence);
    }

    boolean isFile() {
        return !root.isEmpty() && !root.endsWith("/");
    }

    FileFormat format() {
        return parts.get(0).leaf().format();
    }

    Compression compression() {
        return parts.get(0).leaf().compression();
    }

    long bytes() {
        return parts.stream().mapToLong(part -> part.leaf().stats().bytes()).sum();
    }

    long objects() {
        return parts.stream().mapToLong(part -> part.leaf().stats().objects()).sum();
    }
}
