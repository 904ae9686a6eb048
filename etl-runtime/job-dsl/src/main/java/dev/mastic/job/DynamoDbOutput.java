package dev.mastic.job;

import java.util.List;

/**
 * A table of DynamoDB that a write step puts items into; each replaces the item of its key. Immutable.
 *
 * @param writePercent percent of the table's write capacity that the writing may take
 */
public record DynamoDbOutput(String table, int writePercent) implements Target {
    public DynamoDbOutput {
        DynamoDb.percent("writePercent", writePercent);
    }

    /** The percent of the table's write capacity to take, 50 unless told; Glue's {@code throughput.write.percent}. */
    public DynamoDbOutput writePercent(int percent) {
        return new DynamoDbOutput(table, percent);
    }

    @Override
    public String place() {
        return "dynamodb://" + table;
    }

    @Override
    public List<String> namedColumns() {
        return List.of();
    }

    @Override
    public Calls calls() {
        return Calls.of(DynamoDb.class, "table", table).then("put").unless(50, "writePercent", writePercent);
    }

    @Override
    public String describe() {
        return "DynamoDB " + table;
    }
}
