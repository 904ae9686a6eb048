package dev.mastic.crawler.partition;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** A folder in the tree below a target. */
final class Folder {
    private final String prefix;
    /** Made when the first one comes: most folders hold files alone, and there may be very many. */
    private SortedMap<String, Folder> children = Collections.emptySortedMap();

    private List<Leaf> leaves = List.of();

    Folder(String prefix) {
        this.prefix = prefix;
    }

    /** Puts a leaf at its place. */
    void add(Leaf leaf) {
        int slash = leaf.prefix().indexOf('/', prefix.length());
        if (slash < 0) {
            List<Leaf> more = new ArrayList<>(leaves);
            more.add(leaf);
            leaves = List.copyOf(more);
        } else {
            if (children.isEmpty()) {
                children = new TreeMap<>();
            }
            String below = leaf.prefix().substring(0, slash + 1);
            children.computeIfAbsent(below, Folder::new).add(leaf);
        }
    }

    String prefix() {
        return prefix;
    }

    List<Folder> children() {
        return List.copyOf(children.values());
    }

    List<Leaf> leaves() {
        return leaves;
    }

    /** The folder above, without what it holds. */
    Folder parent() {
        return new Folder(prefix.substring(0, prefix.lastIndexOf('/', prefix.length() - 2) + 1));
    }

    /** The folder's own name; empty for the bucket. */
    String name() {
        String path = prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1);
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** How deep it lies: 1 is the bucket. */
    int level() {
        return 1 + (int) prefix.chars().filter(c -> c == '/').count();
    }

    /** The partition key that the name gives, {@code year} for {@code year=2001}; empty when there is none. */
    String key() {
        int equals = name().indexOf('=');
        return equals < 1 ? "" : name().substring(0, equals).toLowerCase(Locale.ROOT);
    }

    /** The partition value that the name gives, with Hive's escapes undone. */
    String value() {
        String name = name();
        String value = key().isEmpty() ? name : name.substring(name.indexOf('=') + 1);
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value; // a percent sign that escapes nothing stands for itself
        }
    }
}
