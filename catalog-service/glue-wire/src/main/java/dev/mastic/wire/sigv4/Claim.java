package dev.mastic.wire.sigv4;

import dev.mastic.wire.WireException;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a request says about its own signature; nothing of it is proven.
 *
 * @param scope date, region, service and terminator
 * @param lifetime how long the signature says it is valid
 * @param presigned whether the signature is in the query
 * @param sessionToken null when there is none
 */
record Claim(
        String accessKeyId,
        List<String> scope,
        List<String> signedHeaders,
        String signature,
        String timestamp,
        Duration lifetime,
        boolean presigned,
        @Nullable String sessionToken) {
    static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final long LONGEST_PRESIGNED_SECONDS = 604_800;
    private static final String TOKEN = "X-Amz-Security-Token";

    /**
     * Of a request.
     *
     * @param skew how far a client's clock may be off
     * @throws WireException {@code MissingAuthenticationTokenException} when there is no signature, {@code
     *     IncompleteSignatureException} when some part of it is missing, given twice, or not of its form
     */
    static Claim of(SignedRequest request, Duration skew) {
        String authorization = header(request, "authorization");
        Map<String, String> query = new LinkedHashMap<>();
        for (CanonicalRequest.Parameter parameter : CanonicalRequest.parameters(request.query())) {
            if (parameter.name().startsWith("X-Amz-") && query.put(parameter.name(), parameter.value()) != null) {
                throw incomplete("the parameter " + parameter.name() + " is given twice");
            }
        }
        boolean presigned = query.containsKey("X-Amz-Signature");
        if (authorization != null && presigned) {
            throw incomplete("it is given twice, by the header Authorization and by the query");
        } else if (authorization != null) {
            return ofHeaders(request, authorization, skew);
        } else if (presigned) {
            return ofQuery(request, query);
        }
        throw refuse("MissingAuthenticationTokenException", "Missing Authentication Token");
    }

    private static Claim ofHeaders(SignedRequest request, String authorization, Duration skew) {
        if (!authorization.startsWith(ALGORITHM + " ")) {
            throw incomplete("the Authorization header must start with " + ALGORITHM);
        }
        Map<String, String> parts = new LinkedHashMap<>();
        for (String part : authorization.substring(ALGORITHM.length()).split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                String name = part.substring(0, equals).trim();
                if (parts.put(name, part.substring(equals + 1).trim()) != null) {
                    throw incomplete("the part " + name + " of the Authorization header is given twice");
                }
            }
        }
        String timestamp = header(request, "x-amz-date");
        if (timestamp == null) {
            throw incomplete("the header X-Amz-Date is missing");
        }
        return of(
                part(parts, "Credential"),
                part(parts, "SignedHeaders"),
                part(parts, "Signature"),
                timestamp,
                skew,
                false,
                header(request, "x-amz-security-token"));
    }

    private static Claim ofQuery(SignedRequest request, Map<String, String> query) {
        if (!ALGORITHM.equals(query.get("X-Amz-Algorithm"))) {
            throw incomplete("X-Amz-Algorithm must be " + ALGORITHM);
        }
        long seconds;
        try {
            seconds = Long.parseLong(part(query, "X-Amz-Expires"));
        } catch (NumberFormatException e) {
            throw incomplete("X-Amz-Expires must be a number of seconds");
        }
        if (seconds < 1 || seconds > LONGEST_PRESIGNED_SECONDS) {
            throw incomplete("X-Amz-Expires must be between 1 and " + LONGEST_PRESIGNED_SECONDS + " seconds");
        }
        String token = query.get(TOKEN);
        return of(
                part(query, "X-Amz-Credential"),
                part(query, "X-Amz-SignedHeaders"),
                part(query, "X-Amz-Signature"),
                part(query, "X-Amz-Date"),
                Duration.ofSeconds(seconds),
                true,
                token == null ? header(request, "x-amz-security-token") : token);
    }

    private static Claim of(
            String credential,
            String signedHeaders,
            String signature,
            String timestamp,
            Duration lifetime,
            boolean presigned,
            @Nullable String sessionToken) {
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
                presigned,
                sessionToken);
    }

    /** Without what a log must not have. */
    @Override
    public String toString() {
        return "Claim[accessKeyId=" + accessKeyId + ", scope=" + scope + ", timestamp=" + timestamp + "]";
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
        if (values != null && values.size() > 1) {
            throw incomplete("the header " + name + " is given " + values.size() + " times");
        }
        return values == null || values.isEmpty() ? null : values.get(0);
    }

    static WireException incomplete(String reason) {
        return refuse("IncompleteSignatureException", "The signature is incomplete: " + reason);
    }

    static WireException refuse(String errorType, String message) {
        return new WireException(400, errorType, message);
    }
}
