package dev.mastic.registry.json;

import dev.mastic.wire.rest.Json;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class ContainmentTest {
    private static final int PAIRS = 15_000;

    /** A proof must never be wrong: no value that the writer's schema accepts may be one that the reader's refuses. */
    @Test
    void whatIsShownHoldsForEveryValue() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        JsonFormat format = new JsonFormat();
        int shown = 0;
        for (int i = 0; i < PAIRS; i++) {
            Object writerSchema = schema(random, 3);
            Object readerSchema = random.nextInt(3) == 0 ? schema(random, 3) : changed(writerSchema, random);
            JsonDocument writer = format.parse(Json.text(writerSchema)).model();
            JsonDocument reader = format.parse(Json.text(readerSchema)).model();
            if (!format.unreadable(reader, writer).isEmpty()) {
                continue;
            }
            shown++;
            Instances instances = new Instances(new Budget());
            for (int j = 0; j < 40; j++) {
                Object value = value(random, 3);
                if (instances.accepts(writer.rootNode(), value) == Answer.YES) {
                    assertThat(instances.accepts(reader.rootNode(), value))
                            .as("seed %d: %s, written by %s and read by %s", seed, value, writerSchema, readerSchema)
                            .isNotEqualTo(Answer.NO);
                }
            }
        }
        assertThat(shown).as("pairs that were shown to be compatible").isGreaterThan(PAIRS / 20);
    }

    @Test
    void givesUpOnWhatIsTooIntricate() throws Exception {
        StringBuilder all = new StringBuilder("{\"allOf\": [");
        StringBuilder other = new StringBuilder(all);
        for (int i = 0; i < 40; i++) {
            String branches = "%s{\"anyOf\": [{\"minimum\": %d}, {\"maximum\": %d}, {\"multipleOf\": %d}]}";
            all.append(branches.formatted(i == 0 ? "" : ", ", i, i + 1, i + 2));
            other.append(branches.formatted(i == 0 ? "" : ", ", i + 1, i, i + 3));
        }
        JsonFormat format = new JsonFormat();
        JsonDocument one = format.parse(all + "]}").model();
        JsonDocument two = format.parse(other + "]}").model();
        assertThat(format.unreadable(two, one)).isNotEmpty();
    }

    @Test
    void comparesWideSchemas() throws Exception {
        StringBuilder properties = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            properties.append(i == 0 ? "" : ", ").append("\"property" + i + "\": {\"type\": \"integer\"}");
        }
        JsonFormat format = new JsonFormat();
        String writer = "{\"properties\": {" + properties + "}, \"additionalProperties\": false}";
        JsonDocument one = format.parse(writer).model();
        JsonDocument two = format.parse(writer.replace("integer", "number")).model();
        assertThat(format.unreadable(two, one)).isEmpty();
        assertThat(format.unreadable(one, two)).hasSize(5_000);
    }

    @SuppressWarnings("unchecked")
    private static Object changed(Object schema, Random random) {
        if (!(schema instanceof Map<?, ?> map)) {
            return schema(random, 2);
        }
        Map<String, Object> copy = new LinkedHashMap<>((Map<String, Object>) map);
        List<String> keywords = new ArrayList<>(copy.keySet());
        if (!keywords.isEmpty() && random.nextBoolean()) {
            copy.remove(keywords.get(random.nextInt(keywords.size())));
        } else {
            Map<String, Object> more =
                    schema(random, 2) instanceof Map<?, ?> other ? (Map<String, Object>) other : Map.of();
            copy.putAll(more);
        }
        return copy;
    }

    private static Object schema(Random random, int depth) {
        if (random.nextInt(12) == 0) {
            return random.nextInt(4) != 0;
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            keyword(schema, random, depth);
        }
        return schema;
    }

    private static void keyword(Map<String, Object> schema, Random random, int depth) {
        switch (random.nextInt(depth == 0 ? 8 : 22)) {
            case 0, 1 ->
                schema.put(
                        "type",
                        List.of("null", "boolean", "integer", "number", "string", "array", "object")
                                .get(random.nextInt(7)));
            case 2 -> schema.put("minimum", random.nextInt(4) - 1);
            case 3 -> schema.put("exclusiveMaximum", random.nextInt(4));
            case 4 -> schema.put("enum", List.of(value(random, 1), value(random, 1)));
            case 5 -> schema.put(random.nextBoolean() ? "minLength" : "maxLength", random.nextInt(3));
            case 6 -> schema.put("pattern", random.nextBoolean() ? "^a" : "b");
            case 7 -> schema.put("multipleOf", 1 + random.nextInt(3));
            case 8, 9 -> schema.put("properties", named(random, depth, "a", "b", "ab"));
            case 10 -> schema.put("required", List.of(random.nextBoolean() ? "a" : "b"));
            case 11 -> schema.put("additionalProperties", schema(random, depth - 1));
            case 12 -> schema.put("patternProperties", named(random, depth, "^a", "b"));
            case 13 -> schema.put("items", random.nextBoolean() ? schema(random, depth - 1) : schemas(random, depth));
            case 14 -> schema.put("additionalItems", schema(random, depth - 1));
            case 15 -> schema.put(random.nextBoolean() ? "minItems" : "maxItems", random.nextInt(3));
            case 16 -> schema.put("anyOf", schemas(random, depth));
            case 17 -> schema.put("oneOf", schemas(random, depth));
            case 18 -> schema.put("allOf", schemas(random, depth));
            case 19 -> schema.put("not", schema(random, depth - 1));
            case 20 -> {
                schema.put("if", schema(random, depth - 1));
                schema.put(random.nextBoolean() ? "then" : "else", schema(random, depth - 1));
            }
            default -> {
                schema.put("propertyNames", schema(random, 0));
                schema.put(
                        "dependencies", Map.of("a", random.nextBoolean() ? List.of("b") : schema(random, depth - 1)));
                schema.put("contains", schema(random, depth - 1));
                schema.put(random.nextBoolean() ? "maxProperties" : "minProperties", random.nextInt(3));
            }
        }
    }

    private static List<Object> schemas(Random random, int depth) {
        return List.of(schema(random, depth - 1), schema(random, depth - 1));
    }

    private static Map<String, Object> named(Random random, int depth, String... names) {
        Map<String, Object> schemas = new LinkedHashMap<>();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            schemas.put(names[random.nextInt(names.length)], schema(random, depth - 1));
        }
        return schemas;
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 7)) {
            case 0 -> random.nextInt(5) - 1;
            case 1 -> random.nextInt(6) / 2.0;
            case 2 -> List.of("", "a", "b", "ab", "bb", "abc").get(random.nextInt(6));
            case 3 -> random.nextBoolean();
            case 4 -> {
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(3); i > 0; i--) {
                    list.add(value(random, depth - 1));
                }
                yield list;
            }
            default -> {
                Map<String, Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.put(List.of("a", "b", "ab", "c").get(random.nextInt(4)), value(random, depth - 1));
                }
                yield map;
            }
        };
    }
}
