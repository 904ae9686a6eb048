package dev.mastic.crawler.dynamodb;

import dev.mastic.crawler.source.Cancellation;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.RequestLimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** Reads one segment of a table, or the beginning of it, page by page. Run once, by one thread. */
final class SegmentScan implements Callable<SegmentScan.Read> {
    private static final int ITEMS_OF_A_PAGE = 1000;
    private static final int MOST_THROTTLES = 10;
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 20_000;

    private final DynamoDbClient client;
    private final String table;
    private final int segment;
    private final int segments;
    private final long budget;
    private final ReadBudget rate;
    private final Cancellation cancellation;
    private final LongConsumer progress;

    /**
     * Of one table.
     *
     * @param budget items read at most
     * @param progress told how many items each page had
     */
    SegmentScan(
            DynamoDbClient client,
            String table,
            int segment,
            int segments,
            long budget,
            ReadBudget rate,
            Cancellation cancellation,
            LongConsumer progress) {
        this.client = client;
        this.table = table;
        this.segment = segment;
        this.segments = segments;
        this.budget = budget;
        this.rate = rate;
        this.cancellation = cancellation;
        this.progress = progress;
    }

    /**
     * What was read.
     *
     * @param whole whether the segment was read to its end
     * @param throttled why it was given up before; empty when it was not
     */
    record Read(ItemEvidence evidence, double units, boolean whole, String throttled) {}

    @Override
    public Read call() {
        ItemEvidence evidence = new ItemEvidence();
        double units = 0;
        @Nullable Map<String, AttributeValue> from = null;
        do {
            rate.await();
            ScanResponse page;
            try {
                page = page(from, (int) Math.min(ITEMS_OF_A_PAGE, budget - evidence.items()));
            } catch (ProvisionedThroughputExceededException | RequestLimitExceededException e) {
                return new Read(evidence, units, false, String.valueOf(e.getMessage()));
            }
            page.items().forEach(evidence::add);
            progress.accept(page.items().size());
            if (page.consumedCapacity() != null && page.consumedCapacity().capacityUnits() != null) {
                units += page.consumedCapacity().capacityUnits();
                rate.spend(page.consumedCapacity().capacityUnits());
            }
            from = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
        } while (from != null && evidence.items() < budget);
        return new Read(evidence, units, from == null, "");
    }

    /** Backs off longer each time that DynamoDB says that it is too much, beyond the client's own retries. */
    private ScanResponse page(@Nullable Map<String, AttributeValue> from, int limit) {
        for (int throttles = 1; ; throttles++) {
            cancellation.check();
            try {
                return client.scan(request -> request.tableName(table)
                        .segment(segment)
                        .totalSegments(segments)
                        .limit(limit)
                        .exclusiveStartKey(from)
                        .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
            } catch (ProvisionedThroughputExceededException | RequestLimitExceededException e) {
                if (throttles == MOST_THROTTLES) {
                    throw e;
                }
                long longest = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << throttles);
                long pause = ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
                ReadBudget.pause(TimeUnit.MILLISECONDS.toNanos(pause), cancellation);
            }
        }
    }
}
