package dev.mastic.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.SdkBuilder;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The AWS SDK's model objects as AWS JSON 1.1 and back, for every shape of the API, by the fields that the SDK describes
 * itself with ({@link SdkPojo#sdkFields()}). Timestamps are seconds since the epoch with a fraction; what was never set
 * is not written. Thread-safe.
 */
public final class GlueJson {
    /** Deeper than any shape of the API, and far from the end of a thread's stack. */
    private static final int DEEPEST_NESTING = 100;

    /**
     * A value takes up to thirty times its text in memory when there is little in it. The largest requests that mean
     * something, a hundred partitions of a hundred columns each, have less than a tenth of these.
     */
    private static final int MOST_TOKENS = 1_000_000;

    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST_NESTING)
                    .maxTokenCount(MOST_TOKENS)
                    .maxNumberLength(400)
                    .maxStringLength(20_000_000)
                    .build())
            .build());

    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000L);
    private static final int MOST_DIGITS_OF_A_TIMESTAMP = 30;

    private GlueJson() {}

    /** A model object as JSON text. */
    public static String write(SdkPojo object) {
        StringWriter text = new StringWriter(512);
        try (JsonGenerator json = MAPPER.getFactory().createGenerator(text)) {
            writeObject(json, object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** A text as JSON, in quotes. */
    public static String quote(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    /**
     * A model object from JSON text.
     *
     * @param type a class of {@code software.amazon.awssdk.services.glue.model}
     * @throws WireException with {@code SerializationException} when the text is not JSON, or a value is not of the type
     *     that its member has
     */
    public static <T extends SdkPojo> T read(String json, Class<T> type) {
        try {
            return read(parse(MAPPER.getFactory().createParser(json)), type);
        } catch (IOException e) {
            throw WireException.serialization(firstLine(e));
        }
    }

    /**
     * As {@link #read(String, Class)}, with one member alone: the others are passed over, which is several times faster.
     *
     * @param member its name in JSON
     */
    public static <T extends SdkPojo> T readOnly(String member, String json, Class<T> type) {
        ObjectNode only = MAPPER.createObjectNode();
        try (JsonParser parser = MAPPER.getFactory().createParser(json)) {
            parser.nextToken();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                if (name.equals(member)) {
                    only.set(member, MAPPER.readTree(parser));
                    break;
                }
                parser.skipChildren();
            }
        } catch (IOException e) {
            throw WireException.serialization(firstLine(e));
        }
        return read(only, type);
    }

    static <T extends SdkPojo> T read(JsonNode json, Class<T> type) {
        return type.cast(readObject(json, builderOf(type), "$"));
    }

    /** The bytes as a JSON object; an empty body is an empty object, as some clients send it. */
    static JsonNode parseObject(byte[] body) {
        try {
            if (body.length == 0) {
                return MAPPER.createObjectNode();
            }
            JsonNode node = parse(MAPPER.getFactory().createParser(body));
            if (!node.isObject()) {
                throw WireException.serialization("The body is not a JSON object");
            }
            return node;
        } catch (IOException e) {
            throw WireException.serialization(firstLine(e));
        }
    }

    private static JsonNode parse(JsonParser parser) throws IOException {
        try (parser) {
            JsonNode node = MAPPER.readTree(parser);
            if (node == null) {
                throw WireException.serialization("The body is empty");
            }
            if (parser.nextToken() != null) {
                throw WireException.serialization("The body goes on after its JSON value ends");
            }
            return node;
        }
    }

    private static String firstLine(IOException e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    private static SdkPojo builderOf(Class<? extends SdkPojo> type) {
        try {
            return (SdkPojo) type.getMethod("builder").invoke(null);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalArgumentException(type + " has no builder", e);
        }
    }

    private static void writeObject(JsonGenerator json, SdkPojo object) throws IOException {
        json.writeStartObject();
        for (SdkField<?> field : object.sdkFields()) {
            Object value = field.getValueOrDefault(object);
            if (value == null || value instanceof SdkAutoConstructList || value instanceof SdkAutoConstructMap) {
                continue;
            }
            json.writeFieldName(field.locationName());
            writeValue(json, field, value);
        }
        json.writeEndObject();
    }

    private static void writeValue(JsonGenerator json, SdkField<?> field, Object value) throws IOException {
        if (value instanceof String text) {
            json.writeString(text);
        } else if (value instanceof Boolean bool) {
            json.writeBoolean(bool);
        } else if (value instanceof Integer || value instanceof Long || value instanceof Short) {
            json.writeNumber(((Number) value).longValue());
        } else if (value instanceof Double || value instanceof Float) {
            writeFloating(json, ((Number) value).doubleValue());
        } else if (value instanceof BigDecimal decimal) {
            json.writeNumber(decimal);
        } else if (value instanceof Instant instant) {
            json.writeNumber(seconds(instant));
        } else if (value instanceof SdkBytes bytes) {
            json.writeString(Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe()));
        } else if (value instanceof SdkPojo pojo) {
            writeObject(json, pojo);
        } else if (value instanceof List<?> list) {
            SdkField<?> member = field.getRequiredTrait(ListTrait.class).memberFieldInfo();
            json.writeStartArray();
            for (Object element : list) {
                writeNullable(json, member, element);
            }
            json.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            SdkField<?> member = field.getRequiredTrait(MapTrait.class).valueFieldInfo();
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName(String.valueOf(entry.getKey()));
                writeNullable(json, member, entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof Document document) {
            writeDocument(json, document);
        } else {
            throw new IllegalStateException("No JSON form for " + value.getClass() + " in " + field.memberName());
        }
    }

    private static void writeDocument(JsonGenerator json, Document document) throws IOException {
        if (document.isMap()) {
            json.writeStartObject();
            for (Map.Entry<String, Document> entry : document.asMap().entrySet()) {
                json.writeFieldName(entry.getKey());
                writeDocument(json, entry.getValue());
            }
            json.writeEndObject();
        } else if (document.isList()) {
            json.writeStartArray();
            for (Document element : document.asList()) {
                writeDocument(json, element);
            }
            json.writeEndArray();
        } else if (document.isString()) {
            json.writeString(document.asString());
        } else if (document.isBoolean()) {
            json.writeBoolean(document.asBoolean());
        } else if (document.isNumber()) {
            json.writeNumber(document.asNumber().bigDecimalValue());
        } else {
            json.writeNull();
        }
    }

    private static void writeNullable(JsonGenerator json, SdkField<?> field, @Nullable Object value)
            throws IOException {
        if (value == null) {
            json.writeNull();
        } else {
            writeValue(json, field, value);
        }
    }

    private static void writeFloating(JsonGenerator json, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeString(Double.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
        }
    }

    private static BigDecimal seconds(Instant instant) {
        BigDecimal seconds = BigDecimal.valueOf(instant.getEpochSecond());
        return instant.getNano() == 0
                ? seconds
                : seconds.add(BigDecimal.valueOf(instant.getNano(), 9)).stripTrailingZeros();
    }

    private static SdkPojo readObject(JsonNode json, SdkPojo builder, String path) {
        if (!json.isObject()) {
            throw wrongType(path, "an object", json);
        }
        for (SdkField<?> field : builder.sdkFields()) {
            JsonNode value = json.get(field.locationName());
            if (value != null && !value.isNull()) {
                field.set(builder, readValue(value, field, path + "." + field.locationName()));
            }
        }
        return (SdkPojo) ((SdkBuilder<?, ?>) builder).build();
    }

    private static Object readValue(JsonNode json, SdkField<?> field, String path) {
        MarshallingType<?> type = field.marshallingType();
        if (type == MarshallingType.STRING) {
            if (!json.isTextual()) {
                throw wrongType(path, "a string", json);
            }
            return json.textValue();
        } else if (type == MarshallingType.INTEGER) {
            return (int) whole(json, path, Integer.MIN_VALUE, Integer.MAX_VALUE);
        } else if (type == MarshallingType.LONG) {
            return whole(json, path, Long.MIN_VALUE, Long.MAX_VALUE);
        } else if (type == MarshallingType.SHORT) {
            return (short) whole(json, path, Short.MIN_VALUE, Short.MAX_VALUE);
        } else if (type == MarshallingType.DOUBLE) {
            return floating(json, path);
        } else if (type == MarshallingType.FLOAT) {
            return (float) floating(json, path);
        } else if (type == MarshallingType.BOOLEAN) {
            if (!json.isBoolean()) {
                throw wrongType(path, "a boolean", json);
            }
            return json.booleanValue();
        } else if (type == MarshallingType.INSTANT) {
            return instant(json, path);
        } else if (type == MarshallingType.SDK_BYTES) {
            try {
                return SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode(json.asText()));
            } catch (IllegalArgumentException e) {
                throw wrongType(path, "Base64 text", json);
            }
        } else if (type == MarshallingType.SDK_POJO) {
            return readObject(json, field.constructor().get(), path);
        } else if (type == MarshallingType.LIST) {
            return list(json, field.getRequiredTrait(ListTrait.class).memberFieldInfo(), path);
        } else if (type == MarshallingType.MAP) {
            return map(json, field.getRequiredTrait(MapTrait.class).valueFieldInfo(), path);
        } else if (type == MarshallingType.DOCUMENT) {
            return document(json);
        } else if (type == MarshallingType.BIG_DECIMAL) {
            if (!json.isNumber()) {
                throw wrongType(path, "a number", json);
            }
            return json.decimalValue();
        }
        throw new IllegalStateException("No reader for " + type + " at " + path);
    }

    private static List<@Nullable Object> list(JsonNode json, SdkField<?> member, String path) {
        if (!json.isArray()) {
            throw wrongType(path, "a list", json);
        }
        List<@Nullable Object> list = new ArrayList<>(json.size());
        for (int i = 0; i < json.size(); i++) {
            JsonNode element = json.get(i);
            if (element.isNull()) {
                throw wrongType(path + "[" + i + "]", "a value", element);
            }
            list.add(readValue(element, member, path + "[" + i + "]"));
        }
        return list;
    }

    private static Map<String, Object> map(JsonNode json, SdkField<?> member, String path) {
        if (!json.isObject()) {
            throw wrongType(path, "a map", json);
        }
        Map<String, Object> map = new LinkedHashMap<>();
        json.properties().forEach(entry -> {
            if (!entry.getValue().isNull()) {
                map.put(entry.getKey(), readValue(entry.getValue(), member, path + "." + entry.getKey()));
            }
        });
        return map;
    }

    private static long whole(JsonNode json, String path, long least, long most) {
        if (!json.isIntegralNumber() || !json.canConvertToLong()) {
            throw wrongType(path, "a whole number from " + least + " to " + most, json);
        }
        long value = json.longValue();
        if (value < least || value > most) {
            throw wrongType(path, "a whole number from " + least + " to " + most, json);
        }
        return value;
    }

    private static double floating(JsonNode json, String path) {
        if (json.isTextual()) {
            switch (json.textValue()) {
                case "NaN":
                    return Double.NaN;
                case "Infinity":
                    return Double.POSITIVE_INFINITY;
                case "-Infinity":
                    return Double.NEGATIVE_INFINITY;
                default:
                    throw wrongType(path, "a number", json);
            }
        }
        if (!json.isNumber()) {
            throw wrongType(path, "a number", json);
        }
        return json.doubleValue();
    }

    private static Instant instant(JsonNode json, String path) {
        if (!json.isNumber()) {
            throw wrongType(path, "a timestamp in seconds since the epoch", json);
        }
        BigDecimal seconds = json.isDouble() && !Double.isFinite(json.doubleValue()) ? null : json.decimalValue();
        if (seconds == null || seconds.precision() - seconds.scale() > MOST_DIGITS_OF_A_TIMESTAMP) {
            throw wrongType(path, "a timestamp in seconds since the epoch", json);
        }
        try {
            BigDecimal[] parts = seconds.divideAndRemainder(BigDecimal.ONE);
            return Instant.ofEpochSecond(
                    parts[0].longValueExact(), parts[1].multiply(NANOS).longValue());
        } catch (ArithmeticException | DateTimeException e) {
            throw wrongType(path, "a timestamp between the years -1000000000 and 1000000000", json);
        }
    }

    private static Document document(JsonNode json) {
        if (json.isObject()) {
            Map<String, Document> map = new LinkedHashMap<>();
            json.properties().forEach(entry -> map.put(entry.getKey(), document(entry.getValue())));
            return Document.fromMap(map);
        } else if (json.isArray()) {
            List<Document> list = new ArrayList<>();
            json.forEach(element -> list.add(document(element)));
            return Document.fromList(list);
        } else if (json.isTextual()) {
            return Document.fromString(json.textValue());
        } else if (json.isBoolean()) {
            return Document.fromBoolean(json.booleanValue());
        } else if (json.isNumber()) {
            return Document.fromNumber(json.asText());
        }
        return Document.fromNull();
    }

    private static WireException wrongType(String path, String expected, JsonNode found) {
        String text = found.toString();
        String shown = text.length() > 60 ? text.substring(0, 60) + "..." : text;
        return WireException.serialization(path + " must be " + expected + ", found " + shown);
    }
}
