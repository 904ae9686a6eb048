package dev.mastic.crawler;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mastic.crawler.crawl.TargetStores;
import dev.mastic.testing.TestDynamoDb;
import dev.mastic.testing.TestObjectStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.glue.model.DeleteBehavior;
import software.amazon.awssdk.services.glue.model.LastCrawlInfo;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import static dev.mastic.crawler.CrawlFixture.warnings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** DynamoDB targets by the Glue API, on DynamoDB Local. */
class DynamoDbCrawlIT {
    private final DynamoDbClient dynamoDb = TestDynamoDb.client();
    private final String name =
            "orders_" + UUID.randomUUID().toString().substring(0, 8).replace('-', '_');
    private CrawlFixture fixture;

    @BeforeEach
    void open() {
        fixture = new CrawlFixture(TargetStores.of(sharedS3()).with(dynamoDb));
    }

    @AfterEach
    void close() {
        fixture.close();
        dynamoDb.close();
    }

    @Test
    void joinsTheTypesOfAllItems() {
        table(request -> {});
        put(Map.of(
                "customer", s("a"),
                "number", n("1"),
                "plain", s("x"),
                "price", n("9.99"),
                "exact", n("0.1234567890123456789"),
                "huge", n("12345678901234567890123"),
                "bytes", AttributeValue.fromB(SdkBytes.fromUtf8String("x")),
                "flag", AttributeValue.fromBool(true),
                "nothing", AttributeValue.fromNul(true),
                "mixed", n("1")));
        put(Map.of(
                "customer", s("b"),
                "number", n("2"),
                "texts", AttributeValue.fromSs(List.of("p", "q")),
                "numbers", AttributeValue.fromNs(List.of("1", "2.5")),
                "blobs", AttributeValue.fromBs(List.of(SdkBytes.fromUtf8String("x"))),
                "list", AttributeValue.fromL(List.of(n("1"), n("2"))),
                "odd", AttributeValue.fromL(List.of(n("1"), s("x"))),
                "price", n("10"),
                "mixed", s("x")));
        put(Map.of(
                "customer", s("c"),
                "number", n("3"),
                "address",
                        AttributeValue.fromM(Map.of(
                                "city", s("Rome"),
                                "at", AttributeValue.fromM(Map.of("lat", n("1.5"), "lon", n("2")))))));
        put(Map.of(
                "customer", s("d"),
                "number", n("4"),
                "address",
                        AttributeValue.fromM(Map.of(
                                "zip", n("123"),
                                "tags", AttributeValue.fromL(List.of(AttributeValue.fromM(Map.of("k", s("v"))))))),
                "days", AttributeValue.fromM(Map.of("2026-01-01", n("1"), "2026-01-02", n("2.5")))));
        crawler(name);

        Map<String, Object> report = fixture.crawl();

        Table table = fixture.table(name);
        assertThat(String.join(
                        "\n",
                        CrawlFixture.columns(table.storageDescriptor().columns())
                                .split(", (?=[a-z]+ )", -1)))
                .isEqualTo("""
                        customer string
                        number bigint
                        address struct<at:struct<lat:double,lon:bigint>,city:string,tags:array<struct<k:string>>,zip:bigint>
                        blobs array<binary>
                        bytes binary
                        days map<string,double>
                        exact decimal(38,19)
                        flag boolean
                        huge decimal(38,0)
                        list array<bigint>
                        mixed string
                        nothing string
                        numbers array<double>
                        odd array<string>
                        plain string
                        price double
                        texts array<string>""");
        assertThat(table.storageDescriptor().location())
                .startsWith("arn:aws:dynamodb:")
                .endsWith(":table/" + name);
        assertThat(table.partitionKeys()).isEmpty();
        assertThat(table.parameters())
                .containsEntry("classification", "dynamodb")
                .containsEntry("typeOfData", "table")
                .containsEntry("recordCount", "4")
                .containsEntry("mastic.primary-key", "[\"customer\",\"number\"]")
                .containsEntry(
                        "mastic.indexes",
                        "[{\"name\":\"by_day\",\"kind\":\"LOCAL\",\"key\":[\"customer\",\"day\"],"
                                + "\"projection\":\"ALL\"},{\"name\":\"by_number\",\"kind\":\"GLOBAL\","
                                + "\"key\":[\"number\"],\"projection\":\"KEYS_ONLY\"}]")
                .containsKey("sizeKey");
        assertThat(report.get("tables").toString()).contains("mixed is a text, because its values are 1 S, 1 N");
    }

