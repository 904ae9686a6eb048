package dev.mastic.crawler.find;

import dev.mastic.crawler.source.Cancellation;

import java.util.concurrent.ExecutorService;

/** What a crawl lends to a source. Only the readers and the cancellation may be used by other threads. */
public interface CrawlScope {
    /** Tells whether the crawl was asked to stop. */
    Cancellation cancellation();

    /** A few threads that wait for stores; shared by all crawls. */
    ExecutorService readers();

    /** Counts objects (files, database tables, topics) that were seen. */
    void listed(long objects);

    /** Tells how many more samples are going to be looked at, for the progress bar. */
    default void toSample(long samples) {}

    /** Counts and reports a sample that was looked at. */
    void sampled(Sampled sample);

    /** Tells a person of something that was left out or may surprise. */
    void warn(String warning);
}
