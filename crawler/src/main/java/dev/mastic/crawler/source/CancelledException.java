package dev.mastic.crawler.source;

/** The crawl was told to stop. */
public final class CancelledException extends RuntimeException {
    public CancelledException() {
        super("The crawl was stopped");
    }
}
