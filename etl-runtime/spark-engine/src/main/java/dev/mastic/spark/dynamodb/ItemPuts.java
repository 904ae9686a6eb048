package dev.mastic.spark.dynamodb;

import dev.mastic.job.DynamoDbOutput;
import dev.mastic.spark.failure.JobFailure;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Puts rows as items. Serializable; {@link #write} may be called by many threads. */
public final class ItemPuts implements Serializable {
    private static final long serialVersionUID = 1;
    private static final int BATCH = 25;
    private static final int MOST_REPEATS = 12;
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 20_000;

    private final DynamoDbSettings settings;
    private final String step;
    private final String table;
    private final List<String> keys;
    private final double units;
    private final String budget = UUID.randomUUID().toString();

    private ItemPuts(DynamoDbSettings settings, String step, String table, List<String> keys, double units) {
        this.settings = settings;
        this.step = step;
        this.table = table;
        this.keys = List.copyOf(keys);
        this.units = units;
    }

    /**
     * Looks at the table; changes nothing.
     *
     * @param columns of the rows
     * @throws JobFailure when the table is missing, or the rows lack its key
     */
    public static ItemPuts check(SparkSession spark, String step, DynamoDbOutput output, List<String> columns) {
        DynamoDbSettings settings = DynamoDbSettings.of(spark.conf());
        try {
            TableDescription found = ItemReads.table("Write '" + step + "'", settings.client(), output.table());
            List<String> keys = found.keySchema().stream()
                    .map(KeySchemaElement::attributeName)
                    .toList();
            for (String key : keys) {
                if (!columns.contains(key)) {
                    throw new JobFailure("Write '" + step + "': the rows have no column '" + key
                            + "', which is a key of DynamoDB's table " + output.table() + "; derive or rename it");
                }
            }
            return new ItemPuts(
                    settings, step, output.table(), keys, CapacityBudget.writeUnits(found, output.writePercent()));
        } catch (SdkException e) {
            throw new JobFailure(
                    "Write '" + step + "': DynamoDB does not answer for table " + output.table() + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /**
     * Puts rows; each replaces the item of its key, so that doing it again changes nothing.
     *
     * @return how many
     */
    public long write(Iterator<Row> rows) {
        CapacityBudget capacity = CapacityBudget.shared(budget, units);
        // A batch may not name a key twice: the later row stands.
        Map<List<AttributeValue>, Map<String, AttributeValue>> batch = new LinkedHashMap<>();
        long count = 0;
        while (rows.hasNext()) {
            Map<String, AttributeValue> item = Items.item(rows.next());
            batch.put(keyOf(item), item);
            count++;
            if (batch.size() == BATCH) {
                put(batch.values(), capacity);
                batch.clear();
            }
        }
        put(batch.values(), capacity);
        return count;
    }

    private List<AttributeValue> keyOf(Map<String, AttributeValue> item) {
        List<AttributeValue> key = new ArrayList<>();
        for (String name : keys) {
            AttributeValue value = item.get(name);
            if (value == null) {
                throw new JobFailure("Write '" + step + "': a row has no value in '" + name
                        + "', which is a key of DynamoDB's table " + table + "; filter such rows");
            }
            key.add(value);
        }
        return key;
    }

    private void put(Iterable<Map<String, AttributeValue>> items, CapacityBudget capacity) {
        List<WriteRequest> writes = new ArrayList<>();
        items.forEach(item -> writes.add(WriteRequest.builder()
                .putRequest(PutRequest.builder().item(item).build())
                .build()));
        List<WriteRequest> open = writes;
        long pause = FIRST_PAUSE_MILLIS;
        for (int repeat = 0; !open.isEmpty(); repeat++) {
            if (repeat > MOST_REPEATS) {
                throw new JobFailure("Write '" + step + "': DynamoDB's table " + table + " took none of " + open.size()
                        + " items in " + MOST_REPEATS + " attempts; raise its write capacity, or lower writePercent");
            }
            if (repeat > 0) {
                CapacityBudget.pause(ThreadLocalRandom.current().nextLong(pause / 2, pause));
                pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
            }
            capacity.await();
            List<WriteRequest> now = open;
            BatchWriteItemResponse response = settings.client()
                    .batchWriteItem(request -> request.requestItems(Map.of(table, now))
                            .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
            response.consumedCapacity().forEach(consumed -> capacity.spend(consumed.capacityUnits()));
            List<WriteRequest> rest = response.unprocessedItems().getOrDefault(table, List.of());
            repeat = rest.size() < open.size() ? 0 : repeat;
            open = rest;
        }
    }
}
