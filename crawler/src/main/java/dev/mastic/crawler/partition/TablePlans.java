package dev.mastic.crawler.partition;

import dev.mastic.crawler.classify.ColumnProfile;
import dev.mastic.crawler.classify.FileProfile;
import dev.mastic.crawler.infer.ColumnType.Plain;
import dev.mastic.crawler.infer.InferredColumn;
import dev.mastic.crawler.infer.TextColumns;
import dev.mastic.crawler.infer.TextColumns.Quoting;
import dev.mastic.crawler.infer.TextEvidence;
import dev.mastic.crawler.partition.Group.Part;
import dev.mastic.crawler.partition.TablePlan.PartitionPlan;
import dev.mastic.crawler.source.FolderObjects;
import dev.mastic.crawler.source.TargetListing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The tables of one target, from its listing and the profiles of its samples.
 *
 * @param warnings what a person should know
 */
public record TablePlans(List<TablePlan> tables, List<String> warnings) {

    public TablePlans {
        tables = List.copyOf(tables);
        warnings = List.copyOf(warnings);
    }

    /**
     * Finds the tables.
     *
     * @param profiles those samples that could be read, by folder
     */
    public static TablePlans of(
            TargetListing listing, Map<String, List<FileProfile>> profiles, GroupingOptions options) {
        List<String> warnings = new ArrayList<>();
        List<TablePlan> tables = new ArrayList<>();
        for (Group group : groups(listing, profiles, options, warnings::add)) {
            tables.add(plan(listing.location().bucket(), group, warnings::add));
        }
        return new TablePlans(tables, warnings);
    }

    /** The tables, as folders. */
    static List<Group> groups(
            TargetListing listing,
            Map<String, List<FileProfile>> profiles,
            GroupingOptions options,
            Consumer<String> warnings) {
        String root = listing.location().folder();
        Folder tree = new Folder(
                listing.folders().stream().anyMatch(folder -> !folder.folder().startsWith(root))
                        ? root.substring(0, root.lastIndexOf('/', root.length() - 2) + 1)
                        : root);
        ReadFolders read = ReadFolders.of(listing);
        Map<String, Leaf> before = new HashMap<>();
        for (FolderObjects folder : listing.folders()) {
            if (profiles.containsKey(folder.folder())
                    || (read.contains(folder) && !folder.samples().isEmpty())) {
                List<Leaf> leaves =
                        FolderSchemas.of(folder, profiles.getOrDefault(folder.folder(), List.of()), options, warnings);
                leaves.forEach(tree::add);
                if (leaves.size() == 1 && leaves.get(0).prefix().equals(folder.folder())) {
                    before.put(ReadFolders.path(folder), leaves.get(0));
                    before.put(ReadFolders.kind(folder), leaves.get(0));
                }
            } else {
                // Of each kind the first is read: there is none only when that was unreadable.
                Leaf neighbour =
                        before.get(folder.extension().isEmpty() ? ReadFolders.path(folder) : ReadFolders.kind(folder));
                if (neighbour != null) {
                    tree.add(neighbour.like(folder));
                }
            }
        }
        return new TableGrouping(options, warnings).group(tree);
    }

    private static TablePlan plan(String bucket, Group group, Consumer<String> warnings) {
        List<String> keys = keys(group);
        Leaf first = group.parts().get(0).leaf();
        if (!first.format().readers().isEmpty()) {
            warnings.accept("s3://" + bucket + "/" + group.root() + ": "
                    + first.format().readers());
        }
        if (!first.compression().readers().isEmpty()) {
            warnings.accept("s3://" + bucket + "/" + group.root() + ": "
                    + first.compression().readers());
        }
        List<ColumnProfile> columns = withoutKeys(group, keys, warnings);
        warnOfOrder(group, columns, warnings);
        boolean quoted = group.parts().stream().anyMatch(part -> part.leaf().quoted());
        TextColumns decided = decide(columns, quoted);
        Map<String, String> spellings = new LinkedHashMap<>();
        columns.stream()
                .filter(column -> !column.key().equals(column.name()))
                .forEach(column -> spellings.put(column.key(), column.name()));
        Stats stats = Stats.NONE;
        List<PartitionPlan> partitions = new ArrayList<>();
        for (Part part : group.parts()) {
            stats = stats.plus(part.leaf().stats());
            if (!keys.isEmpty()) {
                partitions.add(new PartitionPlan(
                        part.values(),
                        "s3://" + bucket + "/" + part.leaf().prefix(),
                        part.leaf().stats()));
            }
        }
        Evidence evidence = group.evidence();
        long notRead = group.parts().stream()
                .filter(part -> part.leaf().samples().isEmpty())
                .count();
        if (notRead > 0) {
            evidence = evidence.because(
                    notRead + " of the " + group.parts().size() + " folders were not read and are taken to be like"
                            + " those before them; a SampleSize makes the crawler read every folder",
                    0.95);
        }
        return new TablePlan(
                folderName(bucket, group.root()),
                "s3://" + bucket + "/" + group.root(),
                first.format(),
                first.compression(),
                quoted,
                decided.columns(),
                decided.serdeParameters(),
                spellings,
                keys,
                unique(partitions, warnings),
                stats,
                evidence.reasons(),
                Math.round(evidence.confidence() * 100) / 100.0,
                evidence.rejected());
    }

