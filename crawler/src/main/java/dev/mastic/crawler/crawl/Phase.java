package dev.mastic.crawler.crawl;

/** Where a crawl stands. */
public enum Phase {
    /** For a thread. */
    WAITING,
    LISTING,
    /** Samples of the files. */
    READING,
    /** Compares with the catalog. */
    PLANNING,
    WRITING,
    ENDED
}
