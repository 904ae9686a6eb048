package dev.mastic.crawler.crawl;

import dev.mastic.crawler.plan.PlanRules;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.DeleteBehavior;
import software.amazon.awssdk.services.glue.model.SchemaChangePolicy;
import software.amazon.awssdk.services.glue.model.UpdateBehavior;

import java.util.OptionalInt;
import java.util.UUID;

/** What one crawl may do, from the crawler's definition. */
final class CrawlRules {
    private CrawlRules() {}

    static PlanRules of(Crawler crawler, UUID crawlId) {
        SchemaChangePolicy policy = crawler.schemaChangePolicy();
        return new PlanRules(
                crawler.name(),
                crawlId,
                crawler.databaseName(),
                crawler.tablePrefix() == null ? "" : crawler.tablePrefix(),
                CrawlerConfiguration.parse(crawler.configuration()).columns(),
                policy == null || policy.updateBehavior() == null
                        ? UpdateBehavior.UPDATE_IN_DATABASE
                        : policy.updateBehavior(),
                policy == null || policy.deleteBehavior() == null
                        ? DeleteBehavior.DEPRECATE_IN_DATABASE
                        : policy.deleteBehavior());
    }

    /** @throws CrawlFailure when more tables were found than TableThreshold allows */
    static void checkThreshold(Crawler crawler, long tables) {
        OptionalInt threshold =
                CrawlerConfiguration.parse(crawler.configuration()).tableThreshold();
        if (threshold.isPresent() && tables > threshold.getAsInt()) {
            throw new CrawlFailure("The crawl found " + tables + " tables, TableThreshold allows "
                    + threshold.getAsInt() + "; nothing was written. Raise it, or set TableLevelConfiguration to say"
                    + " where tables are");
        }
    }
}
