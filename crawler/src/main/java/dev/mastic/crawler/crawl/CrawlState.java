package dev.mastic.crawler.crawl;

import software.amazon.awssdk.services.glue.model.CrawlerHistoryState;
import software.amazon.awssdk.services.glue.model.CrawlerState;
import software.amazon.awssdk.services.glue.model.LastCrawlStatus;

/** Where a crawl stands. */
enum CrawlState {
    RUNNING(CrawlerState.RUNNING, CrawlerHistoryState.RUNNING, LastCrawlStatus.UNKNOWN_TO_SDK_VERSION),
    STOPPING(CrawlerState.STOPPING, CrawlerHistoryState.RUNNING, LastCrawlStatus.UNKNOWN_TO_SDK_VERSION),
    COMPLETED(CrawlerState.READY, CrawlerHistoryState.COMPLETED, LastCrawlStatus.SUCCEEDED),
    FAILED(CrawlerState.READY, CrawlerHistoryState.FAILED, LastCrawlStatus.FAILED),
    STOPPED(CrawlerState.READY, CrawlerHistoryState.STOPPED, LastCrawlStatus.CANCELLED);

    private final CrawlerState crawler;
    private final CrawlerHistoryState history;
    private final LastCrawlStatus last;

    CrawlState(CrawlerState crawler, CrawlerHistoryState history, LastCrawlStatus last) {
        this.crawler = crawler;
        this.history = history;
        this.last = last;
    }

    /** State of a crawler whose newest crawl stands here. */
    CrawlerState crawler() {
        return crawler;
    }

    /** The state in the list of crawls. */
    CrawlerHistoryState history() {
        return history;
    }

    /** How the last crawl ended; only of states that are an end. */
    LastCrawlStatus last() {
        return last;
    }

    /** Whether the crawl goes on. */
    boolean active() {
        return this == RUNNING || this == STOPPING;
    }
}
