package dev.mastic.wire.sigv4;

import dev.mastic.wire.WireException;
import dev.mastic.wire.sigv4.AccessKeys.AccessKey;
import org.jspecify.annotations.Nullable;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Verifies AWS Signature Version 4 as the "Signature Version 4 signing process" of AWS describes it, for a service other
 * than S3: the body is always hashed and compared, path segments are encoded twice. Answers each breach with the error
 * that Glue gives. Thread-safe; keeps nothing between requests.
 */
public final class SignatureVerifier {
    private static final Duration SKEW = Duration.ofMinutes(15);
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final HexFormat HEX = HexFormat.of();
    private static final String INVALID = "InvalidSignatureException";

    private final AccessKeys keys;
    private final String service;
    private final Clock clock;

    /** @param service name in the credential scope, {@code glue} */
    public SignatureVerifier(AccessKeys keys, String service, Clock clock) {
        this.keys = keys;
        this.service = service;
        this.clock = clock;
    }

    /**
     * Whose request it is.
     *
     * @throws WireException {@code MissingAuthenticationTokenException}, {@code IncompleteSignatureException}, {@code
     *     UnrecognizedClientException} or {@code InvalidSignatureException}, as Glue answers
     */
    public AccessKey verify(SignedRequest request) {
        Claim claim = Claim.of(request, SKEW);
        checkScope(claim);
        checkHeaders(claim, request);
        checkTime(claim);
        AccessKey key = keys.find(claim.accessKeyId())
                .orElseThrow(() -> Claim.refuse(
                        "UnrecognizedClientException", "The security token included in the request is invalid."));
        checkToken(claim.sessionToken(), key.sessionToken());
        byte[] expected = signature(claim, request, key.secret());
        if (!MessageDigest.isEqual(expected, claim.signature().getBytes(StandardCharsets.UTF_8))) {
            throw Claim.refuse(
                    INVALID,
                    "The request signature we calculated does not match the signature you provided. Check your AWS"
                            + " Secret Access Key and signing method. Consult the service documentation for details.");
        }
        return key;
    }

    private void checkScope(Claim claim) {
        List<String> scope = claim.scope();
        if (scope.size() != 4 || !scope.get(3).equals("aws4_request")) {
            throw Claim.incomplete("Credential must be <access key>/<date>/<region>/<service>/aws4_request");
        }
        if (!scope.get(2).equals(service)) {
            throw Claim.refuse(INVALID, "Credential should be scoped to correct service: '" + service + "'.");
        }
        if (!claim.timestamp().startsWith(scope.get(0)) || scope.get(0).length() != 8) {
            throw Claim.refuse(
                    INVALID,
                    "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '"
                            + scope.get(0) + "' != '" + claim.timestamp() + "'.");
        }
    }

    private static void checkHeaders(Claim claim, SignedRequest request) {
        if (!claim.signedHeaders().contains("host")) {
            throw Claim.incomplete("'host' must be a signed header");
        }
        // Else whoever sees a request could make another operation of it.
        if (request.headers().containsKey("x-amz-target")
                && !claim.signedHeaders().contains("x-amz-target")) {
            throw Claim.incomplete("'x-amz-target' must be a signed header");
        }
        for (String hash : request.headers().getOrDefault("x-amz-content-sha256", List.of())) {
            if (hash.startsWith("UNSIGNED-PAYLOAD") || hash.startsWith("STREAMING-")) {
                throw Claim.refuse(
                        INVALID,
                        "x-amz-content-sha256 is " + hash
                                + ", which S3 alone takes. Sign the SHA-256 of the request's body");
            }
        }
    }

    private void checkTime(Claim claim) {
        Instant signed;
        try {
            signed = TIMESTAMP.parse(claim.timestamp(), Instant::from);
        } catch (DateTimeException e) {
            throw Claim.incomplete("the date must have the form yyyyMMdd'T'HHmmss'Z'");
        }
        Instant now = clock.instant();
        Instant expires = signed.plus(claim.lifetime());
        if (now.isAfter(expires)) {
            throw Claim.refuse(
                    INVALID,
                    "Signature expired: " + claim.timestamp() + " is now earlier than "
                            + TIMESTAMP.format(now.minus(claim.lifetime())) + " (" + TIMESTAMP.format(now) + " - "
                            + claim.lifetime().toMinutes() + " min.)");
        }
        if (signed.isAfter(now.plus(SKEW))) {
            throw Claim.refuse(
                    INVALID,
                    "Signature not yet current: " + claim.timestamp() + " is still later than "
                            + TIMESTAMP.format(now.plus(SKEW)) + " (" + TIMESTAMP.format(now) + " + "
                            + SKEW.toMinutes() + " min.)");
        }
    }

    private static void checkToken(@Nullable String given, @Nullable String expected) {
        if (given != null && expected == null) {
            throw Claim.refuse(
                    "UnrecognizedClientException",
                    "The security token included in the request is invalid: this access key has none. Unset"
                            + " AWS_SESSION_TOKEN, or the session token in the client's credentials");
        }
        if (expected != null
                && (given == null
                        || !MessageDigest.isEqual(
                                given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8)))) {
            throw Claim.refuse("UnrecognizedClientException", "The security token included in the request is invalid.");
        }
    }

    private static byte[] signature(Claim claim, SignedRequest request, String secret) {
        String canonical = CanonicalRequest.text(request, claim, HEX.formatHex(sha256(request.body())));
        String stringToSign = String.join(
                "\n",
                Claim.ALGORITHM,
                claim.timestamp(),
                String.join("/", claim.scope()),
                HEX.formatHex(sha256(canonical.getBytes(StandardCharsets.UTF_8))));
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (String part : claim.scope()) {
            key = hmac(key, part);
        }
        return HEX.formatHex(hmac(key, stringToSign)).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] sha256(byte[] data) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] key, String data) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(data.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
