package dev.mastic.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mastic.wire.GlueOperation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Bodies of requests as the API's published model describes them, with so few names that requests meet what others have
 * made. Thread-safe.
 */
final class FuzzBodies {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> NAMES = List.of("n0", "n1", "n2");
    private static final List<String> TYPES = List.of(
            "string", "string", "string", "int", "int", "date", "decimal(10,2)", "struct<a:int,b:array<string>>");
    private static final List<String> VALUES = List.of("1", "2", "x", "2026-01-01", "-5");
    private static final List<String> EXPRESSIONS = List.of(
            "n0 = 1",
            "n1 <> 'x' and n0 in (1, 2)",
            "n.*",
            "n2 like '%x_' or not (n0 between 1 and 5)",
            "n3 is null",
            "((n0 > '2026-01-01') or n1 <= 3) and n2 not in ('a')");
    private static final List<String> PLACES = List.of("s3://fuzz/n0/", "s3://fuzz/n1/script.java", "s3://none/n2");
    private static final List<String> TEXTS = List.of("n0", "1", "s3://fuzz/n0/a.java", "3", "2.0", "A");
    private static final List<String> DEFINITIONS = List.of(
            "{\"type\":\"record\",\"name\":\"A\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"}]}",
            "{\"type\":\"record\",\"name\":\"A\",\"fields\":[{\"name\":\"b\",\"type\":[\"null\",\"A\"],\"default\":null}]}",
            "{\"type\":\"record\",\"name\":\"A\",\"fields\":[{\"name\":\"a\",\"type\":\"B\",\"default\":1e400}]}",
            "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}",
            "{\"$ref\":\"#\",\"pattern\":\"(a+)+$\",\"multipleOf\":0}",
            "{\"$ref\":\"file:///etc/passwd\"}",
            "syntax = \"proto3\"; message A { int32 a = 1; }",
            "syntax = \"proto2\"; message A { optional A a = 1; extensions 4 to max; }",
            "syntax = \"proto3\"; import \"none.proto\"; message A { B b = 99999999999; }",
            "{\"type\":\"array\",\"items\":".repeat(60) + "\"int\"" + "}".repeat(60),
            "{\"type\":\"array\",\"items\":".repeat(6000) + "\"int\"" + "}".repeat(6000),
            "{\"not\":".repeat(20_000) + "{}" + "}".repeat(20_000),
            "syntax = \"proto3\"; " + "message A { ".repeat(10_000) + "}".repeat(10_000),
            "syntax = \"proto3\"; option (a) = " + "{ a: ".repeat(10_000),
            "[".repeat(50_000));
    /** What an answer depends on so much that a request without it says nothing. */
    private static final Set<String> WANTED = Set.of(
            "Values",
            "PartitionKeys",
            "PartitionValueList",
            "PartitionValues",
            "S3Targets",
            "Path",
            "DatabaseName",
            "ScriptLocation",
            "JobName",
            "TableInput",
            "Actions",
            "SchemaId",
            "RegistryName",
            "SchemaName",
            "SchemaDefinition",
            "SchemaVersionId",
            "SchemaVersionNumber",
            "VersionNumber",
            "MetadataKeyValue",
            "MetadataKey",
            "MetadataValue",
            "Keys",
            "Name");

    private static final int DEEPEST = 7;

    private final JsonNode operations;
    private final JsonNode shapes;
    /** Tokens of pages that the server gave. */
    private final AtomicReference<String> seenToken = new AtomicReference<>("none");

    private final AtomicReference<String> seenVersion = new AtomicReference<>("00000000-0000-0000-0000-000000000000");
    private final AtomicReference<String> seenRun = new AtomicReference<>("jr_none");
    /** Each request that can start a run takes one of these, and names nothing that is there when none is left. */
    private final Map<String, AtomicInteger> starts;

    /** @param starts requests of each kind that may start a run */
    FuzzBodies(int starts) {
        this.starts = Map.of("StartJobRun", new AtomicInteger(starts), "StartTrigger", new AtomicInteger(starts));
        try (InputStream resource = GlueOperation.class.getResourceAsStream("glue-model.json")) {
            JsonNode model = new ObjectMapper().readTree(resource);
            operations = model.get("operations");
            shapes = model.get("shapes");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void sawToken(String token) {
        seenToken.set(token);
    }

    void sawVersion(String id) {
        seenVersion.set(id);
    }

    void sawRun(String id) {
        seenRun.set(id);
    }

    /** A request that the model allows, as far as it says; empty for an operation that it does not know. */
    ObjectNode body(String operation, Random random) {
        JsonNode input = operations.get(operation);
        if (input == null) {
            return JSON.objectNode().put("Name", "n0");
        }
        double optional = new double[] {0, 0.08, 0.4}[random.nextInt(3)];
        ObjectNode body = (ObjectNode) value(input.asText(), "", operation, random, optional, 0);
        if (body.has("SchemaVersionId") && body.has("SchemaId") && random.nextInt(5) > 0) {
            // A version is named in one way.
            body.remove(random.nextBoolean() ? List.of("SchemaVersionId") : List.of("SchemaId", "SchemaVersionNumber"));
        }
        AtomicInteger left = starts.get(operation);
        // Over the whole run, so that some of them find what to start.
        if (left != null && (random.nextInt(60) > 0 || left.getAndDecrement() <= 0)) {
            body.put(operation.equals("StartJobRun") ? "JobName" : "Name", "absent");
        }
        return body;
    }

    private JsonNode value(
            String shapeName, String member, String operation, Random random, double optional, int depth) {
        JsonNode shape = shapes.get(shapeName);
        return switch (shape.get("type").asText()) {
            case "structure" -> structure(shape, member, operation, random, optional, depth);
            case "list" -> {
                ArrayNode list = JSON.arrayNode();
                for (int i = size(shape, member, random); i > 0; i--) {
                    list.add(value(shape.get("member").asText(), member, operation, random, optional, depth + 1));
                }
                yield list;
            }
            case "map" -> {
                ObjectNode map = JSON.objectNode();
                for (int i = size(shape, member, random); i > 0; i--) {
                    map.set(
                            any(NAMES, random),
                            value(shape.get("value").asText(), "", operation, random, optional, depth + 1));
                }
                yield map;
            }
            case "integer", "long" -> JSON.numberNode(number(shape, member, random));
            case "double", "float" -> JSON.numberNode(random.nextInt(3) / 2.0);
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            case "timestamp" -> JSON.numberNode(1_700_000_000.5 + random.nextInt(1000));
            case "blob" -> JSON.textNode("bjA=");
            case "document" -> JSON.objectNode().put("a", 1);
            default -> JSON.textNode(text(shape, member, operation, random));
        };
    }

    private ObjectNode structure(
            JsonNode shape, String member, String operation, Random random, double optional, int depth) {
        ObjectNode object = JSON.objectNode();
        Set<String> required = new java.util.HashSet<>();
        shape.path("required").forEach(name -> required.add(name.asText()));
        String data = null;
        if (member.equals("StatisticsData")) {
            data = any(List.of("Boolean", "Date", "Decimal", "Double", "Long", "String", "Binary"), random);
            required.add(data + "ColumnStatisticsData");
        }
        for (Map.Entry<String, JsonNode> entry : shape.path("members").properties()) {
            String name = entry.getKey();
            double chance = required.contains(name) ? 0.99 : depth > DEEPEST ? 0 : chance(name, operation, optional);
            if (random.nextDouble() < chance) {
                object.set(name, value(entry.getValue().asText(), name, operation, random, optional, depth + 1));
            }
        }
        if (member.equals("Actions") && random.nextInt(4) > 0) {
            // A bucket that is not there has no events.
            object.putObject("Arguments").put("--event-bucket", "fuzz");
        }
        if (member.equals("Command") && random.nextInt(10) > 0) {
            object.put("Name", "glueetl");
        }
        if (data != null) {
            object.put("Type", data.toUpperCase(java.util.Locale.ROOT));
        }
        return object;
    }

    private static double chance(String member, String operation, double optional) {
        // The second name of a table must be the first again.
        boolean twice = member.equals("Name") && operation.matches("(Create|Update)Table");
        if (Set.of("CatalogId", "TransactionId", "VersionId", "QueryAsOfTime", "SchemaArn")
                        .contains(member)
                || twice) {
            return optional / 10;
        }
        return WANTED.contains(member) ? 0.9 : optional;
    }

    private static int size(JsonNode shape, String member, Random random) {
        if (WANTED.contains(member) && random.nextInt(4) > 0) {
            // As many values as keys.
            return 1;
        }
        int least = Math.min(5, shape.path("min").asInt(0));
        return Math.max(least, new int[] {1, 1, 1, 1, 0, 2, 3}[random.nextInt(7)]);
    }

    private static long number(JsonNode shape, String member, Random random) {
        if (member.equals("MaxRetries")) {
            // Each retry would start a driver.
            return 0;
        }
        long least = shape.path("min").asLong(0);
        long most = shape.path("max").asLong(Long.MAX_VALUE);
        return Math.min(most, least + random.nextInt(4));
    }

    private String text(JsonNode shape, String member, String operation, Random random) {
        if (shape.has("enum")) {
            return shape.get("enum")
                    .get(random.nextInt(shape.get("enum").size()))
                    .asText();
        }
        if (member.equals("CatalogId")) {
            return "123456789012";
        } else if (member.startsWith("Schema") || member.equals("Versions")) {
            return switch (member) {
                case "SchemaDefinition" -> any(DEFINITIONS, random);
                case "SchemaVersionId" -> seenVersion.get();
                case "Versions" -> random.nextBoolean() ? "2" : "1-" + (1 + random.nextInt(30));
                case "SchemaArn" -> "arn:aws:glue:us-east-1:123456789012:schema/n0/" + any(NAMES, random);
                default -> random.nextInt(3) > 0 ? "n0" : any(NAMES, random);
            };
        } else if (member.contains("RunId")) {
            return seenRun.get();
        } else if (Set.of("DatabaseName", "RegistryName").contains(member) || operation.equals("CreateDatabase")) {
            return random.nextInt(5) > 0 ? "n0" : any(NAMES, random);
        } else if (operation.equals("DeleteDatabase")) {
            // The other keeps what is in it for a while.
            return any(NAMES.subList(1, 3), random);
        } else if (member.equals("NextToken")) {
            return seenToken.get();
        } else if (member.startsWith("VersionId")) {
            return Integer.toString(random.nextInt(4));
        } else if (member.equals("Type")) {
            return any(TYPES, random);
        } else if (member.contains("Value") || member.equals("PartitionsToDelete")) {
            return any(VALUES, random);
        } else if (member.equals("Expression") || member.equals("Pattern")) {
            return any(EXPRESSIONS, random);
        } else if (Stream.of("Path", "Location", "Uri").anyMatch(member::endsWith)) {
            return member.equals("ScriptLocation") ? "s3://fuzz/n1/script.java" : any(PLACES, random);
        }
        boolean named = Stream.of("Name", "Names", "Keys", "Delete").anyMatch(member::endsWith);
        return any(named || random.nextBoolean() ? NAMES : TEXTS, random);
    }

    static <T> T any(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }
}
