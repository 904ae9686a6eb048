package dev.mastic.crawler.crawl;

import dev.mastic.crawler.find.CrawlSource;
import dev.mastic.crawler.partition.GroupingOptions;
import dev.mastic.crawler.source.ObjectStore;
import software.amazon.awssdk.services.glue.model.Crawler;

import java.util.ArrayList;
import java.util.List;

/** Makes the sources of a crawler's targets: one line for each kind. Thread-safe. */
final class CrawlSources {
    private final ObjectStore store;

    CrawlSources(ObjectStore store) {
        this.store = store;
    }

    /** The sources in the order of the targets. */
    List<CrawlSource> of(Crawler crawler) {
        GroupingOptions grouping =
                CrawlerConfiguration.parse(crawler.configuration()).grouping();
        List<CrawlSource> sources = new ArrayList<>();
        crawler.targets().s3Targets().forEach(target -> sources.add(new S3Source(target, grouping, store)));
        return sources;
    }
}
