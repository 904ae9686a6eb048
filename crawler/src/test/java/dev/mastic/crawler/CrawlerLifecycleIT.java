package dev.mastic.crawler;

import dev.mastic.wire.GlueDispatcher;
import dev.mastic.wire.rest.RestException;
import dev.mastic.wire.rest.RestRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.CrawlerHistory;
import software.amazon.awssdk.services.glue.model.CrawlerHistoryState;
import software.amazon.awssdk.services.glue.model.CrawlerMetrics;
import software.amazon.awssdk.services.glue.model.CrawlerNotRunningException;
import software.amazon.awssdk.services.glue.model.CrawlerRunningException;
import software.amazon.awssdk.services.glue.model.CrawlerState;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.FieldName;
import software.amazon.awssdk.services.glue.model.FilterOperator;
import software.amazon.awssdk.services.glue.model.GetCrawlersResponse;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.LastCrawlInfo;
import software.amazon.awssdk.services.glue.model.ListCrawlsResponse;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class CrawlerLifecycleIT {
    private ServerSocket silent;
    private CrawlFixture fixture;

    /** An S3 endpoint that takes connections and never answers, so that a crawl stays where it is. */
    @BeforeEach
    void open() throws IOException {
        silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        fixture = new CrawlFixture(s3(URI.create("http://127.0.0.1:" + silent.getLocalPort())));
        fixture.createCrawler();
    }

    @AfterEach
    void close() throws IOException {
        fixture.close();
        silent.close();
    }

    @Test
    void stopsEvenWhenS3DoesNotAnswer() {
        fixture.glue.startCrawler(request -> request.name("crawler"));
        assertThat(state()).isEqualTo(CrawlerState.RUNNING);

        fixture.glue.stopCrawler(request -> request.name("crawler"));
        LastCrawlInfo last = fixture.awaitReady();

        assertThat(last.statusAsString()).isEqualTo("CANCELLED");
        assertThat(crawls().crawls().get(0).state()).isEqualTo(CrawlerHistoryState.STOPPED);
    }

    @Test
    void hearsOfAStopThatAnotherServerWasAskedFor() {
        try (Crawlers other = Crawlers.open(fixture.database.dataSource(), fixture.store.s3(), fixture.glue)) {
            fixture.glue.startCrawler(request -> request.name("crawler"));

            other.operations().get(0).stopCrawler(request -> request.name("crawler"));

            assertThat(fixture.awaitReady().statusAsString()).isEqualTo("CANCELLED");
        }
    }

    @Test
    void stopsCrawlsThatWaitForAThread() {
        for (String name : new String[] {"second", "third"}) {
            fixture.createCrawler(request -> request.name(name));
            fixture.glue.startCrawler(request -> request.name(name));
        }
        fixture.glue.startCrawler(request -> request.name("crawler"));

        fixture.glue.stopCrawler(request -> request.name("crawler"));

        assertThat(fixture.awaitReady().statusAsString()).isEqualTo("CANCELLED");
    }

    @Test
    void refusesWhatARunningCrawlerCannotDo() {
        assertThatThrownBy(() -> fixture.glue.stopCrawler(request -> request.name("crawler")))
                .isInstanceOf(CrawlerNotRunningException.class);
        fixture.glue.startCrawler(request -> request.name("crawler"));

        assertThatThrownBy(() -> fixture.glue.startCrawler(request -> request.name("crawler")))
                .isInstanceOf(CrawlerRunningException.class)
                .hasMessageContaining("Crawler crawler is running");
        assertThatThrownBy(() -> fixture.glue.updateCrawler(
                        request -> request.name("crawler").description("x")))
                .isInstanceOf(CrawlerRunningException.class);
        assertThatThrownBy(() -> fixture.glue.deleteCrawler(request -> request.name("crawler")))
                .isInstanceOf(CrawlerRunningException.class);
    }

    @Test
    void refusesUnknownAndDoubleNames() {
        assertThatThrownBy(() -> fixture.glue.getCrawler(request -> request.name("none")))
                .isInstanceOf(EntityNotFoundException.class)
                .hasMessageContaining("Crawler none not found");
        assertThatThrownBy(() -> fixture.glue.startCrawler(request -> request.name("none")))
                .isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> fixture.glue.stopCrawler(request -> request.name("none")))
                .isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> fixture.glue.listCrawls(request -> request.crawlerName("none")))
                .isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> fixture.createCrawler())
                .isInstanceOf(AlreadyExistsException.class)
                .hasMessageContaining("crawler");
    }

    @Test
    void failsCrawlsWhoseServerIsGoneAndStartsThemAgain() throws SQLException {
        leaveBehind("'1 minute'");

        LastCrawlInfo last = fixture.awaitReady();

        assertThat(last.statusAsString()).isEqualTo("FAILED");
        assertThat(last.errorMessage()).contains("The server that ran this crawl stopped");
        fixture.glue.startCrawler(request -> request.name("crawler"));
        assertThat(state()).isEqualTo(CrawlerState.RUNNING);
    }

    @Test
    void doesNotFailCrawlsOfAServerThatLives() throws SQLException {
        leaveBehind("'-1 minute'");

        assertThatThrownBy(() -> fixture.glue.startCrawler(request -> request.name("crawler")))
                .isInstanceOf(CrawlerRunningException.class);
    }

    private void leaveBehind(String age) throws SQLException {
        try (Connection connection = fixture.database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into crawler.crawl (id, crawler, state, started_at, lease_until) values"
                    + " (gen_random_uuid(), 'crawler', 'RUNNING', now() - interval '2 minutes', now() - interval " + age
                    + ")");
        }
    }

    @Test
    void failsCrawlsWhenTheServerStops() {
        fixture.glue.startCrawler(request -> request.name("crawler"));

        fixture.crawlers.close();

        LastCrawlInfo last = fixture.glue
                .getCrawler(request -> request.name("crawler"))
                .crawler()
                .lastCrawl();
        assertThat(last.statusAsString()).isEqualTo("FAILED");
        assertThat(last.errorMessage()).contains("server was stopped");
    }

    @Test
    void failsWithAMessageWhenS3IsGone() throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = closed.getLocalPort();
            closed.close();
            try (CrawlFixture gone = new CrawlFixture(s3(URI.create("http://127.0.0.1:" + port)))) {
                gone.createCrawler();

                LastCrawlInfo last = gone.crawlToEnd();

                assertThat(last.statusAsString()).isEqualTo("FAILED");
                assertThat(last.errorMessage()).contains("S3 does not answer", gone.bucket);
            }
        }
    }

    @Test
    void changesAndDeletesDefinitions() {
        fixture.glue.updateCrawler(request -> request.name("crawler")
                .description("new")
                .targets(targets -> targets.s3Targets(target -> target.path("s3://other-bucket/y/"))));

        var crawler =
                fixture.glue.getCrawler(request -> request.name("crawler")).crawler();
        assertThat(crawler.description()).isEqualTo("new");
        assertThat(crawler.role()).as("what is not named stays").isEqualTo("role");
        assertThat(crawler.targets().s3Targets().get(0).path()).isEqualTo("s3://other-bucket/y/");
        assertThat(crawler.version()).isEqualTo(2);
        assertThat(crawler.creationTime()).isNotNull();
        assertThatThrownBy(() -> fixture.glue.updateCrawler(
                        request -> request.name("crawler").configuration("{\"Oops\":1}")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Oops");

        fixture.glue.deleteCrawler(request -> request.name("crawler"));

        assertThatThrownBy(() -> fixture.glue.getCrawler(request -> request.name("crawler")))
                .isInstanceOf(EntityNotFoundException.class);
    }

    @Test
    void listsCrawlersInPagesAndByTags() {
        for (int i = 0; i < 4; i++) {
            String name = "c" + i;
            fixture.createCrawler(request -> request.name(name).tags(Map.of("team", name.equals("c2") ? "b" : "a")));
        }

        GetCrawlersResponse first = fixture.glue.getCrawlers(request -> request.maxResults(3));
        GetCrawlersResponse second =
                fixture.glue.getCrawlers(request -> request.maxResults(3).nextToken(first.nextToken()));

        assertThat(first.crawlers()).extracting(crawler -> crawler.name()).containsExactly("c0", "c1", "c2");
        assertThat(second.crawlers()).extracting(crawler -> crawler.name()).containsExactly("c3", "crawler");
        assertThat(second.nextToken()).isNull();
        assertThat(fixture.glue
                        .listCrawlers(request -> request.tags(Map.of("team", "b")))
                        .crawlerNames())
                .containsExactly("c2");
        assertThat(fixture.glue
                        .batchGetCrawlers(request -> request.crawlerNames("c1", "none"))
                        .crawlersNotFound())
                .containsExactly("none");
        assertThatThrownBy(() -> fixture.glue.getCrawlers(request -> request.nextToken("forged")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("NextToken");
    }

    @Test
    void keepsAHistoryWithFiltersPagesAndMetrics() {
        for (int i = 0; i < 3; i++) {
            fixture.glue.startCrawler(request -> request.name("crawler"));
            fixture.glue.stopCrawler(request -> request.name("crawler"));
            fixture.awaitReady();
        }

        ListCrawlsResponse first = fixture.glue.listCrawls(
                request -> request.crawlerName("crawler").maxResults(2));
        ListCrawlsResponse second = fixture.glue.listCrawls(
                request -> request.crawlerName("crawler").maxResults(2).nextToken(first.nextToken()));
        CrawlerHistory newest = first.crawls().get(0);
        CrawlerMetrics metrics = fixture.glue
                .getCrawlerMetrics(request -> request.crawlerNameList("crawler"))
                .crawlerMetricsList()
                .get(0);

        assertThat(first.crawls()).hasSize(2);
        assertThat(second.crawls()).hasSize(1);
        assertThat(newest.startTime()).isAfter(second.crawls().get(0).startTime());
        assertThat(newest.summary()).contains("\"TABLE\":{\"ADD\":{\"Count\":0}");
        assertThat(fixture.glue
                        .listCrawls(request -> request.crawlerName("crawler")
                                .filters(filter -> filter.fieldName(FieldName.CRAWL_ID)
                                        .filterOperator(FilterOperator.EQ)
                                        .fieldValue(newest.crawlId())))
                        .crawls())
                .hasSize(1);
        assertThat(fixture.glue
                        .listCrawls(request -> request.crawlerName("crawler")
                                .filters(filter -> filter.fieldName(FieldName.STATE)
                                        .filterOperator(FilterOperator.EQ)
                                        .fieldValue("COMPLETED")))
                        .crawls())
                .isEmpty();
        assertThat(fixture.glue
                        .listCrawls(request -> request.crawlerName("crawler")
                                .filters(filter -> filter.fieldName(FieldName.START_TIME)
                                        .filterOperator(FilterOperator.GE)
                                        .fieldValue(newest.startTime().toString())))
                        .crawls())
                .hasSize(1);
        assertThatThrownBy(() -> fixture.glue.listCrawls(request -> request.crawlerName("crawler")
                        .filters(filter -> filter.fieldName(FieldName.START_TIME)
                                .filterOperator(FilterOperator.GE)
                                .fieldValue("yesterday"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("yesterday");
        assertThat(metrics.tablesCreated()).isZero();
        assertThat(metrics.stillEstimating()).isFalse();
    }

    @Test
    void answersOnTheWireAsTerraformAsks() {
        GlueDispatcher wire = new GlueDispatcher(fixture.crawlers.operations());

        assertThat(text(wire.dispatch("AWSGlue.CreateCrawler", bytes("""
                                {"Name":"wire","Role":"arn:aws:iam::123456789012:role/x","DatabaseName":"db",
                                 "Targets":{"S3Targets":[{"Path":"s3://abc/x","Exclusions":[]}],"JdbcTargets":[]},
                                 "Classifiers":[],"Schedule":"","RecrawlPolicy":{"RecrawlBehavior":"CRAWL_EVERYTHING"},
                                 "LineageConfiguration":{"CrawlerLineageSettings":"DISABLE"},
                                 "SchemaChangePolicy":{"UpdateBehavior":"UPDATE_IN_DATABASE","DeleteBehavior":"LOG"}}""")))).isEqualTo("{}");
        assertThat(text(wire.dispatch("AWSGlue.GetCrawler", bytes("{\"Name\":\"wire\"}"))))
                .contains("\"Path\":\"s3://abc/x\"", "\"State\":\"READY\"")
                .doesNotContain("\"Schedule\"", "\"LastCrawl\"");
        assertThat(text(wire.dispatch("AWSGlue.StopCrawler", bytes("{\"Name\":\"wire\"}"))))
                .contains("CrawlerNotRunningException");
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(GlueDispatcher.Answer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    @Test
    void answersUnknownCrawlsWith404() {
        RestRequest unknown =
                new RestRequest(Map.of("name", "crawler", "crawlId", "latest"), Map.of(), Map.of(), new byte[0]);

        assertThatThrownBy(() -> fixture.crawlers.routes().get(0).handler().handle(unknown))
                .isInstanceOfSatisfying(
                        RestException.class, e -> assertThat(e.status()).isEqualTo(404));
    }

    @Test
    void showsProgressWhileACrawlGoesOn() {
        fixture.glue.startCrawler(request -> request.name("crawler"));

        await().atMost(Duration.ofMinutes(3))
                .until(() -> fixture.crawlers.progress().size() == 1);
        assertThat(fixture.crawlers.progress().get(0).crawler()).isEqualTo("crawler");
    }

    private CrawlerState state() {
        return fixture.glue
                .getCrawler(request -> request.name("crawler"))
                .crawler()
                .state();
    }

    private ListCrawlsResponse crawls() {
        return fixture.glue.listCrawls(request -> request.crawlerName("crawler"));
    }

    private static S3Client s3(URI endpoint) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .build();
    }
}
