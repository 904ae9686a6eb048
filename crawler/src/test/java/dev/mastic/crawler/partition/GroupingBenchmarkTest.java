package dev.mastic.crawler.partition;

import dev.mastic.crawler.classify.FileProfile;
import dev.mastic.crawler.partition.layout.Layout;
import dev.mastic.crawler.partition.layout.Layout.Truth;
import dev.mastic.crawler.partition.layout.Layouts;
import dev.mastic.crawler.partition.layout.Score;
import dev.mastic.crawler.source.FolderObjects;
import dev.mastic.crawler.source.S3Location;
import dev.mastic.crawler.source.StoredObject;
import dev.mastic.crawler.source.TargetListing;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How well tables and partitions are found in generated layouts with a known truth: on seeds that the rules were made
 * with, and on seeds that nobody looked at.
 */
class GroupingBenchmarkTest {
    private static final int SEEDS = 10;
    private static final long HELD_BACK = 424_242_001;

    /** What was found of one table, in a form that can be compared. */
    private record Found(String root, List<String> keys, Set<String> files, Set<List<String>> partitions) {}

    private record Scores(Score tables, Score partitions) {
        static final Scores NONE = new Scores(Score.NONE, Score.NONE);

        Scores plus(Scores other) {
            return new Scores(tables.plus(other.tables), partitions.plus(other.partitions));
        }
    }

    @Test
    void findsTablesOfLayoutsThatNobodyLookedAt() {
        Scores tuned = report("seeds that the rules were made with", Layouts.of(1, SEEDS));
        Scores held = report("held-back seeds", Layouts.of(HELD_BACK, SEEDS));

        assertThat(tuned.tables().f1()).isGreaterThanOrEqualTo(0.98);
        assertThat(held.tables().f1()).as("table-F1").isGreaterThanOrEqualTo(0.98);
        assertThat(held.partitions().f1()).as("partition-F1").isGreaterThanOrEqualTo(0.98);
    }

