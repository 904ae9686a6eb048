package dev.mastic.server.http;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Request;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came.
 *
 * @param path raw path, still URL-encoded
 * @param query raw query; empty when there is none
 * @param headers values by lower-case name, in the order sent
 */
public record HttpRequest(String method, String path, String query, Map<String, List<String>> headers, byte[] body) {
    /** Glue's own limit is lower; a commit of a large run is the largest body that Mastic sends itself. */
    private static final long LARGEST_BODY = 64L << 20;

    static HttpRequest of(Request request) throws IOException {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (HttpField field : request.getHeaders()) {
            headers.computeIfAbsent(field.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(field.getValue() == null ? "" : field.getValue());
        }
        String path = request.getHttpURI().getPath();
        String query = request.getHttpURI().getQuery();
        return new HttpRequest(
                request.getMethod(),
                path == null ? "/" : path,
                query == null ? "" : query,
                headers,
                HttpListener.body(request, LARGEST_BODY));
    }

    /** The first value of a header. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).map(values -> values.get(0));
    }

    static final class TooLargeException extends RuntimeException {
        TooLargeException(long size, long limit) {
            super("The body has " + size + " bytes or more; at most " + limit + " are taken");
        }
    }
}
