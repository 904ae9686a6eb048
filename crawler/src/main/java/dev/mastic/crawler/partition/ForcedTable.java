package dev.mastic.crawler.partition;

import dev.mastic.crawler.partition.Group.Part;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A table where TableLevelConfiguration says, whatever lies below. */
final class ForcedTable {
    private ForcedTable() {}

    private record Located(List<String> keys, Part part) {}

    /** Nothing when there is no data. */
    static List<Group> at(Folder folder, Consumer<String> warnings) {
        List<Located> all = new ArrayList<>();
        collect(folder, List.of(), List.of(), all);
        if (all.isEmpty()) {
            return List.of();
        }
        Map<List<Object>, List<Located>> shapes = new LinkedHashMap<>();
        for (Located located : all) {
            shapes.computeIfAbsent(List.of(located.keys(), located.part().leaf().format()), any -> new ArrayList<>())
                    .add(located);
        }
        List<Located> largest = shapes.values().stream()
                .max(Comparator.comparingInt(List::size))
                .orElseThrow();
        shapes.values().stream()
                .filter(shape -> shape != largest)
                .flatMap(List::stream)
                .forEach(located -> warnings.accept("Folder "
                        + located.part().leaf().prefix() + " is left out of table level " + folder.level() + " at "
                        + folder.prefix() + ": its format or its levels differ from those of " + largest.size()
                        + " others"));
        return List.of(new Group(
                folder.prefix(),
                largest.get(0).keys(),
                largest.stream().map(Located::part).toList(),
                Leaf.union(largest.stream()
                        .map(located -> located.part().leaf().columns())
                        .toList()),
                Evidence.NONE
                        .because(
                                "TableLevelConfiguration puts a table at level " + folder.level(),
                                Confidence.ofShare(all.size() - largest.size(), all.size()))
                        .instead("tables by how alike the folders are", "TableLevelConfiguration is set")));
    }

    private static void collect(Folder folder, List<String> keys, List<String> values, List<Located> all) {
        folder.leaves().forEach(leaf -> all.add(new Located(keys, new Part(values, leaf))));
        for (Folder child : folder.children()) {
            List<String> longerKeys = new ArrayList<>(keys);
            longerKeys.add(child.key());
            List<String> longerValues = new ArrayList<>(values);
            longerValues.add(child.value());
            collect(child, longerKeys, longerValues, all);
        }
    }
}
