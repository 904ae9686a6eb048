package dev.mastic.crawler;

import dev.mastic.catalog.Catalog;
import dev.mastic.catalog.CatalogSettings;
import dev.mastic.catalog.secret.SecretKeys;
import dev.mastic.crawler.crawl.TargetStores;
import dev.mastic.crawler.plan.PlanReport;
import dev.mastic.testing.TestObjectStore;
import dev.mastic.testing.TestPostgres;
import dev.mastic.testing.TestPostgres.TestDatabase;
import dev.mastic.wire.GlueDispatcher;
import dev.mastic.wire.rest.Json;
import dev.mastic.wire.rest.RestRequest;
import dev.mastic.wire.rest.RestRoute;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.ConnectionPropertyKey;
import software.amazon.awssdk.services.glue.model.ConnectionType;
import software.amazon.awssdk.services.glue.model.CrawlerState;
import software.amazon.awssdk.services.glue.model.CreateCrawlerRequest;
import software.amazon.awssdk.services.glue.model.LastCrawlInfo;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.s3.S3Client;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Crawlers with a real catalog, PostgreSQL and S3 server, and a bucket of their own. */
final class CrawlFixture implements AutoCloseable {
    static {
        // Derby writes its log into the working folder unless it is told another place.
        System.setProperty("derby.stream.error.file", "target/derby.log");
    }

    private static final Duration LONGEST_CRAWL = Duration.ofMinutes(3);

    final TestDatabase database = TestPostgres.newDatabase();
    final TestObjectStore store = TestObjectStore.shared();
    final String bucket = store.newBucket();
    final TargetStores stores;
    final Crawlers crawlers;
    final GlueClient catalogClient;
    final GlueClient glue;
    private final Catalog catalog;

    CrawlFixture() {
        this(TestObjectStore.shared().s3());
    }

    /** @param s3 what the crawlers read with */
    CrawlFixture(S3Client s3) {
        this(s3, Clock.systemUTC(), catalog -> catalog);
    }

    /** @param stores what the crawlers read */
    CrawlFixture(TargetStores stores) {
        this(stores, Clock.systemUTC(), catalog -> catalog);
    }

    /**
     * @param clock that schedules go by
     * @param around put around the catalog that the crawlers write to
     */
    CrawlFixture(S3Client s3, Clock clock, UnaryOperator<GlueClient> around) {
        this(TargetStores.of(s3), clock, around);
    }

    private CrawlFixture(TargetStores stores, Clock clock, UnaryOperator<GlueClient> around) {
        this.stores = stores;
        SecretKeys keys = SecretKeys.parse(SecretKeys.random(), "the tests");
        catalog = Catalog.open(database.dataSource(), "123456789012", new CatalogSettings(10, "us-east-1", keys));
        catalogClient = new GlueDispatcher(catalog.operations()).client();
        crawlers = Crawlers.open(database.dataSource(), stores, around.apply(catalogClient), clock);
        List<GlueClient> operations = new ArrayList<>(catalog.operations());
        operations.addAll(crawlers.operations());
        glue = new GlueDispatcher(operations).client();
        crawlers.start();
    }

    void put(String key, String text) {
        put(key, text.getBytes(StandardCharsets.UTF_8));
    }

