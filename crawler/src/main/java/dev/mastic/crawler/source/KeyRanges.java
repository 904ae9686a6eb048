package dev.mastic.crawler.source;

import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/** Cuts the keys of a location into ranges that can be listed at once, at the folders that a few requests show. */
final class KeyRanges {
    /** The order of keys in S3. */
    static final Comparator<String> ORDER =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    private static final int ENOUGH_FOLDERS = 64;
    private static final int MOST_REQUESTS = 8;

    private KeyRanges() {}

    /**
     * Keys after one and up to another.
     *
     * @param after empty for the first
     * @param to inclusive; empty for all that follow
     */
    record Range(String after, String to) {
        boolean ends(String key) {
            return !to.isEmpty() && ORDER.compare(key, to) > 0;
        }
    }

    /**
     * Ranges that hold all keys after one.
     *
     * @param foldersIn lists the folders in a folder
     * @param most ranges
     */
    static List<Range> of(String prefix, String after, int most, Function<String, ListObjectsV2Response> foldersIn) {
        SortedSet<String> folders = new TreeSet<>(ORDER);
        Deque<String> unopened = new ArrayDeque<>(List.of(prefix));
        for (int i = 0; i < MOST_REQUESTS && folders.size() < ENOUGH_FOLDERS && !unopened.isEmpty(); i++) {
            for (CommonPrefix folder : foldersIn.apply(unopened.remove()).commonPrefixes()) {
                if (ORDER.compare(folder.prefix(), after) > 0) {
                    folders.add(folder.prefix());
                }
                unopened.add(folder.prefix());
            }
        }
        List<String> cuts = new ArrayList<>(folders);
        List<Range> ranges = new ArrayList<>();
        String from = after;
        for (int i = 1; i < most && !cuts.isEmpty(); i++) {
            String to = cuts.get((int) ((long) i * cuts.size() / most));
            if (ORDER.compare(to, from) > 0) {
                ranges.add(new Range(from, to));
                from = to;
            }
        }
        ranges.add(new Range(from, ""));
        return ranges;
    }
}
