package dev.mastic.crawler.crawl;

import dev.mastic.crawler.classify.FileProfile;
import dev.mastic.crawler.classify.FileProfiler;
import dev.mastic.crawler.partition.GroupingOptions;
import dev.mastic.crawler.partition.TablePlan;
import dev.mastic.crawler.partition.TablePlans;
import dev.mastic.crawler.source.Cancellation;
import dev.mastic.crawler.source.FolderObjects;
import dev.mastic.crawler.source.Glob;
import dev.mastic.crawler.source.ObjectStore;
import dev.mastic.crawler.source.S3Location;
import dev.mastic.crawler.source.StoredObject;
import dev.mastic.crawler.source.TargetListing;
import dev.mastic.crawler.source.UnreadableFileException;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.S3Target;
import software.amazon.awssdk.services.glue.model.Table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One run of a crawler: lists the targets, reads samples, finds tables, and only then writes into the catalog, so that a
 * target that fails leaves the catalog as it was. Run by one thread; others may cancel it and look at its progress.
 */
final class Crawl {
    /** Files read of each folder when the target names no SampleSize. */
    private static final int DEFAULT_SAMPLE = 32;

    private static final int FILES_IN_FLIGHT = 64;

    private final UUID id;
    private final Crawler crawler;
    private final ObjectStore store;
    private final ExecutorService readers;
    private final GlueClient catalog;
    private final Cancellation cancellation = new Cancellation();
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicLong listed = new AtomicLong();
    private final AtomicLong sampled = new AtomicLong();
    private final CrawlCounts counts = new CrawlCounts();
    private final ReportBuilder report;

    /** @param readers threads that wait for S3 */
    Crawl(UUID id, Crawler crawler, ObjectStore store, ExecutorService readers, GlueClient catalog) {
        this.id = id;
        this.crawler = crawler;
        this.store = store;
        this.readers = readers;
        this.catalog = catalog;
        this.report = new ReportBuilder(crawler.databaseName());
    }

    Cancellation cancellation() {
        return cancellation;
    }

    CrawlProgress progress() {
        return new CrawlProgress(id, crawler.name(), listed.get(), sampled.get());
    }

    CrawlCounts counts() {
        return counts;
    }

    ReportBuilder report() {
        return report;
    }

    /** Claims the crawl for the thread that runs or ends it; false when another has it. */
    boolean begin() {
        return begun.compareAndSet(false, true);
    }

    private record Found(S3Target target, TargetListing listing, TablePlans plans) {}

    /**
     * Crawls.
     *
     * @throws dev.mastic.crawler.source.CancelledException when it was cancelled
     * @throws RuntimeException with a message for the crawl's history when it failed
     */
    void run() {
        CrawlerConfiguration configuration = CrawlerConfiguration.parse(crawler.configuration());
        List<Found> all = new ArrayList<>();
        for (S3Target target : crawler.targets().s3Targets()) {
            all.add(find(target, configuration.grouping()));
        }
        long tables =
                all.stream().mapToLong(found -> found.plans().tables().size()).sum();
        if (configuration.tableThreshold().isPresent()
                && tables > configuration.tableThreshold().getAsInt()) {
            throw new CrawlFailure("The crawl found " + tables + " tables, TableThreshold allows "
                    + configuration.tableThreshold().getAsInt() + "; nothing was written. Raise it, or set"
                    + " TableLevelConfiguration to say where tables are");
        }
        apply(all);
    }

    private Found find(S3Target target, GroupingOptions grouping) {
        S3Location location = S3Location.parse(target.path());
        TargetListing listing = new TargetListing(
                location,
                target.exclusions().stream().map(Glob::compile).toList(),
                target.sampleSize() == null ? DEFAULT_SAMPLE : target.sampleSize());
        cancellation.await(readers.submit(() -> {
            store.list(location, cancellation, page -> {
                listing.add(page);
                listed.addAndGet(page.size());
            });
            return listing;
        }));
        if (listing.folders().isEmpty()) {
            report.warn(target.path() + " holds no data: " + listing.listed() + " objects were listed, "
                    + (listing.listed() == 0 ? "check the path" : "all of them were left out"));
        }
        long before = sampled.get();
        Map<String, List<FileProfile>> profiles = read(listing);
        TablePlans plans = TablePlans.of(listing, profiles, grouping);
        plans.warnings().forEach(report::warn);
        report.add(new CrawlReport.Target(
                target.path(),
                listing.listed(),
                listing.skipped().values().stream()
                        .mapToLong(TargetListing.Skipped::count)
                        .sum(),
                listing.folders().size(),
                listing.folders().stream().mapToLong(FolderObjects::bytes).sum(),
                sampled.get() - before,
                listing.skipped(),
                plans.tables().size()));
        return new Found(target, listing, plans);
    }

    /** Reads the samples of all folders, some at a time. */
    private Map<String, List<FileProfile>> read(TargetListing listing) {
        FileProfiler profiler = new FileProfiler(store);
        List<StoredObject> samples = listing.folders().stream()
                .flatMap(folder -> folder.samples().stream())
                .toList();
        Map<String, List<FileProfile>> profiles = new LinkedHashMap<>();
        for (int start = 0; start < samples.size(); start += FILES_IN_FLIGHT) {
            Map<StoredObject, Future<FileProfile>> reading = new LinkedHashMap<>();
            for (StoredObject sample : samples.subList(start, Math.min(samples.size(), start + FILES_IN_FLIGHT))) {
                reading.put(sample, readers.submit(() -> profiler.profile(sample)));
            }
            try {
                reading.forEach((sample, profile) -> read(sample, profile, profiles));
            } finally {
                reading.values().forEach(profile -> profile.cancel(true));
            }
        }
        return profiles;
    }

    private void read(StoredObject sample, Future<FileProfile> reading, Map<String, List<FileProfile>> profiles) {
        try {
            FileProfile profile = cancellation.await(reading);
            report.read(profile);
            profiles.computeIfAbsent(sample.folder(), any -> new ArrayList<>()).add(profile);
        } catch (UnreadableFileException e) {
            report.unreadable(sample, String.valueOf(e.getMessage()));
        }
        sampled.incrementAndGet();
    }

    private void apply(List<Found> all) {
        CatalogWriter writer = new CatalogWriter(catalog, crawler, id, cancellation, counts, report);
        writer.open();
        Set<String> locations = new HashSet<>();
        for (Found found : all) {
            for (TablePlan plan : found.plans().tables()) {
                if (locations.add(plan.location())) {
                    writer.write(plan, found.target().exclusions());
                } else {
                    report.warn(plan.location() + " is in two targets and was written once");
                }
            }
        }
        writer.writeGone(gone(writer.notFound(), all));
    }

    /** Tables that lie in a target and have no file of data there. */
    private List<Table> gone(List<Table> notFound, List<Found> all) {
        List<Table> gone = new ArrayList<>();
        for (Table table : notFound) {
            S3Location location = S3Location.parse(CatalogWriter.location(table));
            for (Found found : all) {
                S3Location target = found.listing().location();
                if (target.bucket().equals(location.bucket()) && target.contains(location.prefix())) {
                    boolean files = found.listing().folders().stream()
                            .flatMap(folder -> folder.samples().stream())
                            .anyMatch(object -> location.contains(object.key()));
                    if (files) {
                        report.warn("Table " + crawler.databaseName() + "." + table.name()
                                + " was not found again, though there are files in " + location.uri()
                                + "; it is left as it is");
                    } else {
                        gone.add(table);
                    }
                    break;
                }
            }
        }
        return gone;
    }
}
