package dev.mastic.crawler.crawl;

import java.util.UUID;

/**
 * How far a crawl is.
 *
 * @param objectsListed objects seen in the targets so far
 * @param objectsSampled files read so far
 */
public record CrawlProgress(UUID crawlId, String crawler, long objectsListed, long objectsSampled) {}
