package dev.mastic.spark.dynamodb;

import dev.mastic.job.DynamoDb;
import dev.mastic.spark.failure.JobFailure;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The read steps of a run that read DynamoDB. Not thread-safe. */
public final class ItemReads {
    private static final Logger LOG = LoggerFactory.getLogger(ItemReads.class);

    /** Items that are looked at for their attributes when no columns are declared. */
    static final int SAMPLE = 1_000;

    private final SparkSession spark;
    private final Map<String, Dataset<Row>> reads = new HashMap<>();

    public ItemReads(SparkSession spark) {
        this.spark = spark;
    }

    /** @throws JobFailure when the table is missing, or its attributes are unknown */
    public void resolve(String step, DynamoDb source) {
        DynamoDbSettings settings = DynamoDbSettings.of(spark.conf());
        try {
            TableDescription table = table("Read '" + step + "'", settings.client(), source.table());
            StructType schema = source.columns().isEmpty()
                    ? inferred(step, settings.client(), source)
                    : ItemSchema.declared(step, source.columns());
            double units = CapacityBudget.readUnits(table, source.readPercent());
            LOG.info(
                    "{}: table {} in {} segments, {} read units a second",
                    step,
                    source.table(),
                    source.segments(),
                    units);
            TableScan scan = new TableScan(
                    settings,
                    source.table(),
                    source.segments(),
                    source.consistent(),
                    schema,
                    source.columns().isEmpty(),
                    step + " " + UUID.randomUUID(),
                    units);
            FlatMapFunction<Long, Row> rows = number -> new SegmentRows(scan, Math.toIntExact(number));
            reads.put(
                    step,
                    spark.range(0, source.segments(), 1, source.segments()).flatMap(rows, Encoders.row(schema)));
        } catch (SdkException e) {
            throw new JobFailure(
                    "Read '" + step + "': DynamoDB does not answer for table " + source.table() + ": " + e.getMessage(),
                    e);
        }
    }

    /** @param place for the message */
    static TableDescription table(String place, DynamoDbClient client, String name) {
        try {
            return client.describeTable(request -> request.tableName(name)).table();
        } catch (ResourceNotFoundException e) {
            throw new JobFailure(place + ": table " + name + " is not in DynamoDB; create it, or correct its name", e);
        }
    }

    private static StructType inferred(String step, DynamoDbClient client, DynamoDb source) {
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        ScanRequest scan =
                ScanRequest.builder().tableName(source.table()).limit(SAMPLE).build();
        client.scanPaginator(scan).items().stream().limit(SAMPLE).forEach(items::add);
        if (items.isEmpty()) {
            throw new JobFailure("Read '" + step + "': table " + source.table()
                    + " has no items, so its columns are unknown; declare them by .column(name, type)");
        }
        return ItemSchema.inferred(items);
    }

    /** Whether a step reads DynamoDB. */
    public boolean has(String step) {
        return reads.containsKey(step);
    }

    /** The rows of a step that was resolved. */
    public Dataset<Row> rows(String step) {
        Dataset<Row> rows = reads.get(step);
        if (rows == null) {
            throw new IllegalStateException("Read '" + step + "' was not resolved");
        }
        return rows;
    }
}
