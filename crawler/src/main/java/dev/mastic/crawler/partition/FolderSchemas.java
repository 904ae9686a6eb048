package dev.mastic.crawler.partition;

import dev.mastic.crawler.classify.ColumnProfile;
import dev.mastic.crawler.classify.FileFormat;
import dev.mastic.crawler.classify.FileProfile;
import dev.mastic.crawler.partition.Similarity.Measure;
import dev.mastic.crawler.source.FolderObjects;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The files of one folder as one schema, or as several when they are different tables side by side. */
final class FolderSchemas {
    private static final double MAJORITY = 0.7;

    /** More files than these without a common schema are a heap, not tables. */
    private static final int MOST_TABLES_IN_A_FOLDER = 128;

    private FolderSchemas() {}

    /**
     * Joins the files of a folder.
     *
     * @param files those of the folder's samples that could be read
     * @param warnings told of files that are left out
     * @return nothing when no file could be read
     */
    static List<Leaf> of(
            FolderObjects folder, List<FileProfile> files, GroupingOptions options, Consumer<String> warnings) {
        if (files.isEmpty()) {
            return List.of();
        }
        List<List<FileProfile>> clusters = clusters(files, options);
        List<FileProfile> largest = clusters.get(0);
        boolean majority = largest.size() > MAJORITY * files.size();
        boolean sideBySide = !majority && folder.isWhole() && files.size() <= MOST_TABLES_IN_A_FOLDER;
        if (sideBySide) {
            return files.stream()
                    .map(file -> Leaf.of(
                            file.object().key(), List.of(file), 1, file.object().size()))
                    .toList();
        }
        long count = folder.count();
        long bytes = folder.bytes();
        for (List<FileProfile> cluster : clusters.subList(1, clusters.size())) {
            for (FileProfile file : cluster) {
                count--;
                bytes -= file.object().size();
                warnings.accept(file.object().uri() + " is left out: it is " + file.format() + " with columns "
                        + names(file.columns()) + ", the other files of its folder are "
                        + largest.get(0).format() + " with columns "
                        + names(largest.get(0).columns()) + "; put it into a folder of its own");
            }
        }
        return List.of(Leaf.of(folder.folder(), largest, count, bytes));
    }

    /** Whether most of the files are alike. */
    static boolean isOne(List<FileProfile> files, GroupingOptions options) {
        return files.isEmpty() || clusters(files, options).get(0).size() > MAJORITY * files.size();
    }

    /** Files that can stand in one table, the largest cluster first. */
    private static List<List<FileProfile>> clusters(List<FileProfile> files, GroupingOptions options) {
        Map<FileFormat, List<List<FileProfile>>> byFormat = new LinkedHashMap<>();
        for (FileProfile file : files) {
            List<List<FileProfile>> clusters = byFormat.computeIfAbsent(file.format(), any -> new ArrayList<>());
            clusters.stream()
                    .filter(cluster -> together(cluster.get(0), file, options))
                    .findFirst()
                    .ifPresentOrElse(cluster -> cluster.add(file), () -> clusters.add(new ArrayList<>(List.of(file))));
        }
        return byFormat.values().stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparingInt((List<FileProfile> cluster) -> cluster.size())
                        .reversed())
                .toList();
    }

    private static boolean together(FileProfile a, FileProfile b, GroupingOptions options) {
        return options.combineCompatible()
                ? Similarity.readableTogether(a.format(), a.columns(), b.columns())
                : Similarity.similar(a.format(), a.columns(), b.columns(), Measure.SHORTER);
    }

    static String names(List<ColumnProfile> columns) {
        return columns.stream().map(ColumnProfile::name).limit(12).collect(Collectors.joining(", "))
                + (columns.size() > 12 ? ", ..." : "");
    }
}
