package dev.mastic.crawler.queue;

import dev.mastic.crawler.source.Cancellation;
import dev.mastic.crawler.source.SourceException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes messages out of queues of SQS, or of a server that speaks as SQS does. Thread-safe. */
public final class EventQueues {
    /** As many as Glue takes in one crawl. */
    private static final int MOST_MESSAGES = 100_000;

    private static final int RECEIVED_AT_ONCE = 10;
    private static final int KEPT_AT_ONCE = 500;
    private static final int SECONDS_TO_WAIT = 1;
    private static final Pattern ARN = Pattern.compile("arn:[a-z-]+:sqs:([a-z0-9-]+):([0-9]+):([A-Za-z0-9_.-]{1,80})");

    private final Function<String, SqsClient> clients;

    /** @param clients the client for a region; asked once for each crawl, and closed by whoever made it */
    public EventQueues(Function<String, SqsClient> clients) {
        this.clients = clients;
    }

    /** @throws InvalidInputException when the text is no ARN of a queue */
    public static void check(String arn) {
        if (!ARN.matcher(arn).matches()) {
            throw InvalidInputException.builder()
                    .message("EventQueueArn '" + arn + "' is no ARN of a queue; an example is"
                            + " arn:aws:sqs:us-east-1:123456789012:landing-events")
                    .build();
        }
    }

    /**
     * Takes the messages that wait, 100,000 at most. A message leaves the queue when {@code keep} has returned; one that
     * cannot be understood stays, so that the queue's redrive policy moves it to its dead-letter queue.
     *
     * @param keep makes folders durable, given as {@code s3://bucket/prefix/}
     * @param warn told of messages that cannot be understood
     * @throws SourceException when the queue is missing, refused or out of reach
     */
    public void drain(String arn, Cancellation cancellation, Consumer<Set<String>> keep, Consumer<String> warn) {
        Matcher parts = ARN.matcher(arn);
        if (!parts.matches()) {
            check(arn);
        }
        try {
            SqsClient sqs = clients.apply(parts.group(1));
            String url = sqs.getQueueUrl(
                            request -> request.queueName(parts.group(3)).queueOwnerAWSAccountId(parts.group(2)))
                    .queueUrl();
            drain(sqs, url, cancellation, keep, warn);
        } catch (QueueDoesNotExistException e) {
            throw new SourceException("Queue " + arn + " does not exist; create it or correct EventQueueArn", e);
        } catch (SdkException e) {
            throw new SourceException(
                    "Queue " + arn + " does not answer: " + e.getMessage()
                            + ". Its messages wait; start the crawler again",
                    e);
        }
    }

    private static void drain(
            SqsClient sqs, String url, Cancellation cancellation, Consumer<Set<String>> keep, Consumer<String> warn) {
        List<Message> understood = new ArrayList<>();
        Set<String> folders = new TreeSet<>();
        int taken = 0;
        while (taken < MOST_MESSAGES) {
            cancellation.check();
            List<Message> messages = sqs.receiveMessage(request -> request.queueUrl(url)
                            .maxNumberOfMessages(RECEIVED_AT_ONCE)
                            .waitTimeSeconds(SECONDS_TO_WAIT))
                    .messages();
            if (messages.isEmpty()) {
                break;
            }
            taken += messages.size();
            for (Message message : messages) {
                @Nullable String problem = add(message, folders);
                if (problem == null) {
                    understood.add(message);
                } else {
                    warn.accept("Message " + message.messageId() + " stays in the queue: " + problem);
                }
            }
            if (understood.size() >= KEPT_AT_ONCE) {
                keep(sqs, url, understood, folders, keep);
            }
        }
        keep(sqs, url, understood, folders, keep);
    }

    private static @Nullable String add(Message message, Set<String> folders) {
        try {
            folders.addAll(EventMessage.folders(message.body()));
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    private static void keep(
            SqsClient sqs, String url, List<Message> messages, Set<String> folders, Consumer<Set<String>> keep) {
        keep.accept(Set.copyOf(folders));
        for (int from = 0; from < messages.size(); from += RECEIVED_AT_ONCE) {
            List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>();
            for (Message message : messages.subList(from, Math.min(messages.size(), from + RECEIVED_AT_ONCE))) {
                entries.add(DeleteMessageBatchRequestEntry.builder()
                        .id(String.valueOf(entries.size()))
                        .receiptHandle(message.receiptHandle())
                        .build());
            }
            // A message that is not deleted comes again, and says once more where to look.
            sqs.deleteMessageBatch(request -> request.queueUrl(url).entries(entries));
        }
        messages.clear();
        folders.clear();
    }
}
