package dev.mastic.wire.sigv4;

import dev.mastic.wire.WireException;
import dev.mastic.wire.sigv4.AccessKeys.AccessKey;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

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
    void acceptsThePublishedExample() {
        // "get-vanilla" of AWS's Signature Version 4 test suite.
        SignatureVerifier published = new SignatureVerifier(
                id -> Optional.of(new AccessKey(id, "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "example")),
                "service",
                Clock.fixed(Instant.parse("2015-08-30T12:36:00Z"), ZoneOffset.UTC));
        Map<String, List<String>> headers = Map.of(
                "host", List.of("example.amazonaws.com"),
                "x-amz-date", List.of("20150830T123600Z"),
                "authorization",
                        List.of("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                                + " SignedHeaders=host;x-amz-date,"
                                + " Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"));

        assertThat(published
                        .verify(new SignedRequest("GET", "/", "", headers, new byte[0]))
                        .principal())
                .isEqualTo("example");
    }

    @Test
    void acceptsWhatTheSdkSigns() {
        for (String uri : List.of(
                "http://localhost:7700/",
                "http://localhost:7700/api/v1/runs/jr_1/logs?tail=10&b=%20x&a=1",
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
    void refusesAClockThatIsSixteenMinutesOff() {
        SignedRequest signed = signed("http://localhost/", "{}", "AKID", "s3cr3t", Duration.ZERO);

        assertThat(verifier(NOW.plus(Duration.ofMinutes(14))).verify(signed).id())
                .isEqualTo("AKID");
        assertError(
                verifier(NOW.plus(Duration.ofMinutes(16))), signed, "InvalidSignatureException", "Signature expired");
        assertError(
                verifier(NOW.minus(Duration.ofMinutes(16))),
                signed,
                "InvalidSignatureException",
                "Signature not yet current");
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

    private static void assertError(SignatureVerifier verifier, SignedRequest request, String type, String message) {
        assertThatThrownBy(() -> verifier.verify(request))
                .isInstanceOf(WireException.class)
                .hasMessageContaining(message)
                .extracting(failure -> ((WireException) failure).errorType())
                .isEqualTo(type);
    }

    private static SignatureVerifier verifier(Instant now) {
        return new SignatureVerifier(
                id -> Optional.of(KEY).filter(key -> key.id().equals(id)), "glue", Clock.fixed(now, ZoneOffset.UTC));
    }

    private static SignedRequest signed(String uri, String body, String id, String secret, Duration presigned) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(bytes.length == 0 ? SdkHttpMethod.GET : SdkHttpMethod.POST)
                .uri(URI.create(uri))
                .putHeader("X-Amz-Target", "AWSGlue.GetTables")
                .build();
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(sign -> {
                    sign.identity(AwsCredentialsIdentity.create(id, secret))
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
