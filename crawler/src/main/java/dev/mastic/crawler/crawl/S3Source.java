package dev.mastic.crawler.crawl;

import dev.mastic.crawler.classify.CustomClassifier;
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
import dev.mastic.crawler.find.Schema;
import dev.mastic.crawler.folder.FolderSamples;
import dev.mastic.crawler.folder.KnownFolder;
import dev.mastic.crawler.infer.InferredColumn;
import dev.mastic.crawler.lake.LakeScan;
import dev.mastic.crawler.partition.GroupingOptions;
import dev.mastic.crawler.partition.ReadFolders;
import dev.mastic.crawler.partition.TablePlan;
import dev.mastic.crawler.partition.TablePlans;
import dev.mastic.crawler.source.FolderObjects;
import dev.mastic.crawler.source.Glob;
import dev.mastic.crawler.source.ObjectStore;
import dev.mastic.crawler.source.S3Location;
import dev.mastic.crawler.source.Sampling;
import dev.mastic.crawler.source.StoredObject;
import dev.mastic.crawler.source.TargetListing;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.S3Target;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A bucket, or a part of one: lists it, reads samples of its folders, and groups them into tables. */
final class S3Source implements CrawlSource {
    private final S3Target target;
    private final S3Location location;
    private final GroupingOptions grouping;
    private final ObjectStore store;
    private final List<CustomClassifier> classifiers;
    private final FolderMemory memory;
    private final SortedSet<String> touched;
    private final SortedSet<String> gone = new TreeSet<>();

    /** @param classifiers the crawler's own, in their order */
    S3Source(
            S3Target target,
            GroupingOptions grouping,
            ObjectStore store,
            List<CustomClassifier> classifiers,
            FolderMemory memory) {
        this.target = target;
        this.location = S3Location.parse(target.path());
        this.grouping = grouping;
        this.store = store;
        this.classifiers = List.copyOf(classifiers);
        this.memory = memory;
        this.touched = memory.touchedIn(location);
    }

    @Override
    public String path() {
        return target.path();
    }

    @Override
    public boolean idle() {
        return memory.mode() == CrawlMode.EVENTS && touched.isEmpty();
    }

    @Override
    public void completed() {
        memory.forget(target.path(), gone);
    }

    @Override
    public Findings find(CrawlScope scope) {
        SortedMap<String, KnownFolder> known = memory.known(target.path());
        LakeScan lakes = new LakeScan(store, location);
        TargetListing listing = list(scope, known, lakes);
        List<FoundTable> lakeTables = lakeTables(listing, scope, lakes);
        long listedFolders = listing.folders().size();
        NavigableMap<String, List<FileProfile>> profiles = reuse(listing, known, lakes, scope);
        long sampled = read(listing, known, profiles, scope);
        if (listing.folders().isEmpty() && lakes.isEmpty()) {
            scope.warn(target.path() + " holds no data: " + listing.listed() + " objects were listed, "
                    + (listing.listed() == 0 ? "check the path" : "all of them were left out"));
        }
        TablePlans plans = TablePlans.of(listing, profiles, grouping);
        plans.warnings().forEach(scope::warn);
        List<FoundTable> tables = new ArrayList<>(lakeTables);
        plans.tables().stream()
                .filter(plan -> concerned(S3Location.parse(plan.location())))
                .forEach(plan -> tables.add(found(plan, profiles)));
        ListedTarget listed = new ListedTarget(
                target.path(),
                listing.listed(),
                listing.skipped().values().stream()
                        .mapToLong(TargetListing.Skipped::count)
                        .sum(),
                memory.mode() == CrawlMode.EVENTS
                        ? listedFolders
                        : listing.folders().size(),
                listing.folders().stream().mapToLong(FolderObjects::bytes).sum(),
                sampled,
                listing.skipped(),
                plans.tables().size() + lakeTables.size());
        return new Findings(
                listed,
                tables,
                target.exclusions(),
                listing.fingerprint() + (lakes.isEmpty() ? "" : "-" + LakeScan.fingerprint(lakeTables)),
                address -> presence(listing, profiles, lakes, address));
    }

    /** Lists the whole target, or the folders that events named and those whose samples cannot be used any more. */
    private TargetListing list(CrawlScope scope, SortedMap<String, KnownFolder> known, LakeScan lakes) {
        TargetListing listing = new TargetListing(
                location,
                target.exclusions().stream().map(Glob::compile).toList(),
                target.sampleSize() == null ? Sampling.BOUNDED : Sampling.ofSize(target.sampleSize()));
        Consumer<List<StoredObject>> page = objects -> {
            listing.add(objects);
            lakes.add(listing, objects);
            scope.listed(objects.size());
        };
        if (memory.mode() == CrawlMode.EVENTS) {
            known.values().stream()
                    .filter(folder -> folder.samples() == null)
                    .forEach(folder -> touched.add(folder.folder()));
            for (String folder : touched) {
                S3Location place = new S3Location(location.bucket(), folder);
                scope.cancellation().await(scope.readers().submit(() -> {
                    store.listFolder(place, scope.cancellation(), page);
                    return place;
                }));
            }
        } else {
            store.listAtOnce(location, scope.cancellation(), scope.readers(), page);
        }
        return listing;
    }

    /** Tables of Iceberg, Delta and Hudi, taken out of the listing. */
    private List<FoundTable> lakeTables(TargetListing listing, CrawlScope scope, LakeScan lakes) {
        boolean whole = memory.mode() != CrawlMode.EVENTS;
        if (!whole) {
            lakes.probe(touched, listing, scope);
        }
        return lakes.tables(listing, scope, whole, root -> true);
    }

