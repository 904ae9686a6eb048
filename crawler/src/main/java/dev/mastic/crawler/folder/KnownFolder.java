package dev.mastic.crawler.folder;

import org.jspecify.annotations.Nullable;

/**
 * A folder as an earlier run saw it.
 *
 * @param folder its prefix in the bucket
 * @param fingerprint of its objects' keys, sizes and etags
 * @param samples null when they were kept in a form that is no longer understood, or were not asked for
 * @param crawled whether a crawl that ended well has seen it
 */
public record KnownFolder(
        String folder,
        long fingerprint,
        long objects,
        long bytes,
        @Nullable FolderSamples samples,
        boolean crawled) {}
