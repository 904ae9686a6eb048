package dev.mastic.crawler.crawl;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * A run as the history has it, without its report.
 *
 * @param applies the plan that it was asked to write; null when there is none
 */
record CrawlRecord(
        UUID id,
        String crawler,
        RunKind kind,
        @Nullable UUID applies,
        CrawlMode mode,
        CrawlState state,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String error,
        CrawlProgress progress,
        int tablesCreated,
        int tablesUpdated,
        int tablesDeleted,
        long partitionsCreated,
        long partitionsUpdated,
        long partitionsDeleted) {

    Duration elapsed(Instant now) {
        return Duration.between(startedAt, endedAt == null ? now : endedAt);
    }

    /** What changed in the catalog, as JSON, in the form of Glue's history. */
    String summary() {
        return "{\"TABLE\":" + counts(tablesCreated, tablesUpdated, tablesDeleted) + ",\"PARTITION\":"
                + counts(partitionsCreated, partitionsUpdated, partitionsDeleted) + "}";
    }

    private static String counts(long added, long updated, long deleted) {
        return "{\"ADD\":{\"Count\":" + added + "},\"UPDATE\":{\"Count\":" + updated + "},\"DELETE\":{\"Count\":"
                + deleted + "}}";
    }
}
