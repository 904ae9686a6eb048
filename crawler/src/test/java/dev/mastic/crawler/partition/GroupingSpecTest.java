package dev.mastic.crawler.partition;

import dev.mastic.crawler.Spec;
import dev.mastic.crawler.classify.ColumnProfile;
import dev.mastic.crawler.classify.Compression;
import dev.mastic.crawler.classify.FileFormat;
import dev.mastic.crawler.classify.FileProfile;
import dev.mastic.crawler.infer.HiveTypes;
import dev.mastic.crawler.infer.InferredColumn;
import dev.mastic.crawler.source.S3Location;
import dev.mastic.crawler.source.StoredObject;
import dev.mastic.crawler.source.TargetListing;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class GroupingSpecTest {
    private static final int SIZE = 1000;

    static Stream<Arguments> cases() {
        return Spec.cases("grouping.yaml");
    }

    @ParameterizedTest
    @MethodSource("cases")
    @SuppressWarnings("unchecked")
    void findsTables(Map<String, Object> spec) {
        TargetListing listing = new TargetListing(S3Location.parse("s3://bucket/"), List.of(), 10);
        Map<String, List<FileProfile>> profiles = new LinkedHashMap<>();
        ((Map<String, Map<String, String>>) spec.get("files")).forEach((key, columns) -> {
            StoredObject object = new StoredObject("bucket", key, SIZE, Instant.EPOCH);
            listing.add(List.of(object));
            profiles.computeIfAbsent(object.folder(), any -> new ArrayList<>()).add(profile(object, columns));
        });
        GroupingOptions options = new GroupingOptions(
                spec.containsKey("combine"),
                spec.containsKey("level") ? OptionalInt.of((Integer) spec.get("level")) : OptionalInt.empty());

        TablePlans plans = TablePlans.of(listing, profiles, options);

        Map<String, Map<String, Object>> found = new LinkedHashMap<>();
        for (TablePlan table : plans.tables()) {
            found.put(
                    table.location().substring("s3://bucket/".length()),
                    Map.of(
                            "keys",
                            table.partitionKeys(),
                            "partitions",
                            table.partitions().size(),
                            "columns",
                            table.columns().stream().map(InferredColumn::name).toList()));
        }
        assertThat(found).isEqualTo(spec.get("tables"));
        if (spec.containsKey("warning")) {
            assertThat(plans.warnings()).anyMatch(warning -> warning.contains((String) spec.get("warning")));
        } else {
            assertThat(plans.warnings()).isEmpty();
        }
    }

    private static FileProfile profile(StoredObject object, Map<String, String> columns) {
        FileFormat format =
                object.key().endsWith(".parquet") ? new FileFormat.Parquet() : new FileFormat.Csv(',', true);
        List<ColumnProfile> profiles = new ArrayList<>();
        columns.forEach((name, type) -> profiles.add(new ColumnProfile(name, HiveTypes.parse(type), null)));
        return new FileProfile(object, format, Compression.NONE, profiles, false, 10, true, SIZE, List.of(), List.of());
    }
}
