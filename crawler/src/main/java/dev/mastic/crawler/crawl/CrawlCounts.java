package dev.mastic.crawler.crawl;

/** What a crawl did to the catalog. Not thread-safe. */
final class CrawlCounts {
    int tablesCreated;
    int tablesUpdated;
    int tablesDeleted;
    long partitionsCreated;
    long partitionsUpdated;
    long partitionsDeleted;
}
