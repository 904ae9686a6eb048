package dev.mastic.crawler.crawl;

import dev.mastic.crawler.queue.EventQueues;
import dev.mastic.crawler.schedule.GlueCron;
import dev.mastic.crawler.schedule.Schedules;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.CrawlerLineageSettings;
import software.amazon.awssdk.services.glue.model.DeleteBehavior;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.RecrawlBehavior;
import software.amazon.awssdk.services.glue.model.S3Target;
import software.amazon.awssdk.services.glue.model.UpdateBehavior;

/** What a crawler's definition must hold to. What is not honoured is refused, so that nobody relies on it. */
final class CrawlerRules {
    private CrawlerRules() {}

    /** @throws InvalidInputException naming the member at fault and what to do */
    static void check(Crawler crawler) {
        TargetRules.check(crawler);
        require(
                !crawler.targets().catalogTargets().isEmpty()
                        || (crawler.databaseName() != null
                                && !crawler.databaseName().isBlank()),
                "DatabaseName is missing; name the database that gets the tables");
        CrawlerConfiguration.parse(crawler.configuration());
        if (crawler.schemaChangePolicy() != null) {
            require(
                    crawler.schemaChangePolicy().updateBehavior() != UpdateBehavior.UNKNOWN_TO_SDK_VERSION
                            && crawler.schemaChangePolicy().deleteBehavior() != DeleteBehavior.UNKNOWN_TO_SDK_VERSION,
                    "SchemaChangePolicy has an unknown behaviour: " + crawler.schemaChangePolicy());
        }
        recrawl(crawler);
        Schedules.expression(crawler).ifPresent(GlueCron::parse);
        require(
                crawler.lineageConfiguration() == null
                        || crawler.lineageConfiguration().crawlerLineageSettings() != CrawlerLineageSettings.ENABLE,
                "CrawlerLineageSettings ENABLE is not supported yet; use DISABLE");
        require(
                crawler.lakeFormationConfiguration() == null
                        || !Boolean.TRUE.equals(
                                crawler.lakeFormationConfiguration().useLakeFormationCredentials()),
                "UseLakeFormationCredentials is not supported; use false");
        require(
                crawler.crawlerSecurityConfiguration() == null
                        || crawler.crawlerSecurityConfiguration().isBlank(),
                "CrawlerSecurityConfiguration is not supported yet; leave it out");
    }

    private static void recrawl(Crawler crawler) {
        RecrawlBehavior behavior = CrawlSources.behavior(crawler);
        require(
                behavior != RecrawlBehavior.UNKNOWN_TO_SDK_VERSION,
                "RecrawlBehavior is unknown; use CRAWL_EVERYTHING, CRAWL_NEW_FOLDERS_ONLY or CRAWL_EVENT_MODE");
        require(
                behavior == RecrawlBehavior.CRAWL_EVERYTHING
                        || !crawler.targets().s3Targets().isEmpty(),
                "RecrawlBehavior " + behavior + " needs S3Targets; use CRAWL_EVERYTHING for other targets");
        for (S3Target target : crawler.targets().s3Targets()) {
            if (target.eventQueueArn() != null) {
                EventQueues.check(target.eventQueueArn());
            }
            require(
                    target.eventQueueArn() == null || behavior == RecrawlBehavior.CRAWL_EVENT_MODE,
                    "EventQueueArn of " + target.path() + " needs RecrawlBehavior CRAWL_EVENT_MODE");
        }
    }

    static void require(boolean holds, String message) {
        if (!holds) {
            throw InvalidInputException.builder().message(message).build();
        }
    }
}