    /** Two folders give the same values when they differ in escapes or in the key's case alone. */
    private static List<PartitionPlan> unique(List<PartitionPlan> partitions, Consumer<String> warnings) {
        Map<List<String>, PartitionPlan> byValues = new LinkedHashMap<>();
        for (PartitionPlan partition : partitions) {
            PartitionPlan other = byValues.putIfAbsent(partition.values(), partition);
            if (other != null) {
                warnings.accept(partition.location() + " is left out: it gives the same partition values "
                        + partition.values() + " as " + other.location());
            }
        }
        return List.copyOf(byValues.values());
    }

    private static TextColumns decide(List<ColumnProfile> columns, boolean quoted) {
        Map<String, TextEvidence> texts = new LinkedHashMap<>();
        List<InferredColumn> typed = new ArrayList<>();
        for (ColumnProfile column : columns) {
            if (column.text() != null) {
                texts.put(column.key(), column.text());
            } else {
                typed.add(new InferredColumn(
                        column.key(),
                        column.type() == Plain.UNKNOWN ? Plain.STRING : column.type(),
                        column.type() == Plain.UNKNOWN ? "only nulls" : "type in the files",
                        Map.of()));
            }
        }
        return texts.isEmpty()
                ? new TextColumns(typed, Map.of())
                : TextColumns.decide(texts, quoted ? Quoting.QUOTED : Quoting.NONE);
    }

    /** Keys of the path, and partition_0, partition_1 for levels without one. */
    private static List<String> keys(Group group) {
        List<String> keys = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        int unnamed = 0;
        for (String key : group.keys()) {
            String name = key.isEmpty() ? "partition_" + unnamed++ : key;
            String free = name;
            for (int n = 1; !taken.add(free); n++) {
                free = name + "_" + n;
            }
            keys.add(free);
        }
        return keys;
    }

    /** No engine reads a table that has a column and a partition key of one name. */
    private static List<ColumnProfile> withoutKeys(Group group, List<String> keys, Consumer<String> warnings) {
        List<ColumnProfile> columns = new ArrayList<>();
        for (ColumnProfile column : group.columns()) {
            if (!keys.contains(column.key())) {
                columns.add(column);
            } else if (group.format().positional()) {
                String renamed = column.key() + "_in_file";
                warnings.accept("Column " + column.name() + " of the files in " + group.root()
                        + " has the name of a partition key and is called " + renamed + " in the table");
                columns.add(new ColumnProfile(renamed, column.type(), column.text()));
            } else {
                warnings.accept("Column " + column.name() + " of the files in " + group.root()
                        + " is left out: the partition key of that name takes its place");
            }
        }
        return columns;
    }

    private static void warnOfOrder(Group group, List<ColumnProfile> columns, Consumer<String> warnings) {
        if (!group.format().positional()) {
            return;
        }
        List<String> order = group.columns().stream().map(ColumnProfile::key).toList();
        for (Part part : group.parts()) {
            List<String> own =
                    part.leaf().columns().stream().map(ColumnProfile::key).toList();
            if (!order.subList(0, own.size()).equals(own)) {
                warnings.accept("The columns of " + part.leaf().prefix() + " (" + String.join(", ", own)
                        + ") stand in another order than the table's " + columns.size()
                        + "; engines that read CSV by position mix them up");
            }
        }
    }

    private static String folderName(String bucket, String root) {
        String path = root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
        return path.isEmpty() ? bucket : path.substring(path.lastIndexOf('/') + 1);
    }
}
