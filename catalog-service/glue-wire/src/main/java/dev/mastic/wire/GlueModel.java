package dev.mastic.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The constraints of the Glue API's published model: which members are required, and the length, range, pattern and enum
 * of every shape that a request can hold. The resource {@code glue-model.json} has them.
 */
final class GlueModel {
    /** A group around one repeated class overflows the stack on long texts; the class alone means the same. */
    private static final Pattern GROUPED_CLASS = Pattern.compile("^\\((\\[[^\\]]*\\])\\)\\*$");

    private static final String NOT_BLANK = ".*\\S.*";

    /**
     * What is taken without although the model requires it: Trino knows no average length of a column that holds nothing
     * but nulls, leaves it out, and gives the whole statement up when the statistics are refused.
     */
    private static final Map<String, Set<String>> LEFT_OUT = Map.of(
            "StringColumnStatisticsData", Set.of("AverageLength"),
            "BinaryColumnStatisticsData", Set.of("AverageLength"));

    private static final GlueModel INSTANCE = load();

    private final Map<String, String> inputs;
    private final Map<String, Shape> shapes;

    private GlueModel(Map<String, String> inputs, Map<String, Shape> shapes) {
        this.inputs = inputs;
        this.shapes = shapes;
    }

    /**
     * A shape and its constraints.
     *
     * @param type {@code structure}, {@code list}, {@code map}, {@code string}, {@code integer} and so on
     * @param members shape names of a structure's members by member name
     * @param element shape name of a list's elements or a map's values
     * @param key shape name of a map's keys
     */
    record Shape(
            String type,
            List<String> required,
            Map<String, String> members,
            @Nullable String element,
            @Nullable String key,
            OptionalDouble min,
            OptionalDouble max,
            @Nullable Pattern pattern,
            Set<String> enumeration) {}

    static GlueModel instance() {
        return INSTANCE;
    }

    Set<String> operationNames() {
        return inputs.keySet();
    }

    /** The shape of an operation's request; null when the model is older than the operation. */
    @Nullable
    Shape input(String operation) {
        String name = inputs.get(operation);
        return name == null ? null : shapes.get(name);
    }

    Shape shape(String name) {
        Shape shape = shapes.get(name);
        if (shape == null) {
            throw new IllegalStateException("The model has no shape " + name);
        }
        return shape;
    }

    private static GlueModel load() {
        try (InputStream resource = GlueModel.class.getResourceAsStream("glue-model.json")) {
            if (resource == null) {
                throw new IllegalStateException("glue-model.json is missing on the class path");
            }
            JsonNode model = new ObjectMapper().readTree(resource);
            Map<String, String> inputs = new LinkedHashMap<>();
            model.get("operations")
                    .properties()
                    .forEach(
                            entry -> inputs.put(entry.getKey(), entry.getValue().asText()));
            Map<String, Shape> shapes = new HashMap<>();
            model.get("shapes")
                    .properties()
                    .forEach(entry -> shapes.put(entry.getKey(), shape(entry.getKey(), entry.getValue())));
            return new GlueModel(Map.copyOf(inputs), Map.copyOf(shapes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Shape shape(String shapeName, JsonNode json) {
        List<String> required = new ArrayList<>();
        json.path("required").forEach(name -> required.add(name.asText()));
        required.removeAll(LEFT_OUT.getOrDefault(shapeName, Set.of()));
        Map<String, String> members = new LinkedHashMap<>();
        json.path("members")
                .properties()
                .forEach(entry -> members.put(entry.getKey(), entry.getValue().asText()));
        Set<String> enumeration = new TreeSet<>();
        json.path("enum").forEach(value -> enumeration.add(value.asText()));
        JsonNode element = json.has("member") ? json.get("member") : json.get("value");
        return new Shape(
                json.get("type").asText(),
                required,
                members,
                element == null ? null : element.asText(),
                json.has("key") ? json.get("key").asText() : null,
                bound(json, "min"),
                bound(json, "max"),
                json.has("pattern") ? pattern(json.get("pattern").asText()) : null,
                enumeration);
    }

    private static OptionalDouble bound(JsonNode json, String name) {
        return json.has(name) ? OptionalDouble.of(json.get(name).asDouble()) : OptionalDouble.empty();
    }

    private static Pattern pattern(String text) {
        Matcher grouped = GROUPED_CLASS.matcher(text);
        // Meant to say that a text is not blank; Glue takes texts of many lines here, such as definitions of schemas.
        int flags = text.equals(NOT_BLANK) ? Pattern.DOTALL : 0;
        return Pattern.compile(grouped.matches() ? grouped.group(1) + "*" : text, flags);
    }
}
