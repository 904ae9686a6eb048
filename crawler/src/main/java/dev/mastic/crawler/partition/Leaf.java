package dev.mastic.crawler.partition;

import dev.mastic.crawler.classify.ColumnProfile;
import dev.mastic.crawler.classify.Compression;
import dev.mastic.crawler.classify.FileFormat;
import dev.mastic.crawler.classify.FileProfile;
import dev.mastic.crawler.source.FolderObjects;

import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

    /** What a folder that was not read is taken to hold. */
    Leaf like(FolderObjects folder) {
        double recordsPerByte = (double) stats.records() / Math.max(1, stats.bytes());
        return new Leaf(
                folder.folder(),
                format,
                compression,
                columns,
                quoted,
                new Stats(folder.count(), folder.bytes(), Math.round(recordsPerByte * folder.bytes())),
                List.of());
    }

    /** The key of the only file. */
    String fileKey() {
        String name = samples.get(0);
        return prefix.endsWith("/") || prefix.isEmpty() ? prefix + name.substring(name.lastIndexOf('/') + 1) : prefix;
    }

    /** The same, read as files of another format with other columns. */
    Leaf as(FileFormat other, List<ColumnProfile> others) {
        return new Leaf(prefix, other, compression, others, quoted, stats, samples);
    }

    /** The same at another place. */
    Leaf at(String other) {
        return new Leaf(other, format, compression, columns, quoted, stats, samples);
    }

    /**
     * The columns of several schemas: each once, in the order in which they first appear. One that is given several
     * times, because folders share it, counts once.
     */
    static List<ColumnProfile> union(List<List<ColumnProfile>> schemas) {
        Map<String, ColumnProfile> columns = new LinkedHashMap<>();
        Set<List<ColumnProfile>> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (List<ColumnProfile> schema : schemas) {
            if (seen.add(schema)) {
                schema.forEach(column -> columns.merge(column.key(), column, ColumnProfile::with));
            }
        }
        return List.copyOf(columns.values());
    }
}
