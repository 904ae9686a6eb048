package dev.mastic.crawler.crawl;

/** How much of its targets a crawl looks at. */
enum CrawlMode {
    /** Lists all, and reads the folders whose objects changed. */
    EVERYTHING,
    /** Lists all, and reads the folders that no crawl has seen. */
    NEW_FOLDERS,
    /** Lists and reads the folders that events named. */
    EVENTS
}
