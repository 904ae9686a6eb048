package dev.mastic.server.http;

import dev.mastic.wire.rest.Json;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer to a request. */
public record HttpAnswer(int status, String contentType, Map<String, String> headers, byte[] body) {
    /** JSON text. */
    public static HttpAnswer json(int status, String json) {
        return new HttpAnswer(status, "application/json", Map.of(), json.getBytes(StandardCharsets.UTF_8));
    }

    /** An error of the REST API. */
    public static HttpAnswer error(int status, String code, String message) {
        Map<String, String> error = new LinkedHashMap<>();
        error.put("error", code);
        error.put("message", message);
        return json(status, Json.text(error));
    }

    /** The same answer with one more header. */
    public HttpAnswer withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpAnswer(status, contentType, more, body);
    }
}
