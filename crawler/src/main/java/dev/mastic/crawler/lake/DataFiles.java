package dev.mastic.crawler.lake;

import dev.mastic.crawler.classify.FileProfile;
import dev.mastic.crawler.classify.FileProfiler;
import dev.mastic.crawler.find.FoundPartition;
import dev.mastic.crawler.lake.LakeTable.Field;
import dev.mastic.crawler.partition.Stats;
import dev.mastic.crawler.source.FolderObjects;
import dev.mastic.crawler.source.StoredObject;
import dev.mastic.crawler.source.UnreadableFileException;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The data of one table as a listing saw it, with the footer of its newest file. */
final class DataFiles {
    private final String bucket;
    private final String root;
    private final List<FolderObjects> folders;
    private final Optional<FileProfile> newest;

    DataFiles(String bucket, String root, List<FolderObjects> folders, FileProfiler profiler) {
        this.bucket = bucket;
        this.root = root;
        this.folders = folders.stream()
                .filter(folder -> folder.samples().stream().anyMatch(DataFiles::data))
                .toList();
        this.newest = this.folders.stream()
                .flatMap(folder -> folder.samples().stream())
                .filter(DataFiles::data)
                .max(Comparator.comparing(StoredObject::lastModified).thenComparing(StoredObject::key))
                .flatMap(object -> profile(profiler, object));
    }

    private static boolean data(StoredObject object) {
        return object.key().endsWith(".parquet") || object.key().endsWith(".orc");
    }

    private static Optional<FileProfile> profile(FileProfiler profiler, StoredObject object) {
        try {
            return Optional.of(profiler.profile(object));
        } catch (UnreadableFileException e) {
            return Optional.empty(); // deleted by a writer meanwhile: the log says what there is, this was an estimate
        }
    }

    List<Field> columns() {
        return newest.map(file -> file.columns().stream()
                        .map(column -> new Field(column.name(), column.type()))
                        .toList())
                .orElse(List.of());
    }

    /** Files and bytes with those that the log has given up; rows by the newest file's share. */
    Stats stats() {
        return folders.stream().map(this::stats).reduce(Stats.NONE, Stats::plus);
    }

    private Stats stats(FolderObjects folder) {
        double density = newest.map(file ->
                        (double) file.records() / Math.max(1, file.object().size()))
                .orElse(0.0);
        return new Stats(folder.count(), folder.bytes(), Math.round(density * folder.bytes()));
    }

    /** Folders that lie as deep as there are keys. */
    List<FoundPartition> partitions(List<String> keys) {
        List<FoundPartition> partitions = new ArrayList<>();
        for (FolderObjects folder : folders) {
            String relative = folder.folder().substring(root.length());
            String[] parts = relative.isEmpty() ? new String[0] : relative.split("/");
            if (parts.length == keys.size() && !keys.isEmpty()) {
                List<String> values = new ArrayList<>();
                for (int i = 0; i < parts.length; i++) {
                    String prefix = keys.get(i).toLowerCase(Locale.ROOT) + "=";
                    boolean hive = parts[i].toLowerCase(Locale.ROOT).startsWith(prefix);
                    values.add(decoded(hive ? parts[i].substring(prefix.length()) : parts[i]));
                }
                partitions.add(new FoundPartition(values, "s3://" + bucket + "/" + folder.folder(), stats(folder)));
            }
        }
        return partitions;
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value; // a percent sign that escapes nothing stands for itself
        }
    }
}
