package dev.mastic.crawler.partition;

import dev.mastic.crawler.classify.ColumnProfile;
import dev.mastic.crawler.classify.Compression;
import dev.mastic.crawler.classify.FileFormat;
import dev.mastic.crawler.classify.FileProfile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The data directly in one folder, as one schema: what becomes a table or a partition.
 *
 * @param prefix the folder, or the key of a file that is a table of its own
 * @param columns the columns of all its files, those of the first file first
 * @param quoted whether values in quotes were seen
 * @param samples addresses of the files that were read
 */
record Leaf(
        String prefix,
        FileFormat format,
        Compression compression,
        List<ColumnProfile> columns,
        boolean quoted,
        Stats stats,
        List<String> samples) {

    Leaf {
        columns = List.copyOf(columns);
        samples = List.copyOf(samples);
    }

    /**
     * Joins files that were found to belong together.
     *
     * @param objects all objects of data in the folder, read or not
     */
    static Leaf of(String prefix, List<FileProfile> files, long objects, long bytes) {
        List<FileProfile> ordered = files.stream()
                .sorted(Comparator.comparing((FileProfile file) -> file.object().key()))
                .toList();
        long sampledBytes = 0;
        long sampledRecords = 0;
        Map<Compression, Integer> packed = new LinkedHashMap<>();
        boolean quoted = false;
        for (FileProfile file : ordered) {
            sampledBytes += file.object().size();
            sampledRecords += file.records();
            packed.merge(file.compression(), 1, Integer::sum);
            quoted |= file.quoted();
        }
        Compression compression = packed.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
        long records = Math.round((double) sampledRecords / Math.max(1, sampledBytes) * bytes);
        return new Leaf(
                prefix,
                ordered.get(0).format(),
                compression,
                union(ordered.stream().map(FileProfile::columns).toList()),
                quoted,
                new Stats(objects, bytes, records),
                ordered.stream().map(file -> file.object().uri()).toList());
    }

    /** The columns of several schemas: each once, in the order in which they first appear. */
    static List<ColumnProfile> union(List<List<ColumnProfile>> schemas) {
        Map<String, ColumnProfile> columns = new LinkedHashMap<>();
        for (List<ColumnProfile> schema : schemas) {
            schema.forEach(column -> columns.merge(column.key(), column, ColumnProfile::with));
        }
        return new ArrayList<>(columns.values());
    }
}
