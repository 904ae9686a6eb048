package dev.mastic.crawler.crawl;

import java.util.UUID;

/**
 * How far a crawl is.
 *
 * @param objectsListed objects seen in the targets so far
 * @param samplesFound files that are to be read, as far as known
 * @param objectsSampled files read so far
 * @param tablesFound tables found, as far as known
 * @param tablesWritten tables whose changes are in the catalog
 */
public record CrawlProgress(
        UUID crawlId,
        String crawler,
        Phase phase,
        long objectsListed,
        long samplesFound,
        long objectsSampled,
        int tablesFound,
        int tablesWritten) {}
