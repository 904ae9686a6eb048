package dev.mastic.crawler.crawl;

import dev.mastic.crawler.classify.ColumnProfile;
import dev.mastic.crawler.classify.FileProfile;
import dev.mastic.crawler.classify.FileProfiler;
import dev.mastic.crawler.find.CrawlScope;
import dev.mastic.crawler.find.Sampled;
import dev.mastic.crawler.folder.FolderSamples;
import dev.mastic.crawler.source.FolderObjects;
import dev.mastic.crawler.source.StoredObject;
import dev.mastic.crawler.source.UnreadableFileException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;

/** Reads samples of folders, some files at a time. Used by one thread. */
final class SampleReader {
    private static final int FILES_IN_FLIGHT = 64;

    private final FileProfiler profiler;
    private final CrawlScope scope;
    private final Map<String, List<FileProfile>> profiles = new TreeMap<>();
    private final Map<String, List<Sampled>> unreadable = new TreeMap<>();

    SampleReader(FileProfiler profiler, CrawlScope scope) {
        this.profiler = profiler;
        this.scope = scope;
    }

    /** What is in the samples of some folders, by folder. */
    Map<String, FolderSamples> read(List<FolderObjects> folders) {
        List<StoredObject> samples =
                folders.stream().flatMap(folder -> folder.samples().stream()).toList();
        scope.toSample(samples.size());
        for (int start = 0; start < samples.size(); start += FILES_IN_FLIGHT) {
            Map<StoredObject, Future<FileProfile>> reading = new LinkedHashMap<>();
            for (StoredObject sample : samples.subList(start, Math.min(samples.size(), start + FILES_IN_FLIGHT))) {
                reading.put(sample, scope.readers().submit(() -> profiler.profile(sample)));
            }
            try {
                reading.forEach(this::take);
            } finally {
                reading.values().forEach(profile -> profile.cancel(true));
            }
        }
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
