package dev.mastic.crawler.crawl;

import dev.mastic.crawler.schedule.Schedules;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.LastCrawlInfo;

import java.time.Instant;

/**
 * A crawler with its runs.
 *
 * @param definition members that its owner gave
 * @param nextStart by its schedule; null when it has none or it is paused
 * @param active the crawl that goes on; null when there is none
 * @param last the last crawl that ended; null when there is none
 */
record CrawlerRecord(
        Crawler definition,
        long version,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant nextStart,
        @Nullable CrawlRecord active,
        @Nullable CrawlRecord last) {
    private static final String LOG_GROUP = "/mastic/crawlers";

    /** The crawler as the API shows it. */
    Crawler toGlue(Instant now) {
        Crawler.Builder crawler = definition.toBuilder()
                .schedule(Schedules.shown(definition, nextStart))
                .version(version)
                .creationTime(createdAt)
                .lastUpdated(updatedAt)
                .state((active == null ? CrawlState.COMPLETED : active.state()).crawler())
                .crawlElapsedTime(active == null ? 0L : active.elapsed(now).toMillis());
        if (last != null) {
            crawler.lastCrawl(LastCrawlInfo.builder()
                    .status(last.state().last())
                    .errorMessage(last.error())
                    .logGroup(LOG_GROUP)
                    .logStream(last.crawler())
                    .messagePrefix(last.id().toString())
                    .startTime(last.startedAt())
                    .build());
        }
        return crawler.build();
    }
}
