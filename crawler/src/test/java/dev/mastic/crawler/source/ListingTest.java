package dev.mastic.crawler.source;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ListingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "*.csv a.csv true",
                "*.csv x/a.csv false",
                "**.csv x/y/a.csv true",
                "**/tmp/** a/tmp/b/c.csv true",
                "?.csv a.csv true",
                "?.csv /.csv false",
                "[a-c].csv b.csv true",
                "[!a-c].csv b.csv false",
                "[!a-c].csv d.csv true",
                "{jan,feb}/* feb/x true",
                "{jan,feb}/* mar/x false",
                "a\\*b a*b true",
                "a\\*b axb false",
                "a.b axb false",
                "*.json .json true",
            })
    void matchesExclusions(String glob, String key, boolean matches) {
        assertThat(Glob.compile(glob).matches(key)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[abc", "{a,b", "{a,{b}}", "a\\"})
    void refusesBrokenExclusions(String glob) {
        assertThatThrownBy(() -> Glob.compile(glob))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(glob);
    }

    @ParameterizedTest
    @CsvSource({
        "t/_SUCCESS, 10, HIDDEN",
        "t/_temporary/0/a.csv, 10, HIDDEN",
        "t/.crc/a.csv, 10, HIDDEN",
        "t/.a.csv.crc, 10, HIDDEN",
        "t/year_$folder$, 0, FOLDER_MARKER",
        "t/sub/, 0, FOLDER_MARKER",
        "t/a.csv.crc, 10, SIDECAR",
        "t/README.md, 10, SIDECAR",
        "t/manifest.json, 10, SIDECAR",
        "t/a.parquet._COPYING_, 10, SIDECAR",
        "t/unload_manifest/a.csv, 10, ",
        "t/manifests.csv, 10, ",
        "t/readme_orders.csv, 10, ",
        "t/empty.csv, 0, EMPTY",
        "t/skip/a.csv, 10, EXCLUDED",
        "t/_year=2001/a.csv, 10, ",
        "t/a_b.csv, 10, ",
    })
    void leavesOutWhatIsNoData(String key, long size, SkipReason reason) {
        ObjectFilter filter = new ObjectFilter("t/", List.of(Glob.compile("skip/**")));

        assertThat(filter.skip(object(key, size, 0))).isEqualTo(Optional.ofNullable(reason));
    }

    @Test
    void doesNotHideWhatTheTargetItselfNames() {
        ObjectFilter filter = new ObjectFilter("_archive/", List.of());

        assertThat(filter.skip(object("_archive/a.csv", 1, 0))).isEmpty();
    }

    @Test
    void samplesTheSameFilesInAnyOrderAndTheNewest() {
        List<StoredObject> objects = IntStream.range(0, 1000)
                .mapToObj(i -> object("t/part-" + i + ".csv", 10, i == 500 ? 9 : 1))
                .toList();
        List<StoredObject> reversed =
                IntStream.range(0, 1000).mapToObj(i -> objects.get(999 - i)).toList();

        List<StoredObject> samples = folder(objects).samples();

        assertThat(samples).hasSize(7).isEqualTo(folder(reversed).samples()).contains(objects.get(500));
        assertThat(folder(objects).count()).isEqualTo(1000);
        assertThat(folder(objects).bytes()).isEqualTo(10_000);
    }

    @Test
    void keepsFewerSamplesOfEachFolderTheMoreFoldersThereAre() {
        List<StoredObject> objects = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            objects.add(object("t/dt=" + i % 50 + "/part-" + i, 1, i));
        }
        List<List<StoredObject>> samples = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            TargetListing listing =
                    new TargetListing(S3Location.parse("s3://bucket/t/"), List.of(), new Sampling(16, 16, 240, 8));
            listing.add(objects);
            samples.add(listing.folders().stream()
                    .flatMap(folder -> folder.samples().stream())
                    .toList());
            Collections.shuffle(objects, new Random(i));
        }

        assertThat(samples.get(0)).hasSize(200).isEqualTo(samples.get(1)).isEqualTo(samples.get(2));
    }

    @Test
    void refusesMoreFoldersThanMemoryHolds() {
        TargetListing listing = new TargetListing(S3Location.parse("s3://bucket/t/"), List.of(), Sampling.BOUNDED, 2);
        listing.add(List.of(object("t/a/1", 1, 0), object("t/b/1", 1, 0), object("t/b/2", 1, 0)));

        assertThatThrownBy(() -> listing.add(List.of(object("t/c/1", 1, 0))))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("s3://bucket/t/ has data in more than 2 folders")
                .hasMessageContaining("-Xmx");
    }

    @Test
    void readsAllFilesOfASmallFolder() {
        List<StoredObject> objects = List.of(object("t/a", 1, 0), object("t/b", 1, 0));

        assertThat(folder(objects).samples()).isEqualTo(objects);
    }

    @Test
    void understandsPaths() {
        assertThat(S3Location.parse("s3://landing")).isEqualTo(new S3Location("landing", ""));
        assertThat(S3Location.parse("landing/flights")).isEqualTo(new S3Location("landing", "flights"));
        assertThat(S3Location.parse("s3a://landing/flights/").prefix()).isEqualTo("flights/");
        assertThat(S3Location.parse("s3://b-1/flights").contains("flights2/a.csv"))
                .isFalse();
        assertThat(S3Location.parse("s3://b-1/flights").contains("flights/a.csv"))
                .isTrue();
        assertThatThrownBy(() -> S3Location.parse("hdfs://landing/x"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("hdfs://landing/x");
    }

    private static FolderObjects folder(List<StoredObject> objects) {
        TargetListing listing = new TargetListing(S3Location.parse("s3://bucket/t/"), List.of(), 7);
        listing.add(objects);
        return listing.folders().iterator().next();
    }

    private static StoredObject object(String key, long size, long second) {
        return new StoredObject("bucket", key, size, Instant.ofEpochSecond(second));
    }
}
