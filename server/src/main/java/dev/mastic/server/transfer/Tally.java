package dev.mastic.server.transfer;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What became of the things of an import. Read by other threads while it is written, for the progress bar. */
public final class Tally {
    private static final int MOST_FAILURES = 1000;

    private final Map<EntryKind, long[]> counts = new EnumMap<>(EntryKind.class);
    private final List<String> failures = new ArrayList<>();
    private long failed;

    /** What became of one. */
    enum Fate {
        CREATED,
        REPLACED,
        SKIPPED,
        FAILED,
        NOT_TRIED;

        String shown() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    synchronized void add(EntryKind kind, Fate fate) {
        counts.computeIfAbsent(kind, none -> new long[Fate.values().length])[fate.ordinal()]++;
    }

    synchronized void fail(EntryKind kind, String name, String reason) {
        add(kind, Fate.FAILED);
        failed++;
        if (failures.size() < MOST_FAILURES) {
            failures.add(kind.shown().replaceFirst("(.*[^c])s$", "$1") + " " + name + ": " + reason);
        }
    }

    /** Whether something could not be imported. */
    public synchronized boolean hasFailures() {
        return failed > 0;
    }

    /** What could not be imported, and why: the first thousand. */
    public synchronized List<String> failures() {
        return List.copyOf(failures);
    }

    /** How many could not be imported. */
    public synchronized long failed() {
        return failed;
    }

    /** One line for each kind. */
    public synchronized List<String> summary() {
        List<String> lines = new ArrayList<>();
        counts.forEach((kind, fates) -> {
            List<String> parts = new ArrayList<>();
            for (Fate fate : Fate.values()) {
                if (fates[fate.ordinal()] > 0) {
                    parts.add(String.format(Locale.ROOT, "%,d %s", fates[fate.ordinal()], fate.shown()));
                }
            }
            lines.add(kind.shown() + ": " + String.join(", ", parts));
        });
        return lines;
    }
}