    /** Takes the samples of folders that need not be read again. */
    private NavigableMap<String, List<FileProfile>> reuse(
            TargetListing listing, SortedMap<String, KnownFolder> known, LakeScan lakes, CrawlScope scope) {
        NavigableMap<String, List<FileProfile>> profiles = new TreeMap<>();
        Map<String, FolderObjects> seen = new HashMap<>();
        listing.folders().forEach(folder -> seen.put(folder.folder(), folder));
        for (KnownFolder folder : known.values()) {
            FolderObjects now = seen.get(folder.folder());
            FolderSamples samples = folder.samples();
            boolean looked = memory.mode() != CrawlMode.EVENTS || touched.contains(folder.folder());
            if (looked && now == null) {
                gone.add(folder.folder());
            } else if (lakes.contains(new S3Location(location.bucket(), folder.folder()))) {
                gone.add(folder.folder()); // It has become a part of such a table since.
            } else if (samples != null && (!looked || usable(folder, now))) {
                if (samples.files() > 0 || now == null) {
                    listing.known(FolderObjects.known(
                            folder.folder(), folder.objects(), folder.bytes(), folder.fingerprint(), samples.files()));
                }
                if (samples.files() == 0) {
                    continue; // It was taken to be like its neighbours, and is again unless it is chosen now.
                }
                profiles.put(folder.folder(), samples.profiles());
                samples.profiles()
                        .forEach(file -> file.warnings()
                                .forEach(warning -> scope.warn(file.object().uri() + ": " + warning)));
                samples.unreadable().forEach(file -> scope.warn(file.uri() + " is left out: " + file.problem()));
            }
        }
        return profiles;
    }

    private boolean usable(KnownFolder folder, @Nullable FolderObjects now) {
        return memory.mode() == CrawlMode.NEW_FOLDERS && folder.crawled()
                || (now != null && now.fingerprint() == folder.fingerprint());
    }

    /** Reads all folders that have no samples yet, and keeps what was read. */
    private long read(
            TargetListing listing,
            SortedMap<String, KnownFolder> known,
            Map<String, List<FileProfile>> profiles,
            CrawlScope scope) {
        ReadFolders chosen = ReadFolders.of(listing);
        List<FolderObjects> toRead = listing.folders().stream()
                .filter(folder -> !profiles.containsKey(folder.folder()))
                .filter(chosen::contains)
                .toList();
        Map<String, FolderSamples> read =
                new SampleReader(new FileProfiler(store, classifiers), scope, grouping).read(toRead);
        List<KnownFolder> news = new ArrayList<>();
        listing.folders().stream()
                .filter(folder -> !profiles.containsKey(folder.folder()) && !chosen.contains(folder))
                .filter(folder -> !isKnown(folder, known.get(folder.folder())))
                .forEach(folder -> news.add(new KnownFolder(
                        folder.folder(),
                        folder.fingerprint(),
                        folder.count(),
                        folder.bytes(),
                        new FolderSamples(List.of(), List.of()),
                        false)));
        for (FolderObjects folder : toRead) {
            FolderSamples samples = Objects.requireNonNull(read.get(folder.folder()));
            if (!samples.profiles().isEmpty()) {
                profiles.put(folder.folder(), samples.profiles());
            }
            news.add(new KnownFolder(
                    folder.folder(), folder.fingerprint(), folder.count(), folder.bytes(), samples, false));
        }
        memory.keep(target.path(), news);
        return read.values().stream().mapToLong(FolderSamples::files).sum();
    }

    private static boolean isKnown(FolderObjects folder, @Nullable KnownFolder known) {
        return known != null && known.samples() != null && known.fingerprint() == folder.fingerprint();
    }

    /** Whether a table may have changed: in event mode only those that an event named. */
    private boolean concerned(S3Location table) {
        return memory.mode() != CrawlMode.EVENTS
                || touched.stream()
                        .anyMatch(folder ->
                                table.contains(folder) || table.prefix().startsWith(folder));
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
                        plan.confidence(),
                        plan.rejected().stream()
                                .map(rejected -> rejected.alternative() + ": " + rejected.reason())
                                .toList()));
    }

    private static List<FileProfile> samples(String address, NavigableMap<String, List<FileProfile>> profiles) {
        String prefix = S3Location.parse(address).prefix();
        String folder = prefix.substring(0, prefix.lastIndexOf('/') + 1);
        return profiles.tailMap(folder, true).entrySet().stream()
                .takeWhile(entry -> entry.getKey().startsWith(folder))
                .flatMap(entry -> entry.getValue().stream())
                .filter(file -> file.object().key().startsWith(prefix))
                .toList();
    }

    private Presence presence(
            TargetListing listing, NavigableMap<String, List<FileProfile>> profiles, LakeScan lakes, String address) {
        if (!address.startsWith("s3://") && !address.startsWith("s3a://") && !address.startsWith("s3n://")) {
            return Presence.UNKNOWN;
        }
        S3Location table = S3Location.parse(address);
        if (!location.bucket().equals(table.bucket()) || !location.contains(table.prefix()) || !concerned(table)) {
            return Presence.UNKNOWN;
        }
        boolean files = lakes.contains(table)
                || listing.folders().stream().anyMatch(folder -> table.contains(folder.folder()))
                || !samples(address, profiles).isEmpty();
        return files ? Presence.REGROUPED : Presence.GONE;
    }
}
