package dev.mastic.crawler.crawl;

import dev.mastic.crawler.classify.ColumnProfile;
import dev.mastic.crawler.classify.FileProfile;
import dev.mastic.crawler.classify.FileProfiler;
import dev.mastic.crawler.find.CrawlScope;
import dev.mastic.crawler.find.CrawlSource;
import dev.mastic.crawler.find.Evidence;
import dev.mastic.crawler.find.Findings;
import dev.mastic.crawler.find.FoundPartition;
import dev.mastic.crawler.find.FoundTable;
import dev.mastic.crawler.find.ListedTarget;
import dev.mastic.crawler.find.Presence;
import dev.mastic.crawler.find.Sampled;
import dev.mastic.crawler.find.Schema;
import dev.mastic.crawler.infer.InferredColumn;
import dev.mastic.crawler.partition.GroupingOptions;
import dev.mastic.crawler.partition.TablePlan;
import dev.mastic.crawler.partition.TablePlans;
import dev.mastic.crawler.source.FolderObjects;
import dev.mastic.crawler.source.Glob;
import dev.mastic.crawler.source.ObjectStore;
import dev.mastic.crawler.source.S3Location;
import dev.mastic.crawler.source.StoredObject;
import dev.mastic.crawler.source.TargetListing;
import dev.mastic.crawler.source.UnreadableFileException;
import software.amazon.awssdk.services.glue.model.S3Target;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** A bucket, or a part of one: lists it, reads samples of its folders, and groups them into tables. */
final class S3Source implements CrawlSource {
    /** Files read of each folder when the target names no SampleSize. */
    private static final int DEFAULT_SAMPLE = 32;

    private static final int FILES_IN_FLIGHT = 64;

    private final S3Target target;
    private final GroupingOptions grouping;
    private final ObjectStore store;

    S3Source(S3Target target, GroupingOptions grouping, ObjectStore store) {
        this.target = target;
        this.grouping = grouping;
        this.store = store;
    }

    @Override
    public String path() {
        return target.path();
    }

    @Override
    public Findings find(CrawlScope scope) {
        TargetListing listing = list(scope);
        if (listing.folders().isEmpty()) {
            scope.warn(target.path() + " holds no data: " + listing.listed() + " objects were listed, "
                    + (listing.listed() == 0 ? "check the path" : "all of them were left out"));
        }
        NavigableMap<String, List<FileProfile>> profiles = new TreeMap<>();
        long sampled = read(listing, scope, profiles);
        TablePlans plans = TablePlans.of(listing, profiles, grouping);
        plans.warnings().forEach(scope::warn);
        ListedTarget listed = new ListedTarget(
                target.path(),
                listing.listed(),
                listing.skipped().values().stream()
                        .mapToLong(TargetListing.Skipped::count)
                        .sum(),
                listing.folders().size(),
                listing.folders().stream().mapToLong(FolderObjects::bytes).sum(),
                sampled,
                listing.skipped(),
                plans.tables().size());
        return new Findings(
                listed,
                plans.tables().stream().map(plan -> found(plan, profiles)).toList(),
                target.exclusions(),
                location -> presence(listing, location));
    }

    private TargetListing list(CrawlScope scope) {
        S3Location location = S3Location.parse(target.path());
        TargetListing listing = new TargetListing(
                location,
                target.exclusions().stream().map(Glob::compile).toList(),
                target.sampleSize() == null ? DEFAULT_SAMPLE : target.sampleSize());
        scope.cancellation().await(scope.readers().submit(() -> {
            store.list(location, scope.cancellation(), page -> {
                listing.add(page);
                scope.listed(page.size());
            });
            return listing;
        }));
        return listing;
    }

    /** Reads the samples of all folders, some at a time. */
    private long read(TargetListing listing, CrawlScope scope, Map<String, List<FileProfile>> profiles) {
        FileProfiler profiler = new FileProfiler(store);
        List<StoredObject> samples = listing.folders().stream()
                .flatMap(folder -> folder.samples().stream())
                .toList();
        scope.toSample(samples.size());
        for (int start = 0; start < samples.size(); start += FILES_IN_FLIGHT) {
            Map<StoredObject, Future<FileProfile>> reading = new LinkedHashMap<>();
            for (StoredObject sample : samples.subList(start, Math.min(samples.size(), start + FILES_IN_FLIGHT))) {
                reading.put(sample, scope.readers().submit(() -> profiler.profile(sample)));
            }
            try {
                reading.forEach((sample, profile) -> read(sample, profile, scope, profiles));
            } finally {
                reading.values().forEach(profile -> profile.cancel(true));
            }
        }
        return samples.size();
    }

    private static void read(
            StoredObject sample,
            Future<FileProfile> reading,
            CrawlScope scope,
            Map<String, List<FileProfile>> profiles) {
        try {
            FileProfile profile = scope.cancellation().await(reading);
            scope.sampled(sampled(profile));
            profiles.computeIfAbsent(sample.folder(), any -> new ArrayList<>()).add(profile);
        } catch (UnreadableFileException e) {
            scope.sampled(Sampled.unreadable(sample.uri(), String.valueOf(e.getMessage())));
        }
    }

    private static Sampled sampled(FileProfile file) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (ColumnProfile column : file.columns()) {
            columns.put(column.name(), column.type().hive());
        }
        return new Sampled(
                file.object().uri(),
                file.format().toString(),
                file.compression().word(),
                file.bytesRead(),
                file.records(),
                file.exact(),
                columns,
                file.evidence(),
                file.warnings(),
                "");
    }

    private static FoundTable found(TablePlan plan, NavigableMap<String, List<FileProfile>> profiles) {
        List<FileProfile> samples = samples(plan.location(), profiles);
        return new FoundTable(
                plan.folderName(),
                plan.location(),
                plan.format().toString(),
                TableInputs.table(plan),
                plan.columns().stream().collect(Collectors.toMap(InferredColumn::name, InferredColumn::why)),
                plan.partitions().stream()
                        .map(partition ->
                                new FoundPartition(partition.values(), partition.location(), partition.stats()))
                        .toList(),
                plan.stats(),
                plan.format().fixedTypes() ? Schema.TYPED : Schema.INFERRED,
                new Evidence(
                        samples.stream()
                                .limit(Evidence.MOST_SAMPLES)
                                .map(file -> file.object().uri())
                                .toList(),
                        samples.size(),
                        plan.reasons(),
                        1,
                        List.of()));
    }

    private static List<FileProfile> samples(String location, NavigableMap<String, List<FileProfile>> profiles) {
        String prefix = S3Location.parse(location).prefix();
        String folder = prefix.substring(0, prefix.lastIndexOf('/') + 1);
        return profiles.tailMap(folder, true).entrySet().stream()
                .takeWhile(entry -> entry.getKey().startsWith(folder))
                .flatMap(entry -> entry.getValue().stream())
                .filter(file -> file.object().key().startsWith(prefix))
                .toList();
    }

    private static Presence presence(TargetListing listing, String address) {
        if (!address.startsWith("s3://") && !address.startsWith("s3a://") && !address.startsWith("s3n://")) {
            return Presence.UNKNOWN;
        }
        S3Location location = S3Location.parse(address);
        S3Location target = listing.location();
        if (!target.bucket().equals(location.bucket()) || !target.contains(location.prefix())) {
            return Presence.UNKNOWN;
        }
        boolean files = listing.folders().stream()
                .flatMap(folder -> folder.samples().stream())
                .anyMatch(object -> location.contains(object.key()));
        return files ? Presence.REGROUPED : Presence.GONE;
    }
}
