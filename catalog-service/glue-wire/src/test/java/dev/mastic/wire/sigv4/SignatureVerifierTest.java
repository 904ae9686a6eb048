package dev.mastic.wire.sigv4;

import dev.mastic.wire.WireException;
import dev.mastic.wire.sigv4.AccessKeys.AccessKey;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SignatureVerifierTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final AccessKey KEY = new AccessKey("AKID", "s3cr3t", "ada");

    private final SignatureVerifier verifier = verifier(NOW);

    @Test
    void acceptsWhatTheSdkSigns() {
        for (String uri : List.of(
                "http://localhost:7700/",
                "http://localhost:7700/api/v1/runs/jr_1/logs?tail=10&b=%20x&a=1",
                "http://localhost:7700/a//b/./c/../d/",
                "http://localhost:7700/?a-b=1&a=2&a=1&A=3",
                "http://localhost:7700/a%20b/%C3%A9/c")) {
            assertThat(verifier.verify(signed(uri, "{}", "AKID", "s3cr3t", Duration.ZERO))
                            .principal())
                    .as(uri)
                    .isEqualTo("ada");
        }
    }

    @Test
    void acceptsAPresignedAddressUntilItExpires() {
        SignedRequest presigned = signed("http://localhost/api/v1/x", "", "AKID", "s3cr3t", Duration.ofMinutes(30));

        assertThat(verifier(NOW.plus(Duration.ofMinutes(29))).verify(presigned).principal())
                .isEqualTo("ada");
        assertError(
                verifier(NOW.plus(Duration.ofMinutes(31))),
                presigned,
                "InvalidSignatureException",
                "Signature expired");
    }

    @Test
    void refusesAWrongSecret() {
        assertError(
                verifier,
                signed("http://localhost/", "{}", "AKID", "wrong", Duration.ZERO),
                "InvalidSignatureException",
                "The request signature we calculated does not match");
    }

    @Test
    void refusesAnUnknownKey() {
        assertError(
                verifier,
                signed("http://localhost/", "{}", "OTHER", "s3cr3t", Duration.ZERO),
                "UnrecognizedClientException",
                "The security token included in the request is invalid.");
    }

    @Test
    void refusesAChangedBody() {
        SignedRequest signed = signed("http://localhost/", "{\"Name\":\"a\"}", "AKID", "s3cr3t", Duration.ZERO);
        SignedRequest changed = new SignedRequest(
                signed.method(),
                signed.path(),
                signed.query(),
                signed.headers(),
                "{\"Name\":\"b\"}".getBytes(StandardCharsets.UTF_8));

        assertError(verifier, changed, "InvalidSignatureException", "does not match");
    }

    @Test
    void takesAClockThatIsFifteenMinutesOffAndNoMore() {
        SignedRequest signed = signed("http://localhost/", "{}", "AKID", "s3cr3t", Duration.ZERO);
        Duration most = Duration.ofMinutes(15);

        for (Duration off : List.of(most, most.negated())) {
            assertThat(verifier(NOW.plus(off)).verify(signed).id()).isEqualTo("AKID");
        }
        assertError(verifier(NOW.plus(most.plusSeconds(1))), signed, "InvalidSignatureException", "Signature expired");
        assertError(
                verifier(NOW.minus(most.plusSeconds(1))),
                signed,
                "InvalidSignatureException",
                "Signature not yet current");
    }

    @Test
    void asksATemporaryKeyForItsToken() {
        AccessKey temporary = new AccessKey("AKID", "s3cr3t", "ada", "the-token");
        SignatureVerifier verifying =
                new SignatureVerifier(id -> Optional.of(temporary), "glue", Clock.fixed(NOW, ZoneOffset.UTC));

        assertThat(verifying.verify(withToken("the-token")).principal()).isEqualTo("ada");
        for (SignedRequest request :
                List.of(withToken("another"), signed("http://localhost/", "{}", "AKID", "s3cr3t", Duration.ZERO))) {
            assertError(
                    verifying,
                    request,
                    "UnrecognizedClientException",
                    "The security token included in the request is invalid.");
        }
        assertThat(temporary.toString()).doesNotContain("s3cr3t").doesNotContain("the-token");
    }

    @Test
    void saysThatALongTermKeyHasNoToken() {
        assertError(verifier, withToken("any"), "UnrecognizedClientException", "Unset AWS_SESSION_TOKEN");
    }

    private static SignedRequest withToken(String token) {
        return signed(
                "http://localhost/",
                "{}",
                AwsSessionCredentialsIdentity.create("AKID", "s3cr3t", token),
                Duration.ZERO);
    }

    @Test
    void refusesATargetThatIsNotSigned() {
        SignedRequest signed = signed("http://localhost/", "{}", "AKID", "s3cr3t", Duration.ZERO);
        String authorization = signed.headers().get("authorization").get(0);

        assertError(
                verifier,
                with(signed, "authorization", authorization.replace(";x-amz-target", "")),
                "IncompleteSignatureException",
                "'x-amz-target' must be a signed header");
        assertError(
                verifier,
                with(signed, "x-amz-target", "AWSGlue.DeleteDatabase"),
                "InvalidSignatureException",
                "does not match");
    }

    @Test
    void refusesWhatIsGivenTwice() {
        SignedRequest signed = signed("http://localhost/", "{}", "AKID", "s3cr3t", Duration.ZERO);
        SignedRequest presigned = signed("http://localhost/api", "", "AKID", "s3cr3t", Duration.ofMinutes(1));
        String authorization = signed.headers().get("authorization").get(0);

        for (SignedRequest request : List.of(
                with(signed, "authorization", authorization, authorization),
                with(signed, "x-amz-date", "20260102T030405Z", "20260102T030405Z"),
                with(signed, "authorization", authorization + ", Signature=0"),
                withQuery(presigned, presigned.query() + "&X-Amz-Expires=604800"),
                withQuery(presigned, presigned.query() + "&X%2DAmz-Date=20260102T030405Z"),
                with(presigned, "authorization", authorization))) {
            assertError(verifier, request, "IncompleteSignatureException", "twice", "2 times");
        }
    }

    @Test
    void holdsTheLifeOfAPresignedAddressBetweenASecondAndAWeek() {
        SignedRequest week = signed("http://localhost/api", "", "AKID", "s3cr3t", Duration.ofDays(7));

        assertThat(verifier(NOW.plus(Duration.ofDays(7))).verify(week).id()).isEqualTo("AKID");
        for (String seconds : List.of("0", "-1", "604801", "9223372036854775807", "1e3", "", "99999999999999999999")) {
            assertError(
                    verifier,
                    withQuery(week, week.query().replace("X-Amz-Expires=604800", "X-Amz-Expires=" + seconds)),
                    "IncompleteSignatureException",
                    "X-Amz-Expires");
        }
    }

    @Test
    void refusesABodyThatIsNotSigned() {
        SignedRequest signed = signed("http://localhost/", "{}", "AKID", "s3cr3t", Duration.ZERO);

        assertError(
                verifier,
                with(signed, "x-amz-content-sha256", "UNSIGNED-PAYLOAD"),
                "InvalidSignatureException",
                "which S3 alone takes");
    }

    private static SignedRequest with(SignedRequest request, String header, String... values) {
        Map<String, List<String>> headers = new HashMap<>(request.headers());
        headers.put(header, List.of(values));
        return new SignedRequest(request.method(), request.path(), request.query(), headers, request.body());
    }

    private static SignedRequest withQuery(SignedRequest request, String query) {
        return new SignedRequest(request.method(), request.path(), query, request.headers(), request.body());
    }

    @Test
    void refusesARequestWithoutASignature() {
        assertError(
                verifier,
                new SignedRequest("POST", "/", "", Map.of("host", List.of("x")), new byte[0]),
                "MissingAuthenticationTokenException",
                "Missing Authentication Token");
    }

    @Test
    void refusesGarbageWithoutAFault() {
        for (String authorization : List.of(
                "",
                "Basic eDp5",
                "AWS4-HMAC-SHA256",
                "AWS4-HMAC-SHA256 Credential=",
                "AWS4-HMAC-SHA256 Credential=AKID, SignedHeaders=host, Signature=0",
                "AWS4-HMAC-SHA256 Credential=AKID/20260102/us-east-1/glue/aws4_request, SignedHeaders=, Signature=0",
                "AWS4-HMAC-SHA256 Credential=AKID/20260102/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0",
                "AWS4-HMAC-SHA256 Credential=AKID/1/2/3/4/5, SignedHeaders=host, Signature=0",
                "AWS4-HMAC-SHA256 Credential=AKID/20260102/us-east-1/glue/aws4_request, SignedHeaders=host;nope,"
                        + " Signature=0")) {
            Map<String, List<String>> headers = Map.of(
                    "host", List.of("x"),
                    "x-amz-date", List.of("20260102T030405Z"),
                    "authorization", List.of(authorization));
            assertThatThrownBy(() -> verifier.verify(new SignedRequest("POST", "/", "", headers, new byte[0])))
                    .as(authorization)
                    .isInstanceOf(WireException.class);
        }
    }

    @Test
    void neverShowsASecret() {
        assertThat(KEY.toString()).doesNotContain("s3cr3t");
    }

    private static void assertError(
            SignatureVerifier verifier, SignedRequest request, String type, String... oneOfMessages) {
        assertThatThrownBy(() -> verifier.verify(request))
                .isInstanceOf(WireException.class)
                .message()
                .satisfies(message -> assertThat(oneOfMessages).anyMatch(message::contains));
        assertThatThrownBy(() -> verifier.verify(request))
                .extracting(failure -> ((WireException) failure).errorType())
                .isEqualTo(type);
    }

    private static SignatureVerifier verifier(Instant now) {
        return new SignatureVerifier(
                id -> Optional.of(KEY).filter(key -> key.id().equals(id)), "glue", Clock.fixed(now, ZoneOffset.UTC));
    }

    private static SignedRequest signed(String uri, String body, String id, String secret, Duration presigned) {
        return signed(uri, body, AwsCredentialsIdentity.create(id, secret), presigned);
    }

    private static SignedRequest signed(String uri, String body, AwsCredentialsIdentity identity, Duration presigned) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(bytes.length == 0 ? SdkHttpMethod.GET : SdkHttpMethod.POST)
                .uri(URI.create(uri))
                .putHeader("X-Amz-Target", "AWSGlue.GetTables")
                .build();
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(sign -> {
                    sign.identity(identity)
                            .request(request)
                            .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "glue")
                            .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                            .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(NOW, ZoneOffset.UTC));
                    if (bytes.length > 0) {
                        sign.payload(() -> new ByteArrayInputStream(bytes));
                    }
                    if (!presigned.isZero()) {
                        sign.putProperty(AwsV4HttpSigner.AUTH_LOCATION, AwsV4HttpSigner.AuthLocation.QUERY_STRING)
                                .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, presigned);
                    }
                })
                .request();
        Map<String, List<String>> headers = new HashMap<>();
        signed.headers().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        headers.putIfAbsent("host", List.of(URI.create(uri).getAuthority()));
        return new SignedRequest(
                signed.method().name(),
                signed.encodedPath(),
                signed.encodedQueryParameters().orElse(""),
                headers,
                bytes);
    }
}
