package dev.mastic.crawler.crawl;

/** What a run of a crawler is for. */
enum RunKind {
    /** Writes what it found into the catalog. */
    CRAWL,
    /** Tells what it would write. */
    PLAN
}
