package dev.mastic.crawler.classify;

import dev.mastic.crawler.source.StoredObject;

import java.util.List;

/**
 * What is known of one file.
 *
 * @param columns in the order of the file
 * @param quoted whether values stand in quotes
 * @param records rows in the file: exact when {@code exact}, otherwise estimated from those that were read
 * @param bytesRead bytes fetched from the store
 * @param evidence what decided the format: dialect scores, the header's reasons
 * @param warnings what a reader of the file may stumble over
 */
public record FileProfile(
        StoredObject object,
        FileFormat format,
        Compression compression,
        List<ColumnProfile> columns,
        boolean quoted,
        long records,
        boolean exact,
        long bytesRead,
        List<String> evidence,
        List<String> warnings) {

    public FileProfile {
        columns = List.copyOf(columns);
        evidence = List.copyOf(evidence);
        warnings = List.copyOf(warnings);
    }

    /** The same profile with other reasons. */
    FileProfile withEvidence(List<String> reasons) {
        return new FileProfile(
                object, format, compression, columns, quoted, records, exact, bytesRead, reasons, warnings);
    }
}
