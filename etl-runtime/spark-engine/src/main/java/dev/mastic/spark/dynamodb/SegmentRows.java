package dev.mastic.spark.dynamodb;

import dev.mastic.spark.failure.JobFailure;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructField;
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
    private final TableScan scan;
    private final int segment;
    private final Set<String> known;
    private final CapacityBudget budget;
    private Iterator<Map<String, AttributeValue>> page = Collections.emptyIterator();
    private @Nullable Map<String, AttributeValue> next = Map.of();

    /** @param segment from 0 */
    SegmentRows(TableScan scan, int segment) {
        this.scan = scan;
        this.segment = segment;
        this.known = Set.of(scan.schema().fieldNames());
        this.budget = CapacityBudget.shared(scan.budget(), scan.units());
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
                .tableName(scan.table())
                .segment(segment)
                .totalSegments(scan.segments())
                .consistentRead(scan.consistent())
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
        if (next != null && !next.isEmpty()) {
            request.exclusiveStartKey(next);
        }
        ScanResponse response = scan.settings().client().scan(request.build());
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
        if (scan.strict()) {
            for (String name : item.keySet()) {
                if (!known.contains(name)) {
                    throw new JobFailure("An item of DynamoDB's table " + scan.table() + " has the attribute '" + name
                            + "', which none of the first " + ItemReads.SAMPLE
                            + " had; declare the columns by .column(name, type)");
                }
            }
        }
        StructField[] fields = scan.schema().fields();
        @Nullable Object[] values = new @Nullable Object[fields.length];
        for (int i = 0; i < fields.length; i++) {
            AttributeValue attribute = item.get(fields[i].name());
            values[i] = attribute == null ? null : Items.value(fields[i].name(), attribute, fields[i].dataType());
        }
        return RowFactory.create(values);
    }
}
