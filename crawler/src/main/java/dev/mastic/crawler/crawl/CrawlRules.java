package dev.mastic.crawler.crawl;

import dev.mastic.crawler.plan.PlanReport;
import dev.mastic.crawler.plan.PlanReports;
import dev.mastic.crawler.plan.PlanRules;
import dev.mastic.crawler.plan.PlanRules.Reach;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.DeleteBehavior;
import software.amazon.awssdk.services.glue.model.RecrawlBehavior;
import software.amazon.awssdk.services.glue.model.SchemaChangePolicy;
import software.amazon.awssdk.services.glue.model.UpdateBehavior;

import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;

/** What one crawl may do, from the crawler's definition. */
final class CrawlRules {
    private CrawlRules() {}

    static PlanRules of(Crawler crawler, UUID crawlId) {
        SchemaChangePolicy policy = crawler.schemaChangePolicy();
        boolean named = !crawler.targets().catalogTargets().isEmpty();
        return new PlanRules(
                crawler.name(),
                crawlId,
                database(crawler),
                crawler.tablePrefix() == null ? "" : crawler.tablePrefix(),
                CrawlerConfiguration.parse(crawler.configuration()).columns(),
                newFoldersOnly(crawler)
                        ? UpdateBehavior.LOG
                        : policy == null || policy.updateBehavior() == null
                                ? UpdateBehavior.UPDATE_IN_DATABASE
                                : policy.updateBehavior(),
                newFoldersOnly(crawler) || named
                        ? DeleteBehavior.LOG
                        : policy == null || policy.deleteBehavior() == null
                                ? DeleteBehavior.DEPRECATE_IN_DATABASE
                                : policy.deleteBehavior(),
                named ? Reach.NAMED_TABLES : Reach.OWN_TABLES);
    }

    /** The database whose tables are written. */
    static String database(Crawler crawler) {
        return crawler.targets().catalogTargets().isEmpty()
                ? crawler.databaseName()
                : crawler.targets().catalogTargets().get(0).databaseName();
    }

    /** Whether old tables are only looked at, as Glue has it. */
    private static boolean newFoldersOnly(Crawler crawler) {
        return CrawlSources.behavior(crawler) == RecrawlBehavior.CRAWL_NEW_FOLDERS_ONLY;
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

    /** @throws CrawlFailure when what would be written now is not what was planned */
    static void checkPlan(PlanReport planned, PlanReport now) {
        List<String> differences = PlanReports.differences(planned, now);
        if (!differences.isEmpty()) {
            throw new CrawlFailure("The plan cannot be applied any more: " + String.join("; ", differences)
                    + ". Nothing was written; make a new plan");
        }
    }
}
