package dev.mastic.wire.sigv4;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mastic.wire.WireException;
import dev.mastic.wire.sigv4.AccessKeys.AccessKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The requests and signatures of AWS's Signature Version 4 test suite, in the form that AWS's own C library is tested by:
 * each request signed by headers and signed by its query. Of the suite's pairs with and without normalized paths, those
 * with: the ones without are how S3 signs.
 */
class PublishedVectorsTest {
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static final String DATE = "20150830T123600Z";
    private static final String CREDENTIAL = "AKIDEXAMPLE/20150830/us-east-1/service/aws4_request";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2015-08-30T12:36:00Z"), ZoneOffset.UTC);

    /**
     * A request and its signatures.
     *
     * @param headers name and value, in the order sent, without Host
     * @param tokenIsSigned false when the token is added after the signature is made
     */
    record Vector(
            String name,
            String method,
            String target,
            @Nullable List<List<String>> headers,
            @Nullable String body,
            @Nullable String token,
            @Nullable Boolean tokenIsSigned,
            String byHeaders,
            String byQuery) {

        boolean tokenComesLater() {
            return token != null && !Boolean.TRUE.equals(tokenIsSigned);
        }

        String path() {
            return target.contains("?") ? target.substring(0, target.indexOf('?')) : target;
        }

        String query() {
            return target.contains("?") ? target.substring(target.indexOf('?') + 1) : "";
        }

        byte[] bytes() {
            return Objects.requireNonNullElse(body, "").getBytes(StandardCharsets.UTF_8);
        }

        TreeMap<String, List<String>> sentHeaders() {
            TreeMap<String, List<String>> sent = new TreeMap<>();
            sent.put("host", List.of("example.amazonaws.com"));
            for (List<String> header : Objects.requireNonNullElse(headers, List.<List<String>>of())) {
                sent.computeIfAbsent(header.get(0).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                        .add(header.get(1));
            }
            return sent;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Vector> vectors() throws IOException {
        try (InputStream json = PublishedVectorsTest.class.getResourceAsStream("/spec/sigv4.json")) {
            return List.of(JsonMapper.builder().build().readValue(json, Vector[].class));
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void acceptsTheSignatureInHeaders(Vector vector) {
        SignedRequest request = byHeaders(vector, vector.byHeaders());

        assertThat(verifier(vector.token()).verify(request).principal()).isEqualTo("example");
        assertRefused(vector, byHeaders(vector, changed(vector.byHeaders())));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void acceptsTheSignatureInTheQuery(Vector vector) {
        SignedRequest request = byQuery(vector, vector.byQuery());

        assertThat(verifier(vector.token()).verify(request).principal()).isEqualTo("example");
        assertRefused(vector, byQuery(vector, changed(vector.byQuery())));
    }

    private static void assertRefused(Vector vector, SignedRequest request) {
        assertThatThrownBy(() -> verifier(vector.token()).verify(request))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("does not match");
    }

    private static SignedRequest byHeaders(Vector vector, String signature) {
        TreeMap<String, List<String>> headers = vector.sentHeaders();
        headers.put("x-amz-date", List.of(DATE));
        if (vector.body() != null) {
            headers.put("x-amz-content-sha256", List.of(sha256(vector.bytes())));
        }
        if (vector.token() != null && !vector.tokenComesLater()) {
            headers.put("x-amz-security-token", List.of(vector.token()));
        }
        String signed = String.join(";", headers.keySet());
        if (vector.tokenComesLater()) {
            headers.put("x-amz-security-token", List.of(Objects.requireNonNull(vector.token())));
        }
        headers.put(
                "authorization",
                List.of("AWS4-HMAC-SHA256 Credential=" + CREDENTIAL + ", SignedHeaders=" + signed + ", Signature="
                        + signature));
        return new SignedRequest(vector.method(), vector.path(), vector.query(), headers, vector.bytes());
    }

    private static SignedRequest byQuery(Vector vector, String signature) {
        TreeMap<String, List<String>> headers = vector.sentHeaders();
        StringBuilder query = new StringBuilder(vector.query());
        Map<String, String> parameters = new TreeMap<>(Map.of(
                "X-Amz-Algorithm",
                "AWS4-HMAC-SHA256",
                "X-Amz-Credential",
                CREDENTIAL,
                "X-Amz-Date",
                DATE,
                "X-Amz-SignedHeaders",
                String.join(";", headers.keySet()),
                "X-Amz-Expires",
                "3600",
                "X-Amz-Signature",
                signature));
        if (vector.tokenComesLater()) {
            // The suite adds it to the query; a server that signs the whole query takes it by the header alone.
            headers.put("x-amz-security-token", List.of(Objects.requireNonNull(vector.token())));
        } else if (vector.token() != null) {
            parameters.put("X-Amz-Security-Token", vector.token());
        }
        parameters.forEach((name, value) -> query.append(query.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return new SignedRequest(vector.method(), vector.path(), query.toString(), headers, vector.bytes());
    }

    private static SignatureVerifier verifier(@Nullable String token) {
        return new SignatureVerifier(id -> Optional.of(new AccessKey(id, SECRET, "example", token)), "service", CLOCK);
    }

    private static String changed(String signature) {
        return (signature.charAt(0) == '0' ? '1' : '0') + signature.substring(1);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
