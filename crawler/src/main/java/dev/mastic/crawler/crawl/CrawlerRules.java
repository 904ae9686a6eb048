package dev.mastic.crawler.crawl;

import dev.mastic.crawler.schedule.GlueCron;
import dev.mastic.crawler.schedule.Schedules;
import dev.mastic.crawler.source.Glob;
import dev.mastic.crawler.source.S3Location;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.CrawlerLineageSettings;
import software.amazon.awssdk.services.glue.model.CrawlerTargets;
import software.amazon.awssdk.services.glue.model.DeleteBehavior;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.RecrawlBehavior;
import software.amazon.awssdk.services.glue.model.S3Target;
import software.amazon.awssdk.services.glue.model.UpdateBehavior;

import java.util.List;

/** What a crawler's definition must hold to. What is not honoured is refused, so that nobody relies on it. */
final class CrawlerRules {
    private static final int LARGEST_SAMPLE = 249;

    private CrawlerRules() {}

    /** @throws InvalidInputException naming the member at fault and what to do */
    static void check(Crawler crawler) {
        require(
                crawler.databaseName() != null && !crawler.databaseName().isBlank(),
                "DatabaseName is missing; name the" + " database that gets the tables");
        targets(crawler.targets());
        CrawlerConfiguration.parse(crawler.configuration());
        if (crawler.schemaChangePolicy() != null) {
            require(
                    crawler.schemaChangePolicy().updateBehavior() != UpdateBehavior.UNKNOWN_TO_SDK_VERSION
                            && crawler.schemaChangePolicy().deleteBehavior() != DeleteBehavior.UNKNOWN_TO_SDK_VERSION,
                    "SchemaChangePolicy has an unknown behaviour: " + crawler.schemaChangePolicy());
        }
        recrawl(crawler);
        require(crawler.classifiers().isEmpty(), "Custom Classifiers are not supported yet; leave them out");
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
            require(
                    target.eventQueueArn() == null || behavior == RecrawlBehavior.CRAWL_EVENT_MODE,
                    "EventQueueArn of " + target.path() + " needs RecrawlBehavior CRAWL_EVENT_MODE");
        }
    }

    private static void targets(CrawlerTargets targets) {
        require(targets != null, "Targets are missing; give at least one of S3Targets");
        unsupported("JdbcTargets", targets.jdbcTargets());
        unsupported("MongoDBTargets", targets.mongoDBTargets());
        unsupported("DynamoDBTargets", targets.dynamoDBTargets());
        unsupported("CatalogTargets", targets.catalogTargets());
        unsupported("DeltaTargets", targets.deltaTargets());
        unsupported("IcebergTargets", targets.icebergTargets());
        unsupported("HudiTargets", targets.hudiTargets());
        require(!targets.s3Targets().isEmpty(), "Targets are empty; give at least one of S3Targets");
        targets.s3Targets().forEach(CrawlerRules::target);
    }

    private static void target(S3Target target) {
        require(target.path() != null, "An S3 target has no Path");
        S3Location.parse(target.path());
        target.exclusions().forEach(Glob::compile);
        Integer size = target.sampleSize();
        require(
                size == null || (size >= 1 && size <= LARGEST_SAMPLE),
                "SampleSize of " + target.path() + " is " + size + "; use 1 to " + LARGEST_SAMPLE);
        require(
                target.connectionName() == null,
                "ConnectionName of " + target.path() + " is not supported yet; leave it out");
        require(
                target.dlqEventQueueArn() == null,
                "DlqEventQueueArn of " + target.path() + " is not supported; give the queue itself a redrive policy");
    }

    private static void unsupported(String kind, List<?> targets) {
        require(targets.isEmpty(), kind + " are not supported yet; only S3Targets are");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw InvalidInputException.builder().message(message).build();
        }
    }
}
