package dev.mastic.server;

import dev.mastic.testing.TestFolders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

import static org.assertj.core.api.Assertions.assertThat;

/** Signatures as a server meets them: signed by the AWS SDK, sent by HTTP, some of them changed on the way. */
class SignaturesIT {
    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);
    private static final AwsCredentialsIdentity KEY = AwsCredentialsIdentity.create("mastic", "mastic");
    private static final Duration NOT_PRESIGNED = Duration.ZERO;

    private static MasticServer server;
    private static WireConnection connection;

    @BeforeAll
    static void start() throws Exception {
        server = MasticServer.start(
                ServerIT.settings(TestFolders.create("signatures")),
                Files.createDirectories(Path.of("target", "no-driver")));
        connection = new WireConnection(server.address(), 30_000);
    }

    @AfterAll
    static void stop() throws Exception {
        connection.close();
        server.close();
    }

    @Test
    void answersAPresignedRequestUntilItExpires() throws Exception {
        Instant now = Instant.now();

        assertAnswer(send(KEY, now, Duration.ofMinutes(1)), 200, "", "DatabaseList");
        assertAnswer(send(KEY, now.minus(Duration.ofDays(6)), Duration.ofDays(7)), 200, "", "DatabaseList");
        assertAnswer(
                send(KEY, now.minusSeconds(120), Duration.ofMinutes(1)),
                400,
                "InvalidSignatureException",
                "Signature expired");
        assertAnswer(
                send(KEY, now.plusSeconds(1000), Duration.ofDays(1)),
                400,
                "InvalidSignatureException",
                "Signature not yet current");
    }

    @Test
    void refusesAPresignedRequestWhoseLifeWasChanged() throws Exception {
        for (String seconds : new String[] {"0", "604801"}) {
            assertAnswer(
                    send(KEY, Instant.now(), Duration.ofMinutes(1), head -> {
                        head.path = head.path.replace("X-Amz-Expires=60", "X-Amz-Expires=" + seconds);
                        return head;
                    }),
                    400,
                    "IncompleteSignatureException",
                    "between 1 and 604800");
        }
        assertAnswer(
                send(KEY, Instant.now(), Duration.ofMinutes(1), head -> {
                    head.path = head.path.replace("X-Amz-Expires=60", "X-Amz-Expires=604800");
                    return head;
                }),
                400,
                "InvalidSignatureException",
                "does not match");
        assertAnswer(
                send(KEY, Instant.now(), Duration.ofMinutes(1), head -> {
                    head.path += "&X-Amz-Expires=604800";
                    return head;
                }),
                400,
                "IncompleteSignatureException",
                "given twice");
    }

    @Test
    void refusesARequestOfAnotherHour() throws Exception {
        Instant now = Instant.now();

        assertAnswer(send(KEY, now.minusSeconds(840), NOT_PRESIGNED), 200, "", "DatabaseList");
        assertAnswer(send(KEY, now.plusSeconds(840), NOT_PRESIGNED), 200, "", "DatabaseList");
        assertAnswer(
                send(KEY, now.minusSeconds(960), NOT_PRESIGNED), 400, "InvalidSignatureException", "Signature expired");
        assertAnswer(
                send(KEY, now.plusSeconds(960), NOT_PRESIGNED),
                400,
                "InvalidSignatureException",
                "Signature not yet current");
    }

    @Test
    void saysThatItsKeysHaveNoSessionToken() throws Exception {
        AwsSessionCredentialsIdentity temporary = AwsSessionCredentialsIdentity.create("mastic", "mastic", "a-token");

        for (Duration life : new Duration[] {NOT_PRESIGNED, Duration.ofMinutes(1)}) {
            assertAnswer(
                    send(temporary, Instant.now(), life),
                    400,
                    "UnrecognizedClientException",
                    "Unset AWS_SESSION_TOKEN");
        }
    }

    @Test
    void refusesAnotherTargetThanTheSignedOne() throws Exception {
        assertAnswer(
                send(KEY, Instant.now(), NOT_PRESIGNED, head -> {
                    head.headers.put("X-Amz-Target", "AWSGlue.GetJobs");
                    return head;
                }),
                400,
                "InvalidSignatureException",
                "does not match");
        assertAnswer(
                send(KEY, Instant.now(), NOT_PRESIGNED, head -> {
                    head.headers.computeIfPresent("Authorization", (name, value) -> value.replace(";x-amz-target", ""));
                    return head;
                }),
                400,
                "IncompleteSignatureException",
                "'x-amz-target' must be a signed header");
    }

    @Test
    void refusesTwoSignatures() throws Exception {
        assertAnswer(
                send(KEY, Instant.now(), Duration.ofMinutes(1), head -> {
                    head.headers.put("Authorization", "AWS4-HMAC-SHA256 Credential=x");
                    return head;
                }),
                400,
                "IncompleteSignatureException",
                "given twice");
    }

    @Test
    void refusesABodyThatIsNotSigned() throws Exception {
        assertAnswer(
                send(KEY, Instant.now(), NOT_PRESIGNED, head -> {
                    head.headers.put("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
                    return head;
                }),
                400,
                "InvalidSignatureException",
                "S3 alone");
    }

    /** What is sent before the body; a change of it comes after the signature. */
    private static final class Head {
        private String path;
        private final Map<String, String> headers = new LinkedHashMap<>();

        private Head(String path) {
            this.path = path;
        }
    }

    private static WireConnection.Answer send(AwsCredentialsIdentity identity, Instant time, Duration presigned)
            throws Exception {
        return send(identity, time, presigned, head -> head);
    }

    private static WireConnection.Answer send(
            AwsCredentialsIdentity identity, Instant time, Duration presigned, UnaryOperator<Head> change)
            throws Exception {
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(sign -> {
                    sign.identity(identity)
                            .request(SdkHttpRequest.builder()
                                    .method(SdkHttpMethod.POST)
                                    .uri(server.address())
                                    .encodedPath("/")
                                    .putHeader("X-Amz-Target", "AWSGlue.GetDatabases")
                                    .build())
                            .payload(() -> new ByteArrayInputStream(BODY))
                            .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "glue")
                            .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                            .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(time, ZoneOffset.UTC));
                    if (!presigned.isZero()) {
                        sign.putProperty(AwsV4HttpSigner.AUTH_LOCATION, AwsV4HttpSigner.AuthLocation.QUERY_STRING)
                                .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, presigned);
                    }
                })
                .request();
        Head head = new Head(
                "/" + signed.encodedQueryParameters().map(query -> "?" + query).orElse(""));
        signed.headers().forEach((name, values) -> {
            if (!name.equalsIgnoreCase("Host")) {
                head.headers.put(name, String.join(",", values));
            }
        });
        Head changed = change.apply(head);
        return connection.send("POST", changed.path, changed.headers, BODY);
    }

    private static void assertAnswer(WireConnection.Answer answer, int status, String errorType, String body) {
        assertThat(answer.body()).contains(body);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.errorType()).isEqualTo(errorType);
    }
}
