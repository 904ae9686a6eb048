package dev.mastic.orchestration.event;

import dev.mastic.wire.rest.Json;
import dev.mastic.wire.rest.RestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class S3NotificationsTest {
    private static final String RECORD = """
            {"eventVersion":"2.1","eventSource":"aws:s3","eventTime":"2026-01-02T03:04:05.678Z",
             "eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"landing"},
             "object":{"key":"in/a+b%20%C3%A4%2B.csv","size":12,"eTag":"\\"abc\\"","sequencer":"0055AED6DCD90281E5"}}}
            """;

    @Test
    void understandsS3AndDecodesTheKey() {
        assertThat(parse("{\"Records\":[" + RECORD + "]}"))
                .containsExactly(new BucketEvent(
                        "ObjectCreated:Put",
                        "landing",
                        "in/a b ä+.csv",
                        "abc",
                        12,
                        "0055AED6DCD90281E5",
                        Instant.parse("2026-01-02T03:04:05.678Z")));
    }

    @Test
    void understandsMinio() {
        List<BucketEvent> events = parse("""
                {"EventName":"s3:ObjectCreated:CompleteMultipartUpload","Key":"landing/in/a.csv","Records":[
                 {"eventName":"s3:ObjectCreated:CompleteMultipartUpload","eventTime":"2026-01-02T03:04:05Z",
                  "s3":{"bucket":{"name":"landing"},"object":{"key":"in%2Fa.csv","size":1,"eTag":"e","sequencer":"1"}}}]}
                """);

        assertThat(events)
                .extracting(BucketEvent::name, BucketEvent::key)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("ObjectCreated:CompleteMultipartUpload", "in/a.csv"));
    }

    @Test
    void unwrapsSns() {
        String wrapped = Json.text(Map.of("Type", "Notification", "Message", "{\"Records\":[" + RECORD + "]}"));

        assertThat(parse(wrapped)).extracting(BucketEvent::bucket).containsExactly("landing");
        assertThat(parse("{\"Type\":\"SubscriptionConfirmation\",\"Message\":\"visit\"}"))
                .isEmpty();
    }

    @Test
    void understandsEventBridgeAndDoesNotDecodeItsKey() {
        List<BucketEvent> events = parse("""
                {"version":"0","detail-type":"Object Created","source":"aws.s3","time":"2026-01-02T03:04:05Z",
                 "detail":{"bucket":{"name":"landing"},"object":{"key":"in/a+b%20.csv","size":5,"etag":"e",
                 "sequencer":"00"},"reason":"PutObject"}}
                """);

        assertThat(events)
                .extracting(BucketEvent::name, BucketEvent::key)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("ObjectCreated:Put", "in/a+b%20.csv"));
    }

    @Test
    void takesTheTestEventForNoEvent() {
        assertThat(parse("{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"landing\"}"))
                .isEmpty();
        assertThat(parse("{\"Records\":[]}")).isEmpty();
    }

    @Test
    void ordersSequencersOfDifferentLength() {
        assertThat(event("0055AE").comparableSequencer())
                .isLessThan(event("0055AED6").comparableSequencer());
        assertThat(event("0055af").comparableSequencer())
                .isGreaterThan(event("0055AED6").comparableSequencer());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "[]",
                "null",
                "{}",
                "{\"Records\":[1]}",
                "{\"Records\":[{}]}",
                "{\"Records\":[{\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":{\"name\":\"b\"}}}]}",
                "{\"Records\":[{\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":{\"name\":\"b\"},"
                        + "\"object\":{\"key\":\"%zz\",\"eTag\":\"e\"}}}]}",
                "{\"Records\":[{\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":{\"name\":\"b\"},"
                        + "\"object\":{\"key\":\"a%00b\",\"eTag\":\"e\"}}}]}",
                "{\"Records\":[{\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":{\"name\":\"b\"},"
                        + "\"object\":{\"key\":\"no-etag\"}}}]}",
                "{\"Records\":[{\"eventName\":\"ObjectCreated:Put\",\"eventTime\":\"noon\",\"s3\":{\"bucket\":"
                        + "{\"name\":\"b\"},\"object\":{\"key\":\"k\",\"eTag\":\"e\"}}}]}",
                "{\"Records\":[{\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":{\"name\":\"b\"},"
                        + "\"object\":{\"key\":\"k\",\"eTag\":\"e\",\"size\":-1}}}]}",
                "{\"Records\":[{\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":{\"name\":\"b\"},"
                        + "\"object\":{\"key\":\"k\",\"eTag\":\"e\",\"size\":99999999999999999999}}}]}",
                "{\"detail-type\":\"Object Created\",\"source\":\"aws.glue\",\"detail\":{}}",
                "{\"Type\":\"Notification\",\"Message\":\"not json\"}",
                "{\"Type\":\"Notification\",\"Message\":7}"
            })
    void refusesWhatIsNoNotification(String body) {
        assertThatThrownBy(() -> parse(body))
                .isInstanceOfSatisfying(
                        RestException.class, e -> assertThat(e.status()).isEqualTo(400));
    }

    @Test
    void namesTheMemberThatIsWrong() {
        assertThatThrownBy(() -> parse("{\"Records\":[" + RECORD + ",{\"eventName\":\"x\"}]}"))
                .hasMessage("Records[1].s3 is missing or no object");
    }

    private static BucketEvent event(String sequencer) {
        return new BucketEvent("ObjectCreated:Put", "b", "k", "e", 1, sequencer, Instant.EPOCH);
    }

    private static List<BucketEvent> parse(String body) {
        return S3Notifications.parse(body.getBytes(StandardCharsets.UTF_8));
    }
}
