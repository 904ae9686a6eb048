package dev.mastic.crawler.partition.layout;

import dev.mastic.crawler.classify.FileProfile;
import dev.mastic.crawler.partition.GroupingOptions;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Objects in a bucket, and the tables that a person would make of them.
 *
 * @param files what can be known of each object; empty for one that no classifier reads
 * @param sampleSize files read of each folder
 */
public record Layout(
        String kind,
        long seed,
        SortedMap<String, Optional<FileProfile>> files,
        SortedMap<String, Integer> sizes,
        List<Truth> tables,
        int sampleSize,
        GroupingOptions options) {

    /**
     * A table as it should be found.
     *
     * @param root its folder or single file in the bucket
     * @param values of each file's partition, by key
     */
    public record Truth(String root, List<String> keys, SortedMap<String, List<String>> values) {}

    /** Makes the layout of a kind and seed: always the same one. Every second has strays all over it. */
    static Layout of(String kind, Consumer<Draft> recipe, long seed) {
        Draft draft = new Draft(new Random(kind.hashCode() * 31L + seed));
        recipe.accept(draft);
        if (seed % 2 == 0) {
            draft.sprinkle();
        }
        return draft.layout(kind, seed);
    }

    /**
     * The same with a part of the files of each table only, at least two partitions where there are so many: without
     * some partitions, or, at every second seed, without the last.
     */
    public Layout earlier() {
        Random random = new Random(seed);
        SortedSet<String> dropped = new TreeSet<>();
        List<Truth> kept = new ArrayList<>();
        for (Truth table : tables) {
            SortedMap<String, List<String>> values = new TreeMap<>(table.values());
            List<List<String>> partitions = new ArrayList<>(new TreeSet<>(table.values().values().stream()
                            .map(each -> String.join("\u0000", each))
                            .toList())
                    .stream().map(each -> List.of(each.split("\u0000", -1))).toList());
            boolean last = seed % 2 == 1 || kind.equals("columns replaced over time");
            for (int i = 0; i < partitions.size(); i++) {
                List<String> partition = partitions.get(i);
                boolean spared = last ? i < 2 : i >= partitions.size() - 2;
                if (!spared && (last ? i > partitions.size() / 2 : random.nextInt(3) == 0)) {
                    values.forEach((key, value) -> {
                        if (value.equals(partition)) {
                            dropped.add(key);
                        }
                    });
                }
            }
            values.keySet().removeAll(dropped);
            kept.add(new Truth(table.root(), table.keys(), values));
        }
        SortedSet<String> folders = new TreeSet<>();
        dropped.forEach(key -> folders.add(key.substring(0, key.lastIndexOf('/') + 1)));
        SortedMap<String, Optional<FileProfile>> left = new TreeMap<>(files);
        left.keySet().removeIf(key -> folders.contains(key.substring(0, key.lastIndexOf('/') + 1)));
        return new Layout(kind, seed, left, sizes, kept, sampleSize, options);
    }

    @Override
    public String toString() {
        return kind + " " + seed;
    }

    /** Locations in the bucket, for a message. */
    public String listing() {
        return String.join("\n", files.keySet()) + "\nexpected: "
                + tables.stream().map(table -> table.root() + table.keys()).toList();
    }

    /** How many objects there are. */
    public Map<String, Integer> counts() {
        return Map.of("objects", files.size(), "tables", tables.size());
    }
}