    private static Scores report(String title, List<Layout> layouts) {
        Map<String, Scores> byKind = new LinkedHashMap<>();
        Scores all = Scores.NONE;
        for (Layout layout : layouts) {
            Scores scores = score(layout);
            byKind.merge(layout.kind(), scores, Scores::plus);
            all = all.plus(scores);
        }
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%n%d layouts, %s%n%-42s %-28s %s%n",
                layouts.size(),
                title,
                "",
                "table-F1",
                "partition-F1"));
        byKind.forEach((kind, scores) -> text.append(
                String.format(Locale.ROOT, "%-42s %-28s %s%n", kind, scores.tables(), scores.partitions())));
        text.append(String.format(Locale.ROOT, "%-42s %-28s %s%n", "all", all.tables(), all.partitions()));
        System.out.print(text);
        return all;
    }

    private static Scores score(Layout layout) {
        List<String> keys = new ArrayList<>(layout.files().keySet());
        TargetListing listing = listing(layout, keys);
        Set<String> read = new HashSet<>();
        for (FolderObjects folder : listing.folders()) {
            folder.samples().forEach(object -> read.add(object.key()));
        }
        Set<Found> found = new HashSet<>(found(layout, listing));
        Set<Found> expected = new HashSet<>();
        for (Truth table : layout.tables()) {
            Set<String> files = new TreeSet<>(table.values().keySet());
            files.retainAll(read);
            Set<List<String>> partitions = new HashSet<>();
            table.values().forEach((key, values) -> partitions.add(values));
            expected.add(new Found(table.root(), table.keys(), files, partitions));
        }
        Scores scores =
                new Scores(compare(roots(found), roots(expected)), compare(partitions(found), partitions(expected)));
        if (Boolean.getBoolean("layouts.show")
                && scores.tables().f1() + scores.partitions().f1() < 2) {
            System.out.println("--- " + layout + "\n" + layout.listing() + "\nfound: "
                    + found.stream()
                            .map(each ->
                                    each.root() + each.keys() + each.files().size())
                            .sorted()
                            .toList());
        }
        return scores;
    }

    private static Set<List<Object>> roots(Set<Found> tables) {
        Set<List<Object>> roots = new HashSet<>();
        tables.forEach(table -> roots.add(List.of(table.root(), table.files())));
        return roots;
    }

    private static Set<List<Object>> partitions(Set<Found> tables) {
        Set<List<Object>> all = new HashSet<>();
        tables.forEach(table ->
                table.partitions().forEach(values -> all.add(List.of(table.root(), table.keys(), values))));
        return all;
    }

    private static Score compare(Set<List<Object>> found, Set<List<Object>> expected) {
        Set<List<Object>> right = new HashSet<>(found);
        right.retainAll(expected);
        return new Score(found.size(), expected.size(), right.size());
    }

    private static List<Found> found(Layout layout, TargetListing listing) {
        SortedMap<String, List<FileProfile>> profiles = profiles(layout, listing);
        List<Group> groups = TablePlans.groups(listing, profiles, layout.options(), any -> {});
        TablePlans plans = TablePlans.of(listing, profiles, layout.options());
        List<Found> found = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            Set<String> files = new TreeSet<>();
            Set<List<String>> partitions = new HashSet<>();
            for (Group.Part part : groups.get(i).parts()) {
                part.leaf().samples().forEach(uri -> files.add(uri.substring("s3://bucket/".length())));
                partitions.add(part.values());
            }
            found.add(new Found(groups.get(i).root(), plans.tables().get(i).partitionKeys(), files, partitions));
        }
        return found;
    }

    private static TargetListing listing(Layout layout, List<String> keys) {
        TargetListing listing = new TargetListing(S3Location.parse("s3://bucket/"), List.of(), layout.sampleSize());
        for (String key : keys) {
            Instant modified = layout.files()
                    .get(key)
                    .map(profile -> profile.object().lastModified())
                    .orElse(Instant.EPOCH);
            listing.add(List.of(
                    new StoredObject("bucket", key, layout.sizes().get(key).longValue(), modified)));
        }
        return listing;
    }

    private static SortedMap<String, List<FileProfile>> profiles(Layout layout, TargetListing listing) {
        SortedMap<String, List<FileProfile>> profiles = new TreeMap<>();
        for (FolderObjects folder : listing.folders()) {
            List<FileProfile> files = folder.samples().stream()
                    .map(object -> layout.files().get(object.key()))
                    .flatMap(Optional::stream)
                    .toList();
            if (!files.isEmpty()) {
                profiles.put(folder.folder(), files);
            }
        }
        return profiles;
    }

    @Test
    void findsTheSameWhateverTheOrderOfTheListing() {
        for (Layout layout : Layouts.of(1, 3)) {
            List<String> keys = new ArrayList<>(layout.files().keySet());
            TablePlans inOrder = plans(layout, keys);
            Random random = new Random(layout.seed());
            for (int i = 0; i < 3; i++) {
                Collections.shuffle(keys, random);
                assertThat(plans(layout, keys)).as("%s", layout).isEqualTo(inOrder);
            }
        }
    }

    private static TablePlans plans(Layout layout, List<String> keys) {
        TargetListing listing = listing(layout, keys);
        return TablePlans.of(listing, profiles(layout, listing), layout.options());
    }

    @Test
    void keepsItsTablesWhenMoreOfTheSameArrives() {
        for (Layout layout : Layouts.of(1, 5)) {
            if (score(layout).tables().f1() == 1) {
                Set<List<Object>> before = new HashSet<>();
                Set<List<Object>> after = new HashSet<>();
                for (TablePlan plan : plans(
                                layout.earlier(),
                                new ArrayList<>(layout.earlier().files().keySet()))
                        .tables()) {
                    before.add(List.of(plan.location(), plan.partitionKeys()));
                }
                for (TablePlan plan :
                        plans(layout, new ArrayList<>(layout.files().keySet())).tables()) {
                    after.add(List.of(plan.location(), plan.partitionKeys()));
                }
                assertThat(after).as("%s", layout).isEqualTo(before);
            }
        }
    }
}
