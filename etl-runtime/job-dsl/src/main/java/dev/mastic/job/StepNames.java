package dev.mastic.job;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The names of a job's steps: which are taken, and what the next step is called that its author need not name. */
public final class StepNames {
    private static final Pattern MADE_UP = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z]+[0-9]+");

    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> counters = new HashMap<>();

    /** The name of the next step of a kind: {@code orders.filter1} after {@code orders}. It is free, and not yet taken. */
    public String after(String input, String kind) {
        int dot = input.indexOf('.');
        String stem = (dot < 0 ? input : input.substring(0, dot)) + "." + kind;
        String name;
        do {
            name = stem + counters.merge(stem, 1, Integer::sum);
        } while (taken.contains(name));
        return name;
    }

    /** Takes a name; false when it is taken already. */
    public boolean add(String name) {
        return taken.add(name);
    }

    /** Frees a made-up name that was the last of its kind. */
    void release(String name) {
        taken.remove(name);
        counters.computeIfPresent(name.replaceFirst("[0-9]+$", ""), (stem, count) -> count - 1);
    }

    /** As {@link #after}, but leaves no trace. */
    public String peek(String input, String kind) {
        Map<String, Integer> before = Map.copyOf(counters);
        String name = after(input, kind);
        counters.clear();
        counters.putAll(before);
        return name;
    }

    /** A name that {@link Frame#named} gives: one of an author, or one as steps are given, for graphs that hold such. */
    static String chosen(String name) {
        return MADE_UP.matcher(name).matches() ? name : Names.step(name);
    }
}
