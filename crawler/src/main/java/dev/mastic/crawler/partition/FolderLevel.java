package dev.mastic.crawler.partition;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Decides whether the folders beside each other are partitions of one table. */
final class FolderLevel {
    private static final double MAJORITY = 0.7;
    private static final double TINY = 0.01;

    private final Alike alike;
    private final Consumer<String> warnings;

    FolderLevel(GroupingOptions options, Consumer<String> warnings) {
        this.alike = new Alike(options);
        this.warnings = warnings;
    }

    /** A folder and the tables in it. */
    record Child(Folder folder, List<Group> groups) {
        Child {
            groups = List.copyOf(groups);
        }

        NameShape shape() {
            return NameShape.of(folder);
        }

        long leaves() {
            return groups.stream().mapToLong(group -> group.parts().size()).sum();
        }
    }

    /**
     * What became of the folders of one level.
     *
     * @param table the one that they are partitions of, if they are
     * @param others all other tables
     * @param apart the tables when none is made of the level
     */
    record Result(@Nullable Group table, List<Group> others, List<Group> apart) {
        static final Result NONE = new Result(null, List.of(), List.of());

        boolean isTable() {
            return table != null;
        }

        int partitions() {
            return table == null ? 0 : table.parts().size();
        }

        List<Group> groups() {
            return Stream.concat(Stream.ofNullable(table), others.stream()).toList();
        }
    }

    static String shown(Folder folder) {
        return folder.prefix().isEmpty() ? "the bucket" : folder.prefix();
    }

    /** Folders that all have the same key, or none. */
    Result join(Folder parent, List<Child> children) {
        List<Child> named =
                children.stream().filter(child -> child.shape().isValue()).toList();
        boolean values = !named.isEmpty();
        List<Child> voters = (values ? named : children)
                .stream()
                        .filter(child ->
                                !Below.of(child.folder(), child.groups()).isEmpty())
                        .toList();
        if (voters.isEmpty() || (!values && voters.size() == 1)) {
            return new Result(null, alone(parent, children, 0, voters.size()), List.of());
        }
        List<Below> members = once(alike.largest(possible(voters), values), values);
        if (members.isEmpty() || !majority(members, voters, values) || severalInEach(members)) {
            List<Group> alone = alone(parent, children, members.size(), voters.size());
            return new Result(null, alone, alone);
        }
        if (values && named.size() < children.size()) {
            members = withWords(members, children, voters);
        }
        return new Result(
                table(parent, children, members, values),
                others(parent, children, members),
                alone(parent, children, members.size(), voters.size()));
    }

    private static List<Below> possible(List<Child> children) {
        return children.stream()
                .flatMap(child -> Below.of(child.folder(), child.groups()).stream())
                .toList();
    }

    /** Each folder once, and no levels made up where folders of words do not even agree in what lies in them. */
    private static List<Below> once(List<Below> cluster, boolean values) {
        List<Below> members = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (Below below : cluster) {
            if (taken.add(below.folder().prefix())) {
                members.add(below);
            }
        }
        boolean lifted = members.stream().noneMatch(below -> below.lifted().isEmpty());
        boolean differ = members.stream().map(Below::lifted).distinct().count() > 1;
        return lifted && (members.size() == 1 || (differ && !values)) ? List.of() : members;
    }

    private static boolean majority(List<Below> members, List<Child> voters, boolean values) {
        if (members.size() > MAJORITY * voters.size()) {
            return true;
        }
        long leaves = members.stream()
                .mapToLong(below -> below.group().parts().size())
                .sum();
        long all = voters.stream().mapToLong(Child::leaves).sum();
        return values && members.size() > 1 && leaves > MAJORITY * all;
    }

    /** Files of other tables in most of the folders are no strays, unless they are tiny: a note beside each day's data. */
    private static boolean severalInEach(List<Below> members) {
        long with = members.stream().filter(below -> !below.inside().isEmpty()).count();
        if (2 * with <= members.size()) {
            return false;
        }
        long bytes = members.stream().mapToLong(below -> below.group().bytes()).sum();
        long others = members.stream()
                .flatMap(below -> below.inside().stream())
                .mapToLong(Group::bytes)
                .sum();
        return others > TINY * bytes;
    }

    /** A folder {@code latest} beside days belongs to them when its columns are theirs. */
    private List<Below> withWords(List<Below> members, List<Child> children, List<Child> voters) {
        List<Below> words = possible(children.stream()
                .filter(child -> !voters.contains(child))
                .filter(child -> !child.shape().isValue())
                .toList());
        if (members.get(0).folder().key().isEmpty() && !words.isEmpty()) {
            List<Below> both = new ArrayList<>(members);
            both.addAll(words);
            List<Below> all = once(alike.largest(both, false), false);
            return all.containsAll(members) ? all : members;
        }
        return members;
    }

