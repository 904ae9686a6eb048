package dev.mastic.crawler.partition;

import dev.mastic.crawler.classify.ColumnProfile;
import dev.mastic.crawler.classify.Compression;
import dev.mastic.crawler.classify.FileFormat;
import dev.mastic.crawler.classify.FileProfile;
import dev.mastic.crawler.infer.ColumnType.Plain;
import dev.mastic.crawler.source.FolderObjects;
import dev.mastic.crawler.source.S3Location;
import dev.mastic.crawler.source.Sampling;
import dev.mastic.crawler.source.StoredObject;
import dev.mastic.crawler.source.TargetListing;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

class ReadFoldersTest {
    private static final Sampling SOME = new Sampling(2, 2, 1000, 10);

    @Test
    void readsSomeFoldersOfAKindAndTheFirstAndLast() {
        List<String> keys = new ArrayList<>();
        for (int i = 100; i < 200; i++) {
            keys.add("t/dt=" + i + "/a.csv");
        }
        for (String word : List.of("north", "south")) {
            keys.add("shops/" + word + "/a.csv");
        }
        keys.add("t/dt=150/b.csv");
        keys.add("t/dt=160x/a.json");

        List<String> read = read(keys);
        Collections.shuffle(keys, new Random(1));

        assertThat(read).isEqualTo(read(keys)).hasSize(10 + 2 + 1);
        assertThat(read).contains("t/dt=100/", "t/dt=199/", "shops/north/", "shops/south/", "t/dt=160x/");
    }

    private static List<String> read(List<String> keys) {
        return ReadFolders.of(listing(keys, SOME)).list().stream()
                .map(FolderObjects::folder)
                .toList();
    }

    @Test
    void takesTheOthersForLikeThoseBeforeThem() {
        List<String> keys = new ArrayList<>();
        for (int i = 100; i < 200; i++) {
            keys.add("t/dt=" + i + "/a.csv");
        }
        TargetListing listing = listing(keys, SOME);
        Map<String, List<FileProfile>> profiles = new TreeMap<>();
        for (FolderObjects folder : ReadFolders.of(listing).list()) {
            profiles.put(folder.folder(), List.of(profile(folder.samples().get(0))));
        }

        TablePlan table = TablePlans.of(listing, profiles, GroupingOptions.DEFAULT)
                .tables()
                .get(0);

        assertThat(profiles).hasSize(10);
        assertThat(table.location()).isEqualTo("s3://bucket/t/");
        assertThat(table.partitions()).hasSize(100);
        assertThat(table.stats()).isEqualTo(new Stats(100, 1000, 500));
        assertThat(table.reasons().get(0)).startsWith("90 of the 100 folders were not read");
        assertThat(table.confidence()).isBetween(0.9, 0.99);
        assertThat(table.rejected()).isNotEmpty();
    }

    @Test
    void readsEveryFolderWhenASampleSizeIsGiven() {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            keys.add("t/dt=" + i + "/a.csv");
        }

        assertThat(ReadFolders.of(listing(keys, Sampling.ofSize(1))).list()).hasSize(2000);
        assertThat(ReadFolders.of(listing(keys, Sampling.BOUNDED)).list()).hasSize(Sampling.BOUNDED.foldersOfAKind());
    }

    private static TargetListing listing(List<String> keys, Sampling sampling) {
        TargetListing listing = new TargetListing(S3Location.parse("s3://bucket/"), List.of(), sampling);
        keys.forEach(key -> listing.add(List.of(new StoredObject("bucket", key, 10, Instant.EPOCH))));
        return listing;
    }

    private static FileProfile profile(StoredObject object) {
        return new FileProfile(
                object,
                new FileFormat.Csv(',', true),
                Compression.NONE,
                List.of(new ColumnProfile("id", Plain.BIGINT, null), new ColumnProfile("v", Plain.DOUBLE, null)),
                false,
                5,
                true,
                10,
                List.of(),
                List.of());
    }
}
