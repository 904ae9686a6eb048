package dev.mastic.wire.rest;

import java.util.Map;
import java.util.Optional;

/**
 * A request of the REST API.
 *
 * @param pathParameters values of the segments in braces, URL-decoded
 * @param query query parameters, URL-decoded; the last wins when one is repeated
 * @param headers by lower-case name
 */
public record RestRequest(
        Map<String, String> pathParameters, Map<String, String> query, Map<String, String> headers, byte[] body) {

    /** The value of a segment in braces. */
    public String path(String name) {
        String value = pathParameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("The route has no segment {" + name + "}");
        }
        return value;
    }

    /** The bearer token of the request. */
    public Optional<String> bearerToken() {
        String header = headers.getOrDefault("authorization", "");
        return header.startsWith("Bearer ") ? Optional.of(header.substring("Bearer ".length())) : Optional.empty();
    }

    /**
     * The body as JSON.
     *
     * @throws RestException with status 400 when it is not JSON of that shape
     */
    public <T> T json(Class<T> type) {
        return Json.read(body, type);
    }
}
