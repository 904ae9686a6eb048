package dev.mastic.wire.sigv4;

import java.util.List;
import java.util.Map;

/**
 * What a signature covers.
 *
 * @param path raw path as it was sent, still URL-encoded
 * @param query raw query string without {@code ?}; empty when there is none
 * @param headers values in the order sent, by lower-case name
 */
public record SignedRequest(String method, String path, String query, Map<String, List<String>> headers, byte[] body) {}
