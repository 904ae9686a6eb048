package dev.mastic.crawler.classify.unpack;

import dev.mastic.crawler.classify.Compression;

import java.util.List;

/**
 * The first bytes of a file's content.
 *
 * @param whole whether they are all of it
 * @param packedBytes bytes of the file that they take
 */
public record Unpacked(byte[] bytes, Compression compression, boolean whole, long packedBytes, List<String> warnings) {
    public Unpacked {
        warnings = List.copyOf(warnings);
    }

    /**
     * Which part of the file these bytes are, 0 to 1.
     *
     * @param size of the file
     */
    public double fraction(long size) {
        return whole ? 1 : Math.min(1, (double) packedBytes / Math.max(1, size));
    }
}
