package dev.mastic.crawler.crawl;

import dev.mastic.crawler.queue.EventQueues;
import dev.mastic.crawler.source.SourceException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Where the targets of crawlers are. The clients stay those of whoever made them.
 *
 * @param s3 reads S3 targets
 * @param dynamoDb reads DynamoDB targets; null when there is none
 * @param queues where EventQueueArn points
 */
public record TargetStores(S3Client s3, @Nullable DynamoDbClient dynamoDb, EventQueues queues) {
    /** S3 alone. */
    public static TargetStores of(S3Client s3) {
        return new TargetStores(s3, null, new EventQueues(region -> {
            throw new SourceException("This server has no SQS; leave EventQueueArn out");
        }));
    }

    /** These and a DynamoDB. */
    public TargetStores with(DynamoDbClient with) {
        return new TargetStores(s3, with, queues);
    }

    /** These with other queues. */
    public TargetStores with(EventQueues with) {
        return new TargetStores(s3, dynamoDb, with);
    }
}