    private static Group table(Folder parent, List<Child> children, List<Below> members, boolean values) {
        String key = members.get(0).folder().key();
        int all = children.size();
        String which = key.isEmpty()
                ? values ? "have names that are dates or numbers" : "have no key"
                : "are named " + key + "=...";
        String reason = String.format(
                Locale.ROOT,
                "%d of %d folders in %s %s and are alike: partitions by %s",
                members.size(),
                all,
                shown(parent),
                which,
                key.isEmpty() ? "folder name" : key);
        Evidence evidence = Evidence.of(
                        members.stream().map(below -> below.group().evidence()).toList())
                .because(reason, Confidence.ofLevel(members, all))
                .instead(
                        members.size() == 1
                                ? "a table at " + members.get(0).folder().prefix()
                                : "a table for each of the " + members.size() + " folders in " + shown(parent),
                        values
                                ? "their names are values of a partition key, and their columns are alike"
                                : "they have the same format and levels, and 70 % of their columns in common");
        if (!members.get(0).lifted().isEmpty()) {
            evidence = evidence.because(
                    "the folders " + String.join("/", members.get(0).lifted())
                            + " below each of them are levels of partitions too",
                    0.9);
        }
        return Group.joined(parent, members, evidence);
    }

    private List<Group> others(Folder parent, List<Child> children, List<Below> members) {
        List<Group> others = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (Below member : members) {
            taken.add(member.folder().prefix());
            member.beside().forEach(others::add);
            for (Group inside : member.inside()) {
                warnings.accept(inside.root() + " is left out: it lies in a partition of the table at " + shown(parent)
                        + ", whose files it does not resemble; put it into a folder of its own outside the table");
            }
        }
        for (Child child : children) {
            if (!taken.contains(child.folder().prefix())) {
                for (Group group : child.groups()) {
                    warnings.accept("Folder " + group.root() + " is a table of its own: its columns "
                            + FolderSchemas.names(group.columns()) + ", its format or its levels are not those of its "
                            + members.size() + " neighbours");
                    others.add(alone(parent, group, members.size(), children.size()));
                }
            }
        }
        return others;
    }

    private static List<Group> alone(Folder parent, List<Child> children, int alike, int all) {
        return children.stream()
                .flatMap(child -> child.groups().stream())
                .map(group -> alone(parent, group, alike, all))
                .toList();
    }

    private static Group alone(Folder parent, Group group, int alike, int all) {
        if (!new Folder(group.root()).parent().prefix().equals(parent.prefix()) || group.isFile()) {
            return group; // decided further down
        } else if (all <= 1) {
            return group.with(group.evidence()
                    .because("folder " + group.root() + " has no neighbour and no key: it is the table's root", 0.95)
                    .instead(
                            "a table at " + shown(parent) + " with one partition " + new Folder(group.root()).name(),
                            "a single folder whose name is neither a key nor a date, number or identifier"));
        }
        return group.with(group.evidence()
                .because(
                        "folder " + group.root() + " is a table: only " + alike + " of the " + all
                                + " folders beside each other are alike, more than 70 % are needed for one table",
                        Confidence.ofShare(alike, all))
                .instead(
                        "one table at " + shown(parent) + " with a partition for each of the " + all + " folders",
                        "only " + alike + " of them are alike"));
    }

    /**
     * What becomes of files beside the partitions of a table.
     *
     * @param groups gets the tables that the files become
     * @return the table, with what was left out of it
     */
    Group beside(Folder folder, Group table, List<Group> direct, List<Group> groups) {
        Evidence evidence = table.evidence();
        boolean words = table.keys().get(0).isEmpty()
                && folder.children().stream()
                        .noneMatch(child -> NameShape.of(child).isValue());
        for (Group leaf : direct) {
            if (words && leaf.isFile()) {
                groups.add(leaf);
                continue;
            }
            String text = leaf.objects() + " files directly in " + shown(folder) + " are left out: the table there has "
                    + table.parts().size() + " partitions in folders, and no partition holds them";
            warnings.accept(text + "; put them into a partition, or into a folder outside the table");
            evidence = evidence.because(text, Confidence.ofShare(leaf.objects(), table.objects() + leaf.objects()))
                    .instead("a table of the files in " + shown(folder), "partitions lie in the same folder");
        }
        return table.with(evidence);
    }
}
