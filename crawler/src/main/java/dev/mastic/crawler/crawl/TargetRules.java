package dev.mastic.crawler.crawl;

import dev.mastic.crawler.jdbc.IncludePath;
import dev.mastic.crawler.source.Glob;
import dev.mastic.crawler.source.S3Location;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.CatalogTarget;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.CrawlerTargets;
import software.amazon.awssdk.services.glue.model.DeleteBehavior;
import software.amazon.awssdk.services.glue.model.DynamoDBTarget;
import software.amazon.awssdk.services.glue.model.JdbcMetadataEntry;
import software.amazon.awssdk.services.glue.model.JdbcTarget;
import software.amazon.awssdk.services.glue.model.S3Target;

import java.util.List;

import static dev.mastic.crawler.crawl.CrawlerRules.require;

/** What the targets of a crawler must hold to, kind by kind. */
final class TargetRules {
    private static final String KINDS =
            "S3Targets, JdbcTargets, DynamoDBTargets," + " DeltaTargets, IcebergTargets, HudiTargets or CatalogTargets";
    private static final int LARGEST_SAMPLE = 249;
    private static final double LOWEST_RATE = 0.1;
    private static final double HIGHEST_RATE = 1.5;

    private TargetRules() {}

    static void check(Crawler crawler) {
        CrawlerTargets targets = crawler.targets();
        require(targets != null, "Targets are missing; give at least one of " + KINDS);
        unsupported("MongoDBTargets", targets.mongoDBTargets());
        boolean stores = !targets.s3Targets().isEmpty()
                || !targets.jdbcTargets().isEmpty()
                || !targets.dynamoDBTargets().isEmpty()
                || LakeTargetRules.any(targets);
        require(stores || !targets.catalogTargets().isEmpty(), "Targets are empty; give at least one of " + KINDS);
        targets.s3Targets().forEach(TargetRules::s3);
        targets.jdbcTargets().forEach(TargetRules::jdbc);
        targets.dynamoDBTargets().forEach(TargetRules::dynamoDb);
        LakeTargetRules.check(targets);
        if (!targets.catalogTargets().isEmpty()) {
            require(!stores, "CatalogTargets cannot be mixed with other kinds of targets; make a crawler for each");
            catalog(crawler, targets.catalogTargets());
        }
    }

    private static void s3(S3Target target) {
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

    private static void jdbc(JdbcTarget target) {
        require(!blank(target.path()), "A JDBC target has no Path; write database/schema/table, with % for all");
        IncludePath.parse(target.path());
        require(
                !blank(target.connectionName()),
                "JDBC target " + target.path() + " has no ConnectionName; name the connection to its database");
        target.exclusions().forEach(Glob::compile);
        require(
                !target.enableAdditionalMetadata().contains(JdbcMetadataEntry.UNKNOWN_TO_SDK_VERSION),
                "EnableAdditionalMetadata of " + target.path() + " is " + target.enableAdditionalMetadataAsStrings()
                        + "; use COMMENTS and RAWTYPES");
    }

    private static void dynamoDb(DynamoDBTarget target) {
        require(!blank(target.path()), "A DynamoDB target has no Path; give the name of the table");
        require(
                target.path().matches("[A-Za-z0-9_.-]{3,255}"),
                "Path '" + target.path() + "' is no name of a DynamoDB table; give the name alone, without its ARN");
        Double rate = target.scanRate();
        require(
                rate == null || (rate >= LOWEST_RATE && rate <= HIGHEST_RATE),
                "scanRate of " + target.path() + " is " + rate + "; use " + LOWEST_RATE + " to " + HIGHEST_RATE);
    }

    private static void catalog(Crawler crawler, List<CatalogTarget> targets) {
        for (CatalogTarget target : targets) {
            require(!blank(target.databaseName()), "A catalog target has no DatabaseName");
            require(
                    !target.tables().isEmpty() && target.tables().stream().noneMatch(TargetRules::blank),
                    "The catalog target of database " + target.databaseName() + " names no Tables");
            require(
                    target.eventQueueArn() == null && target.dlqEventQueueArn() == null,
                    "EventQueueArn of database " + target.databaseName() + " is not supported yet; leave it out");
            require(
                    target.connectionName() == null,
                    "ConnectionName of database " + target.databaseName() + " is not supported yet; leave it out");
        }
        require(
                targets.stream().map(CatalogTarget::databaseName).distinct().count() == 1,
                "CatalogTargets of one crawler must name one DatabaseName; make a crawler for each");
        DeleteBehavior behaviour = crawler.schemaChangePolicy() == null
                ? null
                : crawler.schemaChangePolicy().deleteBehavior();
        require(
                behaviour == null || behaviour == DeleteBehavior.LOG,
                "DeleteBehavior is " + behaviour + "; with CatalogTargets it must be LOG, nothing is ever deleted");
        require(
                crawler.tablePrefix() == null || crawler.tablePrefix().isEmpty(),
                "TablePrefix is '" + crawler.tablePrefix() + "'; CatalogTargets make no tables, leave it out");
    }

    private static void unsupported(String kind, List<?> targets) {
        require(targets.isEmpty(), kind + " are not supported; use " + KINDS);
    }

    private static boolean blank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
