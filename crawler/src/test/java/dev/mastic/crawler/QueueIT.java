package dev.mastic.crawler;

import dev.mastic.crawler.crawl.TargetStores;
import dev.mastic.crawler.queue.EventQueues;
import dev.mastic.testing.TestObjectStore;
import org.apache.pekko.http.scaladsl.Http;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.LastCrawlInfo;
import software.amazon.awssdk.services.glue.model.RecrawlBehavior;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

import java.net.URI;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Crawlers in event mode with a queue, by the AWS SDK against a server that speaks SQS. */
class QueueIT {
    private static final String ARN = "arn:aws:sqs:us-east-1:000000000000:landing";

    private static SQSRestServer server;
    private static SqsClient sqs;
    private String queue;
    private CrawlFixture fixture;

    @BeforeAll
    static void start() {
        server = SQSRestServerBuilder.withDynamicPort()
                .withInterface("127.0.0.1")
                .start();
        Http.ServerBinding binding = server.waitUntilStarted();
        sqs = SqsClient.builder()
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + binding.localAddress().getPort()))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .build();
    }

    @AfterAll
    static void stop() {
        sqs.close();
        server.stopAndWait();
    }

    @BeforeEach
    void open() {
        queue = sqs.createQueue(request -> request.queueName("landing")).queueUrl();
        fixture =
                new CrawlFixture(TargetStores.of(TestObjectStore.shared().s3()).with(new EventQueues(region -> sqs)));
    }

    @AfterEach
    void close() {
        fixture.close();
        sqs.deleteQueue(request -> request.queueUrl(queue));
    }

    @Test
    void listsTheFoldersThatMessagesName() {
        fixture.put("t/day=1/a.csv", "id,v\n1,2\n");
        createCrawler();
        fixture.crawl();
        fixture.put("t/day=2/a.csv", "id,v\n1,2\n");
        fixture.put("t/day=3 x/a.csv", "id,v\n1,2\n");
        fixture.put("t/day=4/a.csv", "id,v\n1,2\n");
        fixture.put("t/day=5/a.csv", "id,v\n1,2\n");
        send("{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"" + fixture.bucket + "\"}");
        for (int i = 0; i < 12; i++) {
            send(record("t/day%3D2/a.csv"));
        }
        send(record("t/day%3D3+x/a.csv"));
        send("{\"Type\":\"Notification\",\"TopicArn\":\"arn:aws:sns:x\",\"Message\":\""
                + record("t/day%3D4/a.csv").replace("\"", "\\\"") + "\"}");
        send("{\"source\":\"aws.s3\",\"detail\":{\"bucket\":{\"name\":\"" + fixture.bucket
                + "\"},\"object\":{\"key\":\"t/day=5/a.csv\"}}}");
        send("this is no event");

        Map<String, Object> report = fixture.crawl();

        assertThat(last("mode")).isEqualTo("EVENTS");
        assertThat(last("objectsListed")).isEqualTo(4);
        assertThat(fixture.partitions("t"))
                .extracting(partition -> partition.values().get(0))
                .containsExactlyInAnyOrder("1", "2", "3 x", "4", "5");
        assertThat(CrawlFixture.warnings(report))
                .anyMatch(warning -> warning.contains("stays in the queue: The message is not JSON"));
        assertThat(waiting()).as("the message that is no event").isEqualTo("1");

        fixture.crawl();
        assertThat(last("objectsListed")).isEqualTo(0);
    }

    @Test
    void namesAQueueThatIsMissing() {
        createCrawler();
        sqs.deleteQueue(request -> request.queueUrl(queue));

        LastCrawlInfo last = fixture.crawlToEnd();

        assertThat(last.statusAsString()).isEqualTo("FAILED");
        assertThat(last.errorMessage()).contains("Queue " + ARN + " does not exist");
        queue = sqs.createQueue(request -> request.queueName("landing")).queueUrl();
    }

    @Test
    void refusesWhatIsNoQueue() {
        assertThatThrownBy(() -> createCrawler("https://sqs.us-east-1.amazonaws.com/1/landing"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is no ARN of a queue");
    }

    private void createCrawler() {
        createCrawler(ARN);
    }

    private void createCrawler(String arn) {
        fixture.createCrawler(request -> request.recrawlPolicy(
                        policy -> policy.recrawlBehavior(RecrawlBehavior.CRAWL_EVENT_MODE))
                .targets(targets ->
                        targets.s3Targets(target -> target.path(fixture.uri("")).eventQueueArn(arn))));
    }

    private String record(String key) {
        return "{\"Records\":[{\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":{\"name\":\"" + fixture.bucket
                + "\"},\"object\":{\"key\":\"" + key + "\"}}}]}";
    }

    private static String waitingName() {
        return QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE.toString();
    }

    private String waiting() {
        return sqs.getQueueAttributes(request -> request.queueUrl(queue)
                        .attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .attributesAsStrings()
                .get(waitingName());
    }

    private void send(String body) {
        sqs.sendMessage(request -> request.queueUrl(queue).messageBody(body));
    }

    private Object last(String member) {
        return fixture.rest("GET", "/api/v1/crawlers/crawler/crawls/latest").get(member);
    }
}