    @Test
    void anEmptyTableHasItsKey() {
        table(request -> {});
        crawler(name);

        fixture.crawl();

        assertThat(fixture.columns(name)).isEqualTo("customer string, number bigint");
    }

    @Test
    void widensAndAddsWhenCrawledAgainAndKeepsWhatIsNotSeen() {
        table(request -> {});
        put(Map.of("customer", s("a"), "number", n("1"), "v", n("1"), "w", s("x")));
        crawler(name);
        fixture.crawl();
        dynamoDb.deleteItem(request -> request.tableName(name).key(Map.of("customer", s("a"), "number", n("1"))));
        put(Map.of("customer", s("a"), "number", n("2"), "v", n("1.5"), "x", s("y")));

        fixture.crawl();

        assertThat(fixture.columns(name)).isEqualTo("customer string, number bigint, v double, w string, x string");
    }

    @Test
    void aTableThatIsGoneFollowsThePolicy() {
        table(request -> {});
        crawler(name);
        fixture.crawl();
        dynamoDb.deleteTable(request -> request.tableName(name));

        Map<String, Object> report = fixture.crawl();

        assertThat(warnings(report)).anyMatch(warning -> warning.contains(name + " is not in DynamoDB"));
        assertThat(fixture.table(name).parameters()).containsKey("DEPRECATED_BY_CRAWLER");
        fixture.glue.updateCrawler(request -> request.name("crawler")
                .schemaChangePolicy(policy -> policy.deleteBehavior(DeleteBehavior.DELETE_FROM_DATABASE)));

        fixture.crawl();

        assertThat(fixture.tables()).isEmpty();
    }

    @Test
    void aSampleReadsAPartOfEverySegment() {
        table(request -> {});
        List<Map<String, AttributeValue>> items = IntStream.range(0, 11_000)
                .mapToObj(i -> Map.of("customer", s("c" + i), "number", n(String.valueOf(i))))
                .toList();
        putAll(items);
        fixture.createCrawler(request -> request.targets(
                targets -> targets.dynamoDBTargets(target -> target.path(name).scanAll(false))));

        Map<String, Object> report = fixture.crawl();

        assertThat(report.get("tables").toString()).contains("10000 items were read, which is a part");
        assertThat(fixture.table(name).parameters()).containsEntry("recordCount", "11000");
        fixture.glue.updateCrawler(request ->
                request.name("crawler").targets(targets -> targets.dynamoDBTargets(target -> target.path(name))));

        report = fixture.crawl();

        assertThat(report.get("tables").toString()).contains("11000 items were read, which is all");
    }

    @Test
    void backsOffWhenDynamoDbThrottles() throws IOException {
        table(request -> {});
        put(Map.of("customer", s("a"), "number", n("1"), "v", n("1")));
        try (Throttling proxy = new Throttling(6);
                DynamoDbClient throttled = TestDynamoDb.clientWithoutRetries(proxy.endpoint());
                CrawlFixture behind =
                        new CrawlFixture(TargetStores.of(sharedS3()).with(throttled))) {
            behind.createCrawler(
                    request -> request.targets(targets -> targets.dynamoDBTargets(target -> target.path(name))));

            behind.crawl();

            assertThat(behind.columns(name)).isEqualTo("customer string, number bigint, v bigint");
            assertThat(proxy.left.get()).isNegative();
        }
    }

    @Test
    void aStopIsHeededWhileItBacksOff() throws IOException {
        table(request -> {});
        put(Map.of("customer", s("a"), "number", n("1"), "v", n("1")));
        try (Throttling proxy = new Throttling(Integer.MAX_VALUE);
                DynamoDbClient throttled = TestDynamoDb.clientWithoutRetries(proxy.endpoint());
                CrawlFixture behind =
                        new CrawlFixture(TargetStores.of(sharedS3()).with(throttled))) {
            behind.createCrawler(
                    request -> request.targets(targets -> targets.dynamoDBTargets(target -> target.path(name))));
            behind.glue.startCrawler(request -> request.name("crawler"));
            await().until(() -> proxy.left.get() < Integer.MAX_VALUE - 4);
            behind.glue.stopCrawler(request -> request.name("crawler"));

            assertThat(behind.awaitReady().statusAsString()).isEqualTo("CANCELLED");
        }
    }

