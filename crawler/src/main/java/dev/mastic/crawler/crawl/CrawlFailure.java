package dev.mastic.crawler.crawl;

/** A crawl that cannot go on; the message becomes the crawl's error. */
final class CrawlFailure extends RuntimeException {
    CrawlFailure(String message) {
        super(message);
    }
}
