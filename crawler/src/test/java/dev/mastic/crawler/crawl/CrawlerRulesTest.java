package dev.mastic.crawler.crawl;

import dev.mastic.crawler.plan.ColumnUpdates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.DeleteBehavior;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

import java.util.function.UnaryOperator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CrawlerRulesTest {
    @Test
    void acceptsWhatIsHonoured() {
        assertThatCode(() -> check(crawler -> crawler)).doesNotThrowAnyException();
    }

    @Test
    void refusesWhatIsNotAndNamesIt() {
        refused("MongoDBTargets", crawler -> crawler.targets(t -> t.mongoDBTargets(m -> m.path("db/c"))));
        refused("ConnectionName", crawler -> crawler.targets(t -> t.jdbcTargets(j -> j.path("db/%"))));
        refused(
                "database/schema/table",
                crawler -> crawler.targets(t -> t.jdbcTargets(j -> j.path("%/t").connectionName("c"))));
        refused(
                "EnableAdditionalMetadata",
                crawler -> crawler.targets(t -> t.jdbcTargets(
                        j -> j.path("db/%").connectionName("c").enableAdditionalMetadataWithStrings("EVERYTHING"))));
        refused("no name of a DynamoDB table", crawler -> crawler.targets(t -> t.dynamoDBTargets(d -> d.path("t"))));
        refused(
                "scanRate",
                crawler -> crawler.targets(
                        t -> t.dynamoDBTargets(d -> d.path("orders").scanRate(1.6))));
        refused(
                "cannot be mixed",
                crawler -> crawler.targets(t -> t.s3Targets(s -> s.path("s3://abc/"))
                        .catalogTargets(c -> c.databaseName("db").tables("t"))));
        refused(
                "must be LOG",
                crawler -> crawler.targets(
                                t -> t.catalogTargets(c -> c.databaseName("db").tables("t")))
                        .schemaChangePolicy(p -> p.deleteBehavior(DeleteBehavior.DELETE_FROM_DATABASE)));
        refused("Targets are empty", crawler -> crawler.targets(t -> {}));
        refused("not a path in S3", crawler -> crawler.targets(t -> t.s3Targets(s -> s.path("x://y"))));
        refused(
                "SampleSize",
                crawler ->
                        crawler.targets(t -> t.s3Targets(s -> s.path("s3://abc").sampleSize(250))));
        refused(
                "Exclusion",
                crawler ->
                        crawler.targets(t -> t.s3Targets(s -> s.path("s3://abc").exclusions("[x"))));
        refused(
                "EventQueueArn",
                crawler ->
                        crawler.targets(t -> t.s3Targets(s -> s.path("s3://abc").eventQueueArn("q"))));
        refused("six are needed", crawler -> crawler.schedule(s -> s.scheduleExpression("cron(0 * * * ?)")));
        refused("RecrawlBehavior", crawler -> crawler.recrawlPolicy(r -> r.recrawlBehavior("SOMETIMES")));
        refused("DatabaseName", crawler -> crawler.databaseName(null));
    }

    @Test
    void readsTheConfiguration() {
        CrawlerConfiguration configuration = CrawlerConfiguration.parse("""
                {"Version":1.0,
                 "CrawlerOutput":{"Tables":{"AddOrUpdateBehavior":"MergeNewColumns","TableThreshold":5},
                                  "Partitions":{"AddOrUpdateBehavior":"InheritFromTable"}},
                 "Grouping":{"TableGroupingPolicy":"CombineCompatibleSchemas","TableLevelConfiguration":3},
                 "CreatePartitionIndex":true}""");

        assertThat(configuration.columns()).isEqualTo(ColumnUpdates.MERGE_NEW);
        assertThat(configuration.tableThreshold()).hasValue(5);
        assertThat(configuration.grouping().combineCompatible()).isTrue();
        assertThat(configuration.grouping().tableLevel()).hasValue(3);
        assertThat(CrawlerConfiguration.parse(null).grouping().combineCompatible())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not json|not a JSON object",
                "{\"Version\":2.0}|Version",
                "{\"Gruping\":{}}|Gruping",
                "{\"Grouping\":{\"TableLevelConfiguration\":0}}|TableLevelConfiguration",
                "{\"Grouping\":{\"TableGroupingPolicy\":\"Other\"}}|CombineCompatibleSchemas",
                "{\"CrawlerOutput\":{\"Tables\":5}}|Tables",
            })
    void refusesConfigurationsAndNamesTheMember(String json, String named) {
        assertThatThrownBy(() -> CrawlerConfiguration.parse(json))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(named);
    }

    private static void refused(String named, UnaryOperator<Crawler.Builder> change) {
        assertThatThrownBy(() -> check(change))
                .as(named)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(named);
    }

    private static void check(UnaryOperator<Crawler.Builder> change) {
        Crawler.Builder crawler = Crawler.builder()
                .name("c")
                .role("r")
                .databaseName("db")
                .targets(t -> t.s3Targets(
                        s -> s.path("s3://abc/x/").exclusions("**.tmp").sampleSize(249)));
        CrawlerRules.check(change.apply(crawler).build());
    }
}
