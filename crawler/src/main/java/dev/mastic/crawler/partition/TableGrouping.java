package dev.mastic.crawler.partition;

import dev.mastic.crawler.partition.Group.Part;
import dev.mastic.crawler.partition.Similarity.Measure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Finds tables in a tree of folders, from the leaves up: the folders of one level become partitions of one table when
 * more than 70 % of them are alike, have the same levels below, and carry the same key ({@code year=2001}) or none.
 * Otherwise each goes its own way.
 */
final class TableGrouping {
    private static final double MAJORITY = 0.7;

    private final GroupingOptions options;
    private final Consumer<String> warnings;

    TableGrouping(GroupingOptions options, Consumer<String> warnings) {
        this.options = options;
        this.warnings = warnings;
    }

    /** The tables in a folder and below. */
    List<Group> group(Folder folder) {
        List<Group> groups = new ArrayList<>();
        if (options.tableLevel().isPresent()
                && folder.level() == options.tableLevel().getAsInt()) {
            return forced(folder);
        }
        folder.leaves().forEach(leaf -> groups.add(Group.of(leaf)));
        Map<String, List<Child>> mergeable = new LinkedHashMap<>();
        for (Folder child : folder.children()) {
            List<Group> below = group(child);
            if (below.size() == 1 && below.get(0).root().equals(child.prefix())) {
                mergeable.computeIfAbsent(child.key(), any -> new ArrayList<>()).add(new Child(child, below.get(0)));
            } else {
                groups.addAll(below);
            }
        }
        boolean aboveTables = options.tableLevel().isPresent()
                && folder.level() < options.tableLevel().getAsInt();
        mergeable.forEach((key, children) -> {
            if (aboveTables) {
                children.forEach(child -> groups.add(child.group()));
            } else {
                groups.addAll(merge(folder, key, children));
            }
        });
        if (groups.size() > 1 && groups.stream().anyMatch(group -> group.root().equals(folder.prefix()))) {
            warnings.accept("Folder " + (folder.prefix().isEmpty() ? "/" : folder.prefix())
                    + " holds files of a table and folders of other tables; engines that read folders to their depth"
                    + " mix them up: put the files into a folder of their own");
        }
        return groups;
    }

    private record Child(Folder folder, Group group) {}

    private List<Group> merge(Folder parent, String key, List<Child> children) {
        boolean hive = !key.isEmpty();
        boolean partitionLevel =
                hive || children.size() > 1 || children.get(0).folder().dateLike();
        List<Child> majority = partitionLevel ? largest(hive, children) : List.of();
        if (!partitionLevel || majority.size() <= MAJORITY * children.size()) {
            return children.stream()
                    .map(child -> alone(child, children.size(), majority.size()))
                    .toList();
        }
        List<Group> groups = new ArrayList<>();
        groups.add(joined(parent, key, majority, children.size()));
        for (Child child : children) {
            if (!majority.contains(child)) {
                warnings.accept("Folder " + child.folder().prefix() + " is a table of its own: its columns "
                        + FolderSchemas.names(child.group().columns()) + " are not those of its " + majority.size()
                        + " neighbours");
                groups.add(alone(child, children.size(), majority.size()));
            }
        }
        return groups;
    }

    private static Group joined(Folder parent, String key, List<Child> children, int all) {
        List<String> keys = new ArrayList<>();
        keys.add(key);
        keys.addAll(children.get(0).group().keys());
        List<Part> parts = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        for (Child child : children) {
            String value = child.folder().value();
            child.group().parts().forEach(part -> parts.add(part.below(value)));
        }
        reasons.add(String.format(
                Locale.ROOT,
                "%d of %d folders in %s %s and are alike: partitions by %s",
                children.size(),
                all,
                parent.prefix().isEmpty() ? "the bucket" : parent.prefix(),
                key.isEmpty() ? "have no key" : "are named " + key + "=...",
                key.isEmpty() ? "folder name" : key));
        children.get(0).group().reasons().forEach(reason -> reasons.add(reason));
        return new Group(parent.prefix(), keys, parts, reasons);
    }

    private static Group alone(Child child, int all, int alike) {
        Group group = child.group();
        List<String> reasons = new ArrayList<>(group.reasons());
        reasons.add(
                all == 1
                        ? "folder " + child.folder().prefix() + " has no neighbour and no key: it is the table's root"
                        : "folder " + child.folder().prefix() + " is a table: only " + alike + " of the " + all
                                + " folders beside each other are alike, more than 70 % are needed for one table");
        return new Group(group.root(), group.keys(), group.parts(), reasons);
    }

    /** The most children that are alike, compared with the first of them. */
    private List<Child> largest(boolean hive, List<Child> children) {
        List<List<Child>> clusters = new ArrayList<>();
        for (Child child : children) {
            clusters.stream()
                    .filter(cluster -> alike(hive, cluster.get(0).group(), child.group()))
                    .findFirst()
                    .ifPresentOrElse(
                            cluster -> cluster.add(child), () -> clusters.add(new ArrayList<>(List.of(child))));
        }
        return clusters.stream().max(Comparator.comparingInt(List::size)).orElseThrow();
    }

    private boolean alike(boolean hive, Group a, Group b) {
        if (!a.format().equals(b.format()) || !a.keys().equals(b.keys())) {
            return false;
        } else if (options.combineCompatible()) {
            return Similarity.readableTogether(a.format(), a.columns(), b.columns());
        }
        return Similarity.similar(a.format(), a.columns(), b.columns(), hive ? Measure.SHORTER : Measure.LONGER);
    }

    /** One table at this folder, whatever lies below. */
    private List<Group> forced(Folder folder) {
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
        for (Located located : all) {
            if (!largest.contains(located)) {
                warnings.accept("Folder " + located.part().leaf().prefix() + " is left out of table level "
                        + folder.level() + " at " + folder.prefix() + ": its format or its levels differ from those of "
                        + largest.size() + " others");
            }
        }
        return List.of(new Group(
                folder.prefix(),
                largest.get(0).keys(),
                largest.stream().map(Located::part).toList(),
                List.of("TableLevelConfiguration puts a table at level " + folder.level())));
    }

    private record Located(List<String> keys, Part part) {}

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
