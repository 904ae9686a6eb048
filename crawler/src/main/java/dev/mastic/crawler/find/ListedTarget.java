package dev.mastic.crawler.find;

import dev.mastic.crawler.source.SkipReason;
import dev.mastic.crawler.source.TargetListing.Skipped;

import java.util.Map;

/**
 * A target and what was seen there.
 *
 * @param objectsListed files, or whatever the target holds
 * @param folders folders that hold data directly
 * @param bytes of the objects that are data
 * @param skipped objects that are no data, by reason
 * @param tables tables found
 */
public record ListedTarget(
        String path,
        long objectsListed,
        long objectsSkipped,
        long folders,
        long bytes,
        long objectsSampled,
        Map<SkipReason, Skipped> skipped,
        int tables) {}
