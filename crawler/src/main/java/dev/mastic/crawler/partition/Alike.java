package dev.mastic.crawler.partition;

import dev.mastic.crawler.classify.ColumnProfile;
import dev.mastic.crawler.classify.FileFormat.Csv;
import dev.mastic.crawler.partition.Similarity.Measure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Finds the most folders of one level that can be one table: of one format, with the same levels below, and with columns
 * that are alike.
 */
final class Alike {
    private final GroupingOptions options;

    Alike(GroupingOptions options) {
        this.options = options;
    }

    /** Folders with the same columns. Not a record: equal to itself alone, and that quickly. */
    private static final class Kind {
        private final List<ColumnProfile> columns;
        private final List<Below> members = new ArrayList<>();

        Kind(List<ColumnProfile> columns) {
            this.columns = columns;
        }

        List<ColumnProfile> columns() {
            return columns;
        }

        List<Below> members() {
            return members;
        }
    }

    /**
     * The most folders that can be one table, in the given order.
     *
     * @param values whether the folders' names say already that they belong together; what differs in their columns is
     *     then a change over time: neighbours must be alike, but not each with each
     */
    List<Below> largest(List<Below> all, boolean values) {
        Map<List<Object>, List<Below>> byShape = new LinkedHashMap<>();
        for (Below below : all) {
            Group group = below.group();
            List<Object> shape = values
                    ? List.of(group.format(), group.keys())
                    : List.of(group.format(), group.keys(), group.compression());
            byShape.computeIfAbsent(shape, any -> new ArrayList<>()).add(below);
        }
        List<Below> largest = List.of();
        for (List<Below> shape : byShape.values()) {
            List<Below> cluster = cluster(shape, values);
            if (cluster.size() > largest.size()) {
                largest = cluster;
            }
        }
        List<Below> found = new ArrayList<>(largest);
        if (values && !largest.isEmpty()) {
            found.addAll(lostHeaders(all, largest));
        }
        return found.stream()
                .sorted(Comparator.comparing(below -> below.folder().prefix()))
                .toList();
    }

    /**
     * CSV files whose header cannot be told, because all values are texts, among others that have one and as many
     * columns: they have it too.
     */
    private static List<Below> lostHeaders(List<Below> all, List<Below> members) {
        Group first = members.get(0).group();
        if (!(first.format() instanceof Csv csv) || !csv.header()) {
            return List.of();
        }
        Csv without = csv.withoutHeader();
        Map<Integer, List<ColumnProfile>> bySize = new LinkedHashMap<>();
        members.forEach(below ->
                bySize.putIfAbsent(below.group().columns().size(), below.group().columns()));
        List<Below> lost = new ArrayList<>();
        for (Below below : all) {
            Group group = below.group();
            List<ColumnProfile> columns = bySize.get(group.columns().size());
            if (columns != null
                    && group.format().equals(without)
                    && group.keys().equals(first.keys())) {
                lost.add(new Below(below.folder(), group.as(csv, columns), below.lifted(), below.others()));
            }
        }
        return lost.size() <= members.size() ? lost : List.of();
    }

    private List<Below> cluster(List<Below> shape, boolean values) {
        List<Kind> rest = kinds(shape);
        List<Below> largest = List.of();
        while (!rest.isEmpty()) {
            int left = rest.stream().mapToInt(kind -> kind.members().size()).sum();
            if (left <= largest.size()) {
                break;
            }
            List<Kind> found = values ? chain(rest) : star(rest);
            Set<Kind> taken = Set.copyOf(found);
            rest = rest.stream().filter(kind -> !taken.contains(kind)).toList();
            List<Below> cluster = readable(found);
            if (cluster.size() > largest.size()) {
                largest = cluster;
            }
        }
        return largest;
    }

    /** The kinds of columns, the most frequent first. */
    private static List<Kind> kinds(List<Below> shape) {
        Map<Object, String> signatures = new IdentityHashMap<>();
        Map<String, Kind> kinds = new LinkedHashMap<>();
        for (Below below : shape) {
            List<ColumnProfile> columns = below.group().columns();
            String signature = signatures.computeIfAbsent(columns, any -> signature(columns));
            kinds.computeIfAbsent(signature, any -> new Kind(columns)).members().add(below);
        }
        return kinds.values().stream()
                .sorted(Comparator.comparingInt((Kind kind) -> -kind.members().size()))
                .toList();
    }

    private static String signature(List<ColumnProfile> columns) {
        Map<String, String> types = new TreeMap<>();
        columns.forEach(column -> types.put(column.key(), column.type().hive()));
        return types.toString();
    }

    /** All that are alike with the first, or with one that is, or whose columns are known from those. */
    private List<Kind> chain(List<Kind> kinds) {
        List<Kind> found = new ArrayList<>(List.of(kinds.get(0)));
        List<Kind> rest = new ArrayList<>(kinds.subList(1, kinds.size()));
        int compared = 0;
        while (!rest.isEmpty()) {
            if (compared < found.size()) {
                Kind with = found.get(compared++);
                move(rest, found, kind -> alike(with, kind, Measure.SHORTER));
            } else {
                Kind all = new Kind(Leaf.union(found.stream().map(Kind::columns).toList()));
                if (!move(rest, found, kind -> alike(kind, all, Measure.SHORTER))) {
                    break;
                }
            }
        }
        return found;
    }

    private static boolean move(List<Kind> from, List<Kind> to, Predicate<Kind> which) {
        List<Kind> moved = from.stream().filter(which).toList();
        to.addAll(moved);
        from.removeAll(Set.copyOf(moved));
        return !moved.isEmpty();
    }

    /** All that are alike with one of them: the one that most are alike with. */
    private List<Kind> star(List<Kind> kinds) {
        List<Kind> largest = List.of();
        int most = 0;
        for (Kind centre : kinds) {
            List<Kind> around = kinds.stream()
                    .filter(kind -> kind == centre || alike(centre, kind, Measure.LONGER))
                    .toList();
            int members =
                    around.stream().mapToInt(kind -> kind.members().size()).sum();
            if (members > most) {
                most = members;
                largest = around;
            }
        }
        return largest;
    }

    private boolean alike(Kind a, Kind b, Measure measure) {
        Group any = a.members().isEmpty()
                ? b.members().get(0).group()
                : a.members().get(0).group();
        return options.combineCompatible()
                ? Similarity.readableTogether(any.format(), a.columns(), b.columns())
                : Similarity.similar(any.format(), a.columns(), b.columns(), measure);
    }

    /** Those that one table can hold together, beginning with the most frequent columns. */
    private static List<Below> readable(List<Kind> kinds) {
        List<Below> members = new ArrayList<>();
        List<ColumnProfile> table = List.of();
        for (Kind kind : kinds) {
            Group any = kind.members().get(0).group();
            if (Similarity.readableTogether(any.format(), table, kind.columns())) {
                members.addAll(kind.members());
                if (any.format().fixedTypes()) {
                    table = Leaf.union(List.of(table, kind.columns()));
                }
            }
        }
        return members;
    }
}
