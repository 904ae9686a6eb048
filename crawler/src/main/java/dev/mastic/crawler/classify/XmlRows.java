package dev.mastic.crawler.classify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the element that is a row: of the elements that come back below the root and have parts, the one that takes the
 * most of the document. A document in which nothing comes back is a row itself.
 */
final class XmlRows implements XmlReader.Listener {
    /** A document with more different paths is no table. */
    private static final int MOST_PATHS = 10_000;

    private final Map<String, Path> paths = new LinkedHashMap<>();
    private final List<Path> open = new ArrayList<>();
    private long elements;

    /** What is known of the elements at one path from the root. */
    private static final class Path {
        private final String path;
        private final String name;
        private final List<String> children = new ArrayList<>();
        private long count;
        private long within;
        private boolean parts;
        private boolean attributes;

        Path(String path, String name) {
            this.path = path;
            this.name = name;
        }
    }

    /**
     * A guess.
     *
     * @param why what decided
     */
    record Guess(String rowTag, String why) {}

    @Override
    public void start(String name, Map<String, String> attributes, boolean selfClosing) {
        elements++;
        String parent = open.isEmpty() ? "" : open.get(open.size() - 1).path;
        String key = parent + "/" + name;
        Path path = paths.get(key);
        if (path == null) {
            path = new Path(key, name);
            if (paths.size() < MOST_PATHS) {
                paths.put(key, path);
            }
        }
        path.count++;
        path.attributes |= !attributes.isEmpty();
        path.parts |= path.attributes;
        open.forEach(above -> above.within++);
        path.within++;
        if (!open.isEmpty()) {
            Path above = open.get(open.size() - 1);
            above.parts = true;
            if (path.count == 1) {
                above.children.add(key);
            }
        }
        open.add(path);
    }

    @Override
    public void text(String text) {
        // Rows are told by their elements.
    }

    @Override
    public void end() {
        open.remove(open.size() - 1);
    }

    long elements() {
        return elements;
    }

    /** The row element of what was read, which has at least one element. */
    Guess guess() {
        List<Path> candidates = paths.values().stream()
                .filter(path -> path.count > 1 && path.parts && path.path.indexOf('/', 1) > 0)
                .sorted(Comparator.comparingLong((Path path) -> path.within)
                        .reversed()
                        .thenComparing(path -> path.path.length())
                        .thenComparing(path -> path.path))
                .toList();
        if (candidates.isEmpty()) {
            return nothingComesBack();
        }
        Path best = candidates.get(0);
        StringBuilder why = new StringBuilder("row element <" + best.name + ">: " + share(best));
        candidates.stream()
                .skip(1)
                .limit(3)
                .forEach(other ->
                        why.append("; not <").append(other.name).append(">: ").append(share(other)));
        return new Guess(best.name, why.toString());
    }

    private String share(Path path) {
        return path.path + " stands there " + path.count + " times and takes " + 100 * path.within / elements
                + " % of the elements";
    }

    /** Elements that hold but one other are wrappers around the row. */
    private Guess nothingComesBack() {
        Path row = paths.values().iterator().next();
        while (row.count == 1 && row.children.size() == 1 && !row.attributes) {
            Path child = paths.get(row.children.get(0));
            if (child == null || child.count > 1 || !child.parts) {
                break;
            }
            row = child;
        }
        return new Guess(row.name, "row element <" + row.name + ">: no element with parts stands there twice");
    }
}
