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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Verifies AWS Signature Version 4 as the "Signature Version 4 signing process" of AWS describes it, for a service other
 * than S3: the body is always hashed and compared, path segments are encoded twice. Answers each breach with the error
 * that Glue gives. Thread-safe.
 */
public final class SignatureVerifier {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final Duration SKEW = Duration.ofMinutes(15);
    private static final Duration LONGEST_PRESIGNED = Duration.ofDays(7);
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final HexFormat HEX = HexFormat.of();

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
        Claim claim = claim(request);
        checkScope(claim);
        checkTime(claim);
        AccessKey key = keys.find(claim.accessKeyId())
                .orElseThrow(() -> refuse(
                        "UnrecognizedClientException", "The security token included in the request is invalid."));
        byte[] expected = signature(claim, request, key.secret());
        if (!MessageDigest.isEqual(expected, claim.signature().getBytes(StandardCharsets.UTF_8))) {
            throw refuse(
                    "InvalidSignatureException",
                    "The request signature we calculated does not match the signature you provided. Check your AWS"
                            + " Secret Access Key and signing method. Consult the service documentation for details.");
        }
        return key;
    }

    /**
     * What a request says about its own signature.
     *
     * @param scope date, region, service and terminator
     * @param presigned whether the signature is in the query
     */
    private record Claim(
            String accessKeyId,
            List<String> scope,
            List<String> signedHeaders,
            String signature,
            String timestamp,
            Duration lifetime,
            boolean presigned) {}

    private Claim claim(SignedRequest request) {
        String authorization = header(request, "authorization");
        if (authorization != null) {
            return headerClaim(request, authorization);
        }
        Map<String, String> query = decodedQuery(request.query());
        if (query.containsKey("X-Amz-Signature")) {
            return queryClaim(query);
        }
        throw refuse("MissingAuthenticationTokenException", "Missing Authentication Token");
    }

    private Claim headerClaim(SignedRequest request, String authorization) {
        if (!authorization.startsWith(ALGORITHM + " ")) {
            throw incomplete("the Authorization header must start with " + ALGORITHM);
        }
        Map<String, String> parts = new LinkedHashMap<>();
        for (String part : authorization.substring(ALGORITHM.length()).split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parts.put(
                        part.substring(0, equals).trim(),
                        part.substring(equals + 1).trim());
            }
        }
        String timestamp = header(request, "x-amz-date");
        if (timestamp == null) {
            throw incomplete("the header X-Amz-Date is missing");
        }
        return newClaim(
                part(parts, "Credential"),
                part(parts, "SignedHeaders"),
                part(parts, "Signature"),
                timestamp,
                SKEW,
                false);
    }

    private Claim queryClaim(Map<String, String> query) {
        if (!ALGORITHM.equals(query.get("X-Amz-Algorithm"))) {
            throw incomplete("X-Amz-Algorithm must be " + ALGORITHM);
        }
        Duration lifetime;
        try {
            lifetime = Duration.ofSeconds(Long.parseLong(part(query, "X-Amz-Expires")));
        } catch (NumberFormatException | ArithmeticException e) {
            throw incomplete("X-Amz-Expires must be a number of seconds");
        }
        if (lifetime.isNegative() || lifetime.compareTo(LONGEST_PRESIGNED) > 0) {
            throw incomplete("X-Amz-Expires must be between 0 and " + LONGEST_PRESIGNED.toSeconds());
        }
        return newClaim(
                part(query, "X-Amz-Credential"),
                part(query, "X-Amz-SignedHeaders"),
                part(query, "X-Amz-Signature"),
                part(query, "X-Amz-Date"),
                lifetime,
                true);
    }

    private static Claim newClaim(
            String credential,
            String signedHeaders,
            String signature,
            String timestamp,
            Duration lifetime,
            boolean presigned) {
        int slash = credential.indexOf('/');
        if (slash < 1) {
            throw incomplete("Credential must be <access key>/<date>/<region>/<service>/aws4_request");
        }
        return new Claim(
                credential.substring(0, slash),
                Arrays.asList(credential.substring(slash + 1).split("/", -1)),
                Arrays.asList(signedHeaders.split(";", -1)),
                signature,
                timestamp,
                lifetime,
                presigned);
    }

    private void checkScope(Claim claim) {
        List<String> scope = claim.scope();
        if (scope.size() != 4 || !scope.get(3).equals("aws4_request")) {
            throw incomplete("Credential must be <access key>/<date>/<region>/<service>/aws4_request");
        }
        if (!scope.get(2).equals(service)) {
            throw refuse(
                    "InvalidSignatureException", "Credential should be scoped to correct service: '" + service + "'.");
        }
        if (!claim.timestamp().startsWith(scope.get(0)) || scope.get(0).length() != 8) {
            throw refuse(
                    "InvalidSignatureException",
                    "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '"
                            + scope.get(0) + "' != '" + claim.timestamp() + "'.");
        }
        if (!claim.signedHeaders().contains("host")) {
            throw incomplete("'host' must be a signed header");
        }
    }

    private void checkTime(Claim claim) {
        Instant signed;
        try {
            signed = TIMESTAMP.parse(claim.timestamp(), Instant::from);
        } catch (DateTimeException e) {
            throw incomplete("the date must have the form yyyyMMdd'T'HHmmss'Z'");
        }
        Instant now = clock.instant();
        Instant expires = signed.plus(claim.lifetime());
        if (now.isAfter(expires)) {
            throw refuse(
                    "InvalidSignatureException",
                    "Signature expired: " + claim.timestamp() + " is now earlier than "
                            + TIMESTAMP.format(now.minus(claim.lifetime())) + " (" + TIMESTAMP.format(now) + " - "
                            + claim.lifetime().toMinutes() + " min.)");
        }
        if (signed.isAfter(now.plus(SKEW))) {
            throw refuse(
                    "InvalidSignatureException",
                    "Signature not yet current: " + claim.timestamp() + " is still later than "
                            + TIMESTAMP.format(now.plus(SKEW)) + " (" + TIMESTAMP.format(now) + " + "
                            + SKEW.toMinutes() + " min.)");
        }
    }

    private static byte[] signature(Claim claim, SignedRequest request, String secret) {
        String canonical = String.join(
                "\n",
                request.method(),
                canonicalPath(request.path()),
                canonicalQuery(request.query(), claim.presigned()),
                canonicalHeaders(request, claim.signedHeaders()),
                String.join(";", claim.signedHeaders()),
                HEX.formatHex(sha256(request.body())));
        String stringToSign = String.join(
                "\n",
                ALGORITHM,
                claim.timestamp(),
                String.join("/", claim.scope()),
                HEX.formatHex(sha256(canonical.getBytes(StandardCharsets.UTF_8))));
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (String part : claim.scope()) {
            key = hmac(key, part);
        }
        return HEX.formatHex(hmac(key, stringToSign)).getBytes(StandardCharsets.UTF_8);
    }

    private static String canonicalHeaders(SignedRequest request, List<String> signedHeaders) {
        StringBuilder headers = new StringBuilder();
        for (String name : signedHeaders) {
            List<String> values = request.headers().get(name);
            if (values == null) {
                throw refuse(
                        "InvalidSignatureException",
                        "The signed header '" + name + "' is not among the headers of the request.");
            }
            headers.append(name).append(':');
            for (int i = 0; i < values.size(); i++) {
                headers.append(i == 0 ? "" : ",").append(values.get(i).trim().replaceAll(" +", " "));
            }
            headers.append('\n');
        }
        return headers.toString();
    }

    private static String canonicalPath(String path) {
        if (path.isEmpty()) {
            return "/";
        }
        StringBuilder canonical = new StringBuilder();
        for (String segment : path.split("/", -1)) {
            canonical
                    .append(canonical.isEmpty() && segment.isEmpty() ? "" : encode(segment))
                    .append('/');
        }
        canonical.setLength(canonical.length() - 1);
        return canonical.isEmpty() ? "/" : canonical.toString();
    }

    private static String canonicalQuery(String query, boolean presigned) {
        if (query.isEmpty()) {
            return "";
        }
        List<String> parameters = new ArrayList<>();
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            String name = decode(equals < 0 ? parameter : parameter.substring(0, equals));
            String value = equals < 0 ? "" : decode(parameter.substring(equals + 1));
            if (!(presigned && name.equals("X-Amz-Signature"))) {
                parameters.add(encode(name) + "=" + encode(value));
            }
        }
        Collections.sort(parameters);
        return String.join("&", parameters);
    }

    private static Map<String, String> decodedQuery(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                parameters.put(decode(parameter.substring(0, equals)), decode(parameter.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        try {
            return java.net.URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw refuse("InvalidSignatureException", "The query string is not URL-encoded: " + e.getMessage());
        }
    }

    /** RFC 3986: letters, digits and {@code -._~} stay. */
    private static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._~".indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.withUpperCase().toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    private static String part(Map<String, String> parts, String name) {
        String value = parts.get(name);
        if (value == null || value.isEmpty()) {
            throw incomplete("'" + name + "' is missing");
        }
        return value;
    }

    private static @Nullable String header(SignedRequest request, String name) {
        List<String> values = request.headers().get(name);
        return values == null || values.isEmpty() ? null : values.get(0);
    }

    private static WireException incomplete(String reason) {
        return refuse("IncompleteSignatureException", "The signature is incomplete: " + reason);
    }

    private static WireException refuse(String errorType, String message) {
        return new WireException(400, errorType, message);
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
