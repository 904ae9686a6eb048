package dev.mastic.wire.rest;

import java.nio.charset.StandardCharsets;

/** An answer of the REST API. */
public record RestResponse(int status, String contentType, byte[] body) {

    /** Status 200 with a value as JSON: a record, map or list. */
    public static RestResponse json(Object value) {
        return new RestResponse(200, "application/json", Json.write(value));
    }

    /** Status 200 with plain text. */
    public static RestResponse text(String text) {
        return new RestResponse(200, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }
}
