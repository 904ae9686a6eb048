package dev.mastic.crawler.dynamodb;

import dev.mastic.crawler.dynamodb.SegmentScan.Read;
import dev.mastic.crawler.find.CrawlScope;
import dev.mastic.crawler.find.CrawlSource;
import dev.mastic.crawler.find.Findings;
import dev.mastic.crawler.find.ListedTarget;
import dev.mastic.crawler.find.Presence;
import dev.mastic.crawler.source.SourceException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.glue.model.DynamoDBTarget;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;

/** A table of DynamoDB: reads items from all of its segments at once, within a budget of items and of read capacity. */
public final class DynamoDbSource implements CrawlSource {
    private static final int SEGMENTS = 4;

    /** Items that are read when the target does not ask for all of them. */
    private static final long SAMPLE = 10_000;

    /** Items that are read when it does: the schema of more would take hours. */
    private static final long MOST_ITEMS = 10_000_000;

    private static final double DEFAULT_RATE = 0.5;
    private static final double DEFAULT_RATE_ON_DEMAND = 0.25;
    private static final long UNITS_ON_DEMAND = 40_000;

    private final DynamoDBTarget target;
    private final @Nullable DynamoDbClient client;

    /** @param client null when the server was given no DynamoDB */
    public DynamoDbSource(DynamoDBTarget target, @Nullable DynamoDbClient client) {
        this.target = target;
        this.client = client;
    }

    @Override
    public String path() {
        return target.path();
    }

    @Override
    public Findings find(CrawlScope scope) {
        if (client == null) {
            throw new SourceException("DynamoDB target " + path()
                    + " cannot be crawled: this server knows no DynamoDB. Set dynamodb-endpoint, and its keys");
        }
        try {
            TableDescription table =
                    client.describeTable(request -> request.tableName(path())).table();
            return findings(table, scan(client, table, scope), scope);
        } catch (ResourceNotFoundException e) {
            scope.warn("Table " + path() + " is not in DynamoDB; correct the target's Path, or the setting"
                    + " dynamodb-endpoint");
            return new Findings(
                    new ListedTarget(path(), 0, 0, 0, 0, 0, Map.of(), 0),
                    List.of(),
                    List.of(),
                    "",
                    location -> isThis(location) ? Presence.GONE : Presence.UNKNOWN);
        } catch (DynamoDbException e) {
            String reason = e.awsErrorDetails() == null
                    ? String.valueOf(e.getMessage())
                    : e.awsErrorDetails().errorCode() + ", "
                            + e.awsErrorDetails().errorMessage();
            throw new SourceException(
                    "DynamoDB refuses table " + path() + ": " + reason
                            + ". Check dynamodb-access-key and dynamodb-secret-key, and what they may do",
                    e);
        } catch (SdkException e) {
            throw new SourceException(
                    "DynamoDB does not answer for table " + path() + ": " + e.getMessage()
                            + ". Check dynamodb-endpoint, and start the crawler again when it is back",
                    e);
        }
    }

    private boolean isThis(String location) {
        return location.startsWith("arn:") && location.endsWith(":table/" + path());
    }

    private List<Read> scan(DynamoDbClient dynamoDb, TableDescription table, CrawlScope scope) {
        boolean all = !Boolean.FALSE.equals(target.scanAll());
        ReadBudget rate = new ReadBudget(unitsPerSecond(table), scope.cancellation());
        List<Future<Read>> reading = new ArrayList<>();
        try {
            for (int segment = 0; segment < SEGMENTS; segment++) {
                reading.add(scope.readers()
                        .submit(new SegmentScan(
                                dynamoDb,
                                path(),
                                segment,
                                SEGMENTS,
                                (all ? MOST_ITEMS : SAMPLE) / SEGMENTS,
                                rate,
                                scope.cancellation(),
                                scope::listed)));
            }
            return reading.stream()
                    .map(segment -> scope.cancellation().await(segment))
                    .toList();
        } finally {
            reading.forEach(segment -> segment.cancel(true));
        }
    }

    /** Glue's rule: a part of the provisioned capacity, or of the most that an on-demand table gives. */
    private double unitsPerSecond(TableDescription table) {
        Long provisioned = table.provisionedThroughput() == null
                ? null
                : table.provisionedThroughput().readCapacityUnits();
        if (provisioned != null && provisioned > 0) {
            return provisioned * (target.scanRate() == null ? DEFAULT_RATE : target.scanRate());
        }
        Long most = table.onDemandThroughput() == null
                ? null
                : table.onDemandThroughput().maxReadRequestUnits();
        double units = most == null || most <= 0 ? UNITS_ON_DEMAND : most;
        return units * (target.scanRate() == null ? DEFAULT_RATE_ON_DEMAND : target.scanRate());
    }

    private Findings findings(TableDescription table, List<Read> segments, CrawlScope scope) {
        ItemEvidence evidence = new ItemEvidence();
        double units = 0;
        boolean whole = true;
        String throttled = "";
        for (Read segment : segments) {
            evidence.add(segment.evidence());
            units += segment.units();
            whole &= segment.whole();
            throttled = throttled.isEmpty() ? segment.throttled() : throttled;
        }
        if (!throttled.isEmpty()) {
            scope.warn("Table " + path() + " was read in part, " + evidence.items()
                    + " items, because DynamoDB throttles: " + throttled
                    + ". Lower the target's scanRate, or give the table more read capacity");
        }
        if (evidence.isCut()) {
            scope.warn("Table " + path() + " has more than " + ItemEvidence.MOST_COLUMNS
                    + " attributes; those whose names come first are columns");
        }
        DynamoDbTable found = new DynamoDbTable(table, evidence, whole, units);
        scope.toSample(1);
        scope.sampled(found.sample());
        return new Findings(
                new ListedTarget(path(), evidence.items(), 0, 1, found.bytes(), evidence.items(), Map.of(), 1),
                List.of(found.table()),
                List.of(),
                "",
                location -> Presence.UNKNOWN);
    }
}