    @Test
    void withoutADynamoDbTheCrawlSaysWhatToSet() {
        try (CrawlFixture without = new CrawlFixture()) {
            without.createCrawler(
                    request -> request.targets(targets -> targets.dynamoDBTargets(target -> target.path(name))));

            LastCrawlInfo last = without.crawlToEnd();

            assertThat(last.errorMessage()).contains("dynamodb-endpoint");
        }
    }

    private static S3Client sharedS3() {
        return TestObjectStore.shared().s3();
    }

    private void crawler(String table) {
        fixture.createCrawler(
                request -> request.targets(targets -> targets.dynamoDBTargets(target -> target.path(table))));
    }

    private void table(Consumer<CreateTableRequest.Builder> change) {
        CreateTableRequest.Builder request = CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        attribute("customer", ScalarAttributeType.S),
                        attribute("number", ScalarAttributeType.N),
                        attribute("day", ScalarAttributeType.S))
                .keySchema(
                        key -> key.attributeName("customer").keyType(KeyType.HASH),
                        key -> key.attributeName("number").keyType(KeyType.RANGE))
                .globalSecondaryIndexes(index -> index.indexName("by_number")
                        .keySchema(key -> key.attributeName("number").keyType(KeyType.HASH))
                        .projection(projection -> projection.projectionType(ProjectionType.KEYS_ONLY)))
                .localSecondaryIndexes(index -> index.indexName("by_day")
                        .keySchema(
                                key -> key.attributeName("customer").keyType(KeyType.HASH),
                                key -> key.attributeName("day").keyType(KeyType.RANGE))
                        .projection(projection -> projection.projectionType(ProjectionType.ALL)));
        change.accept(request);
        dynamoDb.createTable(request.build());
    }

    private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(type)
                .build();
    }

    private void put(Map<String, AttributeValue> item) {
        dynamoDb.putItem(request -> request.tableName(name).item(item));
    }

    private void putAll(List<Map<String, AttributeValue>> items) {
        IntStream.range(0, (items.size() + 24) / 25)
                .parallel()
                .mapToObj(i -> items.subList(25 * i, Math.min(items.size(), 25 * i + 25)))
                .forEach(batch -> dynamoDb.batchWriteItem(request -> request.requestItems(Map.of(
                        name,
                        batch.stream()
                                .map(item -> WriteRequest.builder()
                                        .putRequest(
                                                PutRequest.builder().item(item).build())
                                        .build())
                                .toList()))));
    }

    private static AttributeValue s(String text) {
        return AttributeValue.fromS(text);
    }

    private static AttributeValue n(String number) {
        return AttributeValue.fromN(number);
    }

    /** A real HTTP server before DynamoDB Local, which refuses the first scans as a table without capacity does. */
    private static final class Throttling implements AutoCloseable {
        private final HttpServer server;
        private final HttpClient client = HttpClient.newHttpClient();
        final AtomicInteger left;

        Throttling(int refused) throws IOException {
            left = new AtomicInteger(refused);
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            server.setExecutor(Executors.newFixedThreadPool(8));
            server.createContext("/", this::handle);
            server.start();
        }

        URI endpoint() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        }

        private void handle(HttpExchange exchange) throws IOException {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String operation = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            if (operation.endsWith(".Scan") && left.decrementAndGet() >= 0) {
                answer(
                        exchange,
                        400,
                        ("{\"__type\":\"com.amazonaws.dynamodb.v20120810#"
                                        + "ProvisionedThroughputExceededException\",\"message\":\"too much\"}")
                                .getBytes(StandardCharsets.UTF_8));
                return;
            }
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(TestDynamoDb.endpoint()).POST(HttpRequest.BodyPublishers.ofByteArray(body));
            new HashMap<>(exchange.getRequestHeaders()).forEach((header, values) -> {
                if (header.startsWith("X-amz")
                        || List.of("Authorization", "Content-type").contains(header)) {
                    values.forEach(value -> request.header(header, value));
                }
            });
            try {
                HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
                answer(exchange, response.statusCode(), response.body());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }

        private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
            exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
            exchange.sendResponseHeaders(status, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
