package dev.mastic.crawler.crawl;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** A crawl as the history has it, without its report. */
record CrawlRecord(
        UUID id,
        String crawler,
        CrawlState state,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String error,
        long objectsListed,
        long objectsSampled,
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