    void put(String key, byte[] bytes) {
        store.s3().putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(bytes));
    }

    void delete(String key) {
        store.s3().deleteObject(request -> request.bucket(bucket).key(key));
    }

    String uri(String key) {
        return "s3://" + bucket + "/" + key;
    }

    /** A crawler named {@code crawler} of the whole bucket into the database {@code db}. */
    void createCrawler() {
        createCrawler(request -> {});
    }

    void createCrawler(Consumer<CreateCrawlerRequest.Builder> change) {
        CreateCrawlerRequest.Builder request = CreateCrawlerRequest.builder()
                .name("crawler")
                .role("role")
                .databaseName("db")
                .targets(targets -> targets.s3Targets(target -> target.path("s3://" + bucket + "/")));
        change.accept(request);
        glue.createCrawler(request.build());
    }

    /** A JDBC connection in the catalog. */
    void createConnection(String name, String url, String user, String password) {
        glue.createConnection(request -> request.connectionInput(input -> input.name(name)
                .connectionType(ConnectionType.JDBC)
                .connectionProperties(Map.of(
                        ConnectionPropertyKey.JDBC_CONNECTION_URL, url,
                        ConnectionPropertyKey.USERNAME, user,
                        ConnectionPropertyKey.PASSWORD, password))));
    }

    /** Runs the crawler and waits for its end, which must be a success. */
    Map<String, Object> crawl() {
        LastCrawlInfo last = crawlToEnd();
        assertThat(last.statusAsString()).as("%s", last.errorMessage()).isEqualTo("SUCCEEDED");
        return report();
    }

    LastCrawlInfo crawlToEnd() {
        glue.startCrawler(request -> request.name("crawler"));
        return awaitReady();
    }

    LastCrawlInfo awaitReady() {
        return awaitReady("crawler");
    }

    LastCrawlInfo awaitReady(String name) {
        await().atMost(LONGEST_CRAWL)
                .pollInterval(Duration.ofMillis(50))
                .until(() ->
                        glue.getCrawler(request -> request.name(name)).crawler().state() == CrawlerState.READY);
        return glue.getCrawler(request -> request.name(name)).crawler().lastCrawl();
    }

    /** The report of the latest crawl, by the REST route. */
    @SuppressWarnings("unchecked")
    Map<String, Object> report() {
        RestRequest request =
                new RestRequest(Map.of("name", "crawler", "crawlId", "latest"), Map.of(), Map.of(), new byte[0]);
        byte[] body = crawlers.routes().get(0).handler().handle(request).body();
        return (Map<String, Object>) Json.readObject(body).get("report");
    }

    /** Calls a route of the REST API as it is written in the documentation: {@code POST /api/v1/...}. */
    Map<String, Object> rest(String method, String path) {
        for (RestRoute route : crawlers.routes()) {
            String[] wanted = route.path().split("/", -1);
            String[] given = path.split("/", -1);
            Map<String, String> parameters = new HashMap<>();
            boolean same = route.method().equals(method) && wanted.length == given.length;
            for (int i = 0; same && i < wanted.length; i++) {
                if (wanted[i].startsWith("{")) {
                    parameters.put(wanted[i].substring(1, wanted[i].length() - 1), given[i]);
                } else {
                    same = wanted[i].equals(given[i]);
                }
            }
            if (same) {
                return Json.readObject(route.handler()
                        .handle(new RestRequest(parameters, Map.of(), Map.of(), new byte[0]))
                        .body());
            }
        }
        throw new AssertionError("There is no route " + method + " " + path);
    }

    /** Makes a plan, waits for its end, and gives its id. */
    String makePlan() {
        String id =
                String.valueOf(rest("POST", "/api/v1/crawlers/crawler/plans").get("planId"));
        awaitReady();
        assertThat(plan(id).get("state")).as("%s", plan(id).get("error")).isEqualTo("COMPLETED");
        return id;
    }

    Map<String, Object> plan(String id) {
        return rest("GET", "/api/v1/crawlers/crawler/plans/" + id);
    }

    /** A finished plan as its record. */
    PlanReport planReport(String id) {
        return Json.read(Json.write(plan(id).get("plan")), PlanReport.class);
    }

    /** Applies a plan and waits for the end of the crawl. */
    LastCrawlInfo apply(String planId) {
        rest("POST", "/api/v1/crawlers/crawler/plans/" + planId + "/apply");
        return awaitReady();
    }

    @SuppressWarnings("unchecked")
    static List<String> warnings(Map<String, Object> report) {
        return (List<String>) report.get("warnings");
    }

    Table table(String name) {
        return glue.getTable(request -> request.databaseName("db").name(name)).table();
    }

    List<String> tables() {
        return glue.getTables(request -> request.databaseName("db")).tableList().stream()
                .map(Table::name)
                .sorted()
                .toList();
    }

    /** Columns as {@code name type, name type}. */
    static String columns(List<Column> columns) {
        return columns.stream()
                .map(column -> column.name() + " " + column.type())
                .collect(Collectors.joining(", "));
    }

    String columns(String table) {
        return columns(table(table).storageDescriptor().columns());
    }

    List<Partition> partitions(String table) {
        return glue.getPartitionsPaginator(request -> request.databaseName("db").tableName(table)).stream()
                .flatMap(page -> page.partitions().stream())
                .toList();
    }

    @Override
    public void close() {
        crawlers.close();
        catalog.close();
        database.close();
    }
}
