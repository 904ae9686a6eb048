package dev.mastic.crawler.classify;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path to values in JSON: the operators that Glue's JSON classifiers have. {@code $} is the whole, {@code .name} and
 * {@code ['name']} a field, {@code [0]} an element, {@code [*]} and {@code .*} all of them, {@code ..name} that field at
 * any depth; several names or numbers may stand in one pair of brackets. Immutable.
 */
public final class JsonPath {
    /** A text of a megabyte has no more values; paths that go down again and again would find them many times over. */
    private static final int MOST_VALUES = 500_000;

    private static final Pattern STEP = Pattern.compile("(?<deep>\\.\\.)?(?:\\.?(?<name>[^.\\[\\]'\"*\\s]++)"
            + "|\\.?(?<all>\\*)"
            + "|\\[\\s*+(?<each>\\*)\\s*+\\]"
            + "|\\[\\s*+(?<indexes>\\d{1,9}+(?:\\s*+,\\s*+\\d{1,9}+)*+)\\s*+\\]"
            + "|\\[\\s*+(?<names>'[^']*+'(?:\\s*+,\\s*+'[^']*+')*+|\"[^\"]*+\"(?:\\s*+,\\s*+\"[^\"]*+\")*+)\\s*+\\])");

    private final String text;
    private final List<Step> steps;

    private JsonPath(String text, List<Step> steps) {
        this.text = text;
        this.steps = List.copyOf(steps);
    }

    private record Step(boolean deep, List<String> names, List<Integer> indexes) {
        boolean all() {
            return names.isEmpty() && indexes.isEmpty();
        }
    }

    /**
     * Reads a path.
     *
     * @throws IllegalArgumentException naming the position that cannot be read
     */
    public static JsonPath parse(String text) {
        String path = text.strip();
        if (!path.startsWith("$")) {
            throw new IllegalArgumentException("JsonPath '" + path + "' does not start with $; write $ for the whole,"
                    + " $[*] for the elements of an array, $.name for a field");
        }
        List<Step> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(path);
        int at = 1;
        while (at < path.length()) {
            matcher.region(at, path.length());
            boolean named = path.charAt(at) == '.' || path.charAt(at) == '[';
            if (!named || !matcher.lookingAt()) {
                throw new IllegalArgumentException("JsonPath '" + path + "' cannot be read at position " + (at + 1)
                        + " ('" + path.substring(at) + "'); use .name, ['name'], [0], [*], .* and ..name");
            }
            steps.add(step(matcher));
            at = matcher.end();
        }
        return new JsonPath(path, steps);
    }

    private static Step step(Matcher matcher) {
        boolean deep = matcher.group("deep") != null;
        if (matcher.group("name") != null) {
            return new Step(deep, List.of(matcher.group("name")), List.of());
        } else if (matcher.group("indexes") != null) {
            List<Integer> indexes = new ArrayList<>();
            for (String index : matcher.group("indexes").split(",", -1)) {
                indexes.add(Integer.parseInt(index.strip()));
            }
            return new Step(deep, List.of(), indexes);
        } else if (matcher.group("names") != null) {
            List<String> names = new ArrayList<>();
            Matcher name = Pattern.compile("'([^']*+)'|\"([^\"]*+)\"").matcher(matcher.group("names"));
            while (name.find()) {
                names.add(name.group(1) == null ? name.group(2) : name.group(1));
            }
            return new Step(deep, names, List.of());
        }
        return new Step(deep, List.of(), List.of());
    }

    /** The values at the path, in the order of the text. */
    List<@Nullable Object> select(@Nullable Object root) {
        List<@Nullable Object> found = new ArrayList<>();
        found.add(root);
        for (Step step : steps) {
            List<@Nullable Object> next = new ArrayList<>();
            for (Object value : found) {
                if (step.deep()) {
                    deep(value, step, next);
                } else {
                    children(value, step, next);
                }
            }
            found = next;
        }
        return found;
    }

    private static void deep(@Nullable Object value, Step step, List<@Nullable Object> into) {
        if (into.size() >= MOST_VALUES) {
            return;
        }
        children(value, step, into);
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(child -> deep(child, step, into));
        } else if (value instanceof List<?> list) {
            list.forEach(child -> deep(child, step, into));
        }
    }

    private static void children(@Nullable Object value, Step step, List<@Nullable Object> into) {
        if (into.size() >= MOST_VALUES) {
            return;
        }
        if (value instanceof Map<?, ?> map) {
            if (step.all()) {
                into.addAll(map.values());
            }
            for (String name : step.names()) {
                if (map.containsKey(name)) {
                    into.add(map.get(name));
                }
            }
        } else if (value instanceof List<?> list) {
            if (step.all()) {
                into.addAll(list);
            }
            for (int index : step.indexes()) {
                if (index < list.size()) {
                    into.add(list.get(index));
                }
            }
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
