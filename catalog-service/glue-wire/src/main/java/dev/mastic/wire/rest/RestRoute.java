package dev.mastic.wire.rest;

/**
 * One route of the REST API.
 *
 * @param method HTTP method in capitals
 * @param path absolute path; a segment in braces matches any one segment: {@code /api/v1/runs/{runId}/logs}
 * @param access who may call it
 * @param handler answers the request; may throw {@link RestException}
 */
public record RestRoute(String method, String path, Access access, Handler handler) {

    /** Who may call a route. */
    public enum Access {
        /** A principal whose request carries a valid AWS Signature Version 4. */
        SIGNED,
        /** Whoever holds the token that the handler itself checks ({@code Authorization: Bearer ...}). */
        TOKEN
    }

    /** Answers a request; called by many threads at once. */
    @FunctionalInterface
    public interface Handler {
        RestResponse handle(RestRequest request);
    }
}
