package dev.mastic.spark;

import dev.mastic.bookmarks.BookmarkOption;
import dev.mastic.job.Csv;
import dev.mastic.job.DynamoDb;
import dev.mastic.job.Parquet;
import dev.mastic.spark.dynamodb.DynamoDbSettings;
import dev.mastic.testing.TestDynamoDb;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

import java.util.Map;

import static dev.mastic.job.Dsl.col;
import static dev.mastic.job.Dsl.expr;
import static org.assertj.core.api.Assertions.assertThat;

/** Jobs on a real DynamoDB Local. */
class DynamoDbIT {
    private final TestJobs jobs = new TestJobs();
    private final DynamoDbClient dynamoDb = TestDynamoDb.client();
    private final String table = "orders-" + System.nanoTime();

    @BeforeEach
    void create() {
        new DynamoDbSettings(TestDynamoDb.endpoint().toString(), "us-east-1", "test", "test").to(TestJobs.SPARK.conf());
        dynamoDb.createTable(request -> request.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        definition -> definition.attributeName("id").attributeType(ScalarAttributeType.N))
                .keySchema(key -> key.attributeName("id").keyType(KeyType.HASH)));
    }

    @AfterEach
    void close() {
        dynamoDb.deleteTable(request -> request.tableName(table));
        dynamoDb.close();
    }

    private void put(int id, Map<String, AttributeValue> more) {
        Map<String, AttributeValue> item = new java.util.HashMap<>(more);
        item.put("id", AttributeValue.fromN(String.valueOf(id)));
        dynamoDb.putItem(request -> request.tableName(table).item(item));
    }

    @Test
    void rowsArePutByTheirKeyAndAgainWithoutHarm() {
        StringBuilder lines = new StringBuilder("id,name,amount\n");
        for (int id = 0; id < 70; id++) {
            lines.append(id).append(",n").append(id).append(',').append(id).append(".50\n");
        }
        jobs.put("in/a.csv", lines.toString());
        Csv csv = Csv.at(jobs.at("in/"))
                .withHeader()
                .column("id", "bigint")
                .column("name", "string")
                .column("amount", "decimal(8,2)");
        for (int time = 0; time < 2; time++) {
            assertThat(jobs.publish(
                                    job -> job.read("orders", csv)
                                            .derive("tags", expr("array(name, 'x')"))
                                            .derive("day", expr("date '2026-01-02'"))
                                            .write("items", DynamoDb.table(table)),
                                    BookmarkOption.DISABLE)
                            .metrics())
                    .containsEntry("write.items.rows", 70L);
        }
        assertThat(dynamoDb.scan(request -> request.tableName(table)).count()).isEqualTo(70);
        assertThat(dynamoDb.getItem(request -> request.tableName(table).key(Map.of("id", AttributeValue.fromN("7"))))
                        .item())
                .containsEntry("amount", AttributeValue.fromN("7.5"))
                .containsEntry("day", AttributeValue.fromS("2026-01-02"))
                .containsEntry(
                        "tags",
                        AttributeValue.fromL(java.util.List.of(AttributeValue.fromS("n7"), AttributeValue.fromS("x"))));
    }

    @Test
    void itemsOfAllSegmentsAreReadWithTheUnionOfTheirAttributes() {
        for (int id = 0; id < 40; id++) {
            put(id, Map.of("even", AttributeValue.fromBool(id % 2 == 0)));
        }
        put(40, Map.of("price", AttributeValue.fromN("1.25")));
        put(41, Map.of("nested", AttributeValue.fromM(Map.of("a", AttributeValue.fromN("1")))));
        jobs.publish(
                job -> job.read("orders", DynamoDb.table(table).segments(3).consistently())
                        .filter(col("id").ge(39))
                        .write("lake", Parquet.at(jobs.at("lake/"))),
                BookmarkOption.DISABLE);
        assertThat(jobs.rows("lake/"))
                .containsExactly(
                        "{\"even\":false,\"id\":39}",
                        "{\"id\":40,\"price\":1.25}",
                        "{\"id\":41,\"nested\":\"{\\\"a\\\":1}\"}");
    }

    @Test
    void declaredColumnsAreReadAloneAndMustFit() {
        put(1, Map.of("n", AttributeValue.fromN("1.5"), "other", AttributeValue.fromS("x")));
        jobs.publish(
                job -> job.read(
                                "orders",
                                DynamoDb.table(table).column("id", "int").column("n", "double"))
                        .write("lake", Parquet.at(jobs.at("lake/"))),
                BookmarkOption.DISABLE);
        assertThat(jobs.rows("lake/")).containsExactly("{\"id\":1,\"n\":1.5}");
        assertThat(jobs.failure(job -> job.read("orders", DynamoDb.table(table).column("n", "bigint"))
                        .write("lake", Parquet.at(jobs.at("lake/")))))
                .contains("Attribute 'n' of an item is", "which is no bigint");
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThat(jobs.failure(job ->
                        job.read("orders", DynamoDb.table("no-such")).write("lake", Parquet.at(jobs.at("lake/")))))
                .isEqualTo("Read 'orders': table no-such is not in DynamoDB; create it, or correct its name");
        assertThat(jobs.failure(
                        job -> job.read("orders", DynamoDb.table(table)).write("lake", Parquet.at(jobs.at("lake/")))))
                .contains("has no items, so its columns are unknown");
        jobs.put("in/a.csv", "name\nx\n");
        assertThat(jobs.failure(job ->
                        job.read("orders", Csv.at(jobs.at("in/")).withHeader()).write("items", DynamoDb.table(table))))
                .contains("the rows have no column 'id', which is a key of DynamoDB's table " + table);
    }
}
