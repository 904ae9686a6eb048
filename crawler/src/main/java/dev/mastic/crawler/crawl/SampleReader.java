package dev.mastic.crawler.crawl;

import dev.mastic.crawler.classify.ColumnProfile;
import dev.mastic.crawler.classify.FileProfile;
import dev.mastic.crawler.classify.FileProfiler;
import dev.mastic.crawler.find.CrawlScope;
import dev.mastic.crawler.find.Sampled;
import dev.mastic.crawler.folder.FolderSamples;
import dev.mastic.crawler.partition.GroupingOptions;
import dev.mastic.crawler.partition.ReadFolders;
import dev.mastic.crawler.source.FolderObjects;
import dev.mastic.crawler.source.StoredObject;
import dev.mastic.crawler.source.UnreadableFileException;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;

/** Reads samples of folders, some files at a time. Used by one thread. */
final class SampleReader {
    /** Enough to keep all readers busy; a file in flight takes a few megabytes while it is classified. */
    private static final int FILES_IN_FLIGHT = 16;

    private final FileProfiler profiler;
    private final CrawlScope scope;
    private final GroupingOptions grouping;
    private final Map<String, List<FileProfile>> profiles = new TreeMap<>();
    private final Map<String, List<Sampled>> unreadable = new TreeMap<>();

    SampleReader(FileProfiler profiler, CrawlScope scope, GroupingOptions grouping) {
        this.profiler = profiler;
        this.scope = scope;
        this.grouping = grouping;
    }

    /** What is in the samples of some folders, by folder; in all files of those that hold several tables. */
    Map<String, FolderSamples> read(List<FolderObjects> folders) {
        take(folders.stream().flatMap(folder -> folder.samples().stream()).toList());
        take(folders.stream()
                .flatMap(folder ->
                        ReadFolders.more(folder, profiles.getOrDefault(folder.folder(), List.of()), grouping).stream())
                .toList());
        Map<String, FolderSamples> all = new TreeMap<>();
        for (FolderObjects folder : folders) {
            all.put(
                    folder.folder(),
                    new FolderSamples(
                            profiles.getOrDefault(folder.folder(), List.of()),
                            unreadable.getOrDefault(folder.folder(), List.of())));
        }
        return all;
    }

    /** Reads files, and takes them in their order. */
    private void take(List<StoredObject> files) {
        scope.toSample(files.size());
        Deque<Reading> inFlight = new ArrayDeque<>();
        try {
            for (StoredObject file : files) {
                if (inFlight.size() == FILES_IN_FLIGHT) {
                    Reading first = inFlight.remove();
                    take(first.file(), first.profile());
                }
                inFlight.add(new Reading(file, scope.readers().submit(() -> profiler.profile(file))));
            }
            while (!inFlight.isEmpty()) {
                Reading first = inFlight.remove();
                take(first.file(), first.profile());
            }
        } finally {
            inFlight.forEach(reading -> reading.profile().cancel(true));
        }
    }

    private record Reading(StoredObject file, Future<FileProfile> profile) {}

    private void take(StoredObject sample, Future<FileProfile> reading) {
        try {
            FileProfile profile = scope.cancellation().await(reading);
            scope.sampled(sampled(profile));
            profiles.computeIfAbsent(sample.folder(), any -> new ArrayList<>()).add(profile);
        } catch (UnreadableFileException e) {
            Sampled problem = Sampled.unreadable(sample.uri(), String.valueOf(e.getMessage()));
            scope.sampled(problem);
            unreadable
                    .computeIfAbsent(sample.folder(), any -> new ArrayList<>())
                    .add(problem);
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
}
