package dev.mastic.crawler.find;

/**
 * One target of a crawler, ready to be looked through. Another kind of target is another class. Used by one thread, once
 * for each crawl.
 */
public interface CrawlSource {
    /** The target as its owner wrote it: {@code s3://bucket/prefix/}, {@code database/schema/%}. */
    String path();

    /**
     * Looks through the target. The same target gives the same findings, whatever the order or timing of answers.
     *
     * @param scope to be told of progress, files and warnings; its cancellation must be looked at often
     * @throws dev.mastic.crawler.source.SourceException naming the target, when it is missing, refused or out of reach
     * @throws dev.mastic.crawler.source.CancelledException when the crawl was asked to stop
     */
    Findings find(CrawlScope scope);

    /** Whether the source knows without looking that nothing changed; it is then not looked through. */
    default boolean idle() {
        return false;
    }

    /** Told when all that the crawl found is in the catalog. */
    default void completed() {}
}
