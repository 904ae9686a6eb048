package dev.mastic.crawler.find;

import java.util.List;
import java.util.Map;

/**
 * A file that was read, or a part of another kind of target that was looked at.
 *
 * @param format what it was found to be; empty when it could not be read
 * @param records rows; an estimate unless {@code exact}
 * @param columns types by column
 * @param evidence what decided the format
 * @param problem why it could not be read; empty when it could
 */
public record Sampled(
        String uri,
        String format,
        String compression,
        long bytesRead,
        long records,
        boolean exact,
        Map<String, String> columns,
        List<String> evidence,
        List<String> warnings,
        String problem) {

    public Sampled {
        evidence = List.copyOf(evidence);
        warnings = List.copyOf(warnings);
    }

    /** A sample that could not be read. */
    public static Sampled unreadable(String uri, String problem) {
        return new Sampled(uri, "", "", 0, 0, false, Map.of(), List.of(), List.of(), problem);
    }
}
