package dev.mastic.crawler.partition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Finds tables in a tree of folders, from the leaves up: the folders of one level become partitions of one table when
 * more than 70 % of them are alike, have the same levels below, and carry the same key ({@code year=2001}) or none.
 * Otherwise each goes its own way. What the folders' names say counts: days need less likeness than words.
 */
final class TableGrouping {
    private final GroupingOptions options;
    private final Consumer<String> warnings;
    private final FolderLevel level;

    TableGrouping(GroupingOptions options, Consumer<String> warnings) {
        this.options = options;
        this.warnings = warnings;
        this.level = new FolderLevel(options, warnings);
    }

    /** The tables in a folder and below. */
    List<Group> group(Folder folder) {
        if (options.tableLevel().isPresent()
                && folder.level() == options.tableLevel().getAsInt()) {
            return ForcedTable.at(folder, warnings);
        }
        Map<String, List<FolderLevel.Child>> byKey = new LinkedHashMap<>();
        for (Folder child : folder.children()) {
            byKey.computeIfAbsent(child.key(), any -> new ArrayList<>())
                    .add(new FolderLevel.Child(child, group(child)));
        }
        List<Group> groups = new ArrayList<>();
        boolean aboveTables = options.tableLevel().isPresent()
                && folder.level() < options.tableLevel().getAsInt();
        if (aboveTables) {
            byKey.values().forEach(children -> children.forEach(child -> groups.addAll(child.groups())));
        } else {
            levels(folder, byKey, groups);
        }
        leaves(folder, groups);
        return groups;
    }

    /** Only one kind of folders can be the partitions of the table at their parent: the one with the most data. */
    private void levels(Folder folder, Map<String, List<FolderLevel.Child>> byKey, List<Group> groups) {
        List<FolderLevel.Result> results = new ArrayList<>();
        byKey.values().forEach(children -> results.add(level.join(folder, children)));
        int largest = -1;
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i).partitions()
                    > (largest < 0 ? 0 : results.get(largest).partitions())) {
                largest = i;
            }
        }
        for (int i = 0; i < results.size(); i++) {
            FolderLevel.Result result = results.get(i);
            boolean second = result.isTable() && i != largest;
            groups.addAll(second ? result.apart() : result.groups());
            if (second) {
                warnings.accept("Folders of several keys lie in " + FolderLevel.shown(folder) + "; "
                        + result.partitions()
                        + " partitions become tables of their own, because those of another key are more");
            }
        }
    }

    /** What lies directly in the folder. */
    private void leaves(Folder folder, List<Group> groups) {
        List<Group> direct = folder.leaves().stream().map(Group::of).toList();
        if (direct.isEmpty()) {
            return;
        }
        int table = -1;
        for (int i = 0; i < groups.size(); i++) {
            table = groups.get(i).root().equals(folder.prefix()) ? i : table;
        }
        if (table >= 0) {
            groups.set(table, level.beside(folder, groups.get(table), direct, groups));
            return;
        }
        boolean alone = groups.isEmpty();
        for (Group leaf : direct) {
            Leaf only = leaf.parts().get(0).leaf();
            if (!alone
                    && !leaf.isFile()
                    && only.stats().objects() == 1
                    && only.samples().size() == 1) {
                // A file beside the folders of other tables: as a folder it would hold those too.
                groups.add(new Group(
                        only.fileKey(),
                        List.of(),
                        List.of(new Group.Part(List.of(), only.at(only.fileKey()))),
                        leaf.columns(),
                        Evidence.NONE.because("a single file beside the folders of other tables", 0.9)));
            } else {
                groups.add(leaf);
                if (!alone && !leaf.isFile()) {
                    warnings.accept("Folder " + FolderLevel.shown(folder)
                            + " holds files of a table and folders of other tables; engines that read folders to their"
                            + " depth mix them up: put the files into a folder of their own");
                }
            }
        }
    }
}
