package dev.mastic.wire.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import java.io.IOException;
import java.util.Map;

/** Records, maps and lists as JSON and back; times are ISO 8601 texts, an empty {@code Optional} is null. Thread-safe. */
public final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Json() {}

    /** A value as JSON in UTF-8. */
    public static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("No JSON form for " + value.getClass(), e);
        }
    }

    /** A value as JSON text. */
    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("No JSON form for " + value.getClass(), e);
        }
    }

    /**
     * A value from JSON in UTF-8.
     *
     * @throws RestException with status 400 when the bytes are not JSON of that shape
     */
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            T value = MAPPER.readValue(json, type);
            if (value == null) {
                throw new RestException(400, "InvalidJson", "The body is null; expected an object");
            }
            return value;
        } catch (IOException e) {
            throw new RestException(
                    400, "InvalidJson", "The body is not valid JSON for " + type.getSimpleName() + ": " + firstLine(e));
        }
    }

    /**
     * A value from JSON text.
     *
     * @throws RestException with status 400 when the text is not JSON of that shape
     */
    public static <T> T read(String json, Class<T> type) {
        return read(json.getBytes(java.nio.charset.StandardCharsets.UTF_8), type);
    }

    /**
     * A JSON object as maps, lists, texts, numbers and booleans.
     *
     * @throws RestException with status 400 when the bytes are not a JSON object
     */
    public static Map<String, Object> readObject(byte[] json) {
        try {
            Map<String, Object> value = MAPPER.readValue(json, new TypeReference<Map<String, Object>>() {});
            if (value == null) {
                throw new RestException(400, "InvalidJson", "The body is null; expected an object");
            }
            return value;
        } catch (IOException e) {
            throw new RestException(400, "InvalidJson", "The body is not a JSON object: " + firstLine(e));
        }
    }

    private static String firstLine(IOException e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
