package dev.mastic.spark.dynamodb;

import dev.mastic.job.DynamoDb;
import dev.mastic.spark.failure.JobFailure;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/** The rows of one segment, page by page; holds one page. To be used by one thread. */
final class SegmentRows implements Iterator<Row> {
    private final DynamoDbSettings settings;
    private final DynamoDb source;
    private final int segment;
    private final StructType schema;
    private final Set<String> known;
    private final boolean strict;
    private final CapacityBudget budget;
    private Iterator<Map<String, AttributeValue>> page = Collections.emptyIterator();
    private @Nullable Map<String, AttributeValue> next = Map.of();

    /** @param strict whether attributes that are no columns fail the read */
    SegmentRows(
            DynamoDbSettings settings,
            DynamoDb source,
            int segment,
            StructType schema,
            boolean strict,
            String budget,
            double units) {
        this.settings = settings;
        this.source = source;
        this.segment = segment;
        this.schema = schema;
        this.known = Set.of(schema.fieldNames());
        this.strict = strict;
        this.budget = CapacityBudget.shared(budget, units);
    }

    @Override
    public boolean hasNext() {
        while (!page.hasNext() && next != null) {
            fetch();
        }
        return page.hasNext();
    }

    private void fetch() {
        budget.await();
        ScanRequest.Builder request = ScanRequest.builder()
                .tableName(source.table())
                .segment(segment)
                .totalSegments(source.segments())
                .consistentRead(source.consistent())
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
        if (next != null && !next.isEmpty()) {
            request.exclusiveStartKey(next);
        }
        ScanResponse response = settings.client().scan(request.build());
        if (response.consumedCapacity() != null) {
            budget.spend(response.consumedCapacity().capacityUnits());
        }
        page = response.items().iterator();
        next = response.hasLastEvaluatedKey() ? response.lastEvaluatedKey() : null;
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Map<String, AttributeValue> item = page.next();
        if (strict) {
            for (String name : item.keySet()) {
                if (!known.contains(name)) {
                    throw new JobFailure("An item of DynamoDB's table " + source.table() + " has the attribute '" + name
                            + "', which none of the first " + ItemReads.SAMPLE
                            + " had; declare the columns by .column(name, type)");
                }
            }
        }
        StructField[] fields = schema.fields();
        @Nullable Object[] values = new @Nullable Object[fields.length];
        for (int i = 0; i < fields.length; i++) {
            AttributeValue attribute = item.get(fields[i].name());
            values[i] = attribute == null ? null : Items.value(fields[i].name(), attribute, fields[i].dataType());
        }
        return RowFactory.create(values);
    }
}
