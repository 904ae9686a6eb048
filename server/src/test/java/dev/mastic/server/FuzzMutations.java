package dev.mastic.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes of a body that is right one that is wrong. */
final class FuzzMutations {
    static final int LARGE = 10 << 20;
    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** As they stand in the body. */
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "[]",
            "{}",
            "[null]",
            "[[]]",
            "{\"\":null}",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"n0\\u0000n1\"",
            "\"\\ud800\"",
            "\"\\udc00n0\"",
            "\"\\ud83d\\ude00\"",
            "\"\\uffff\\u202e\"",
            "\"\\u0001\\u0007\\u001b[31m\"",
            "\"n0\\r\\nSet-Cookie: a=b\"",
            "\"' or 1=1; drop schema catalog cascade; --\"",
            "\"%\"",
            "\"_\\\\\"",
            "\"{}${jndi:ldap://x}#{1}\"",
            "\"?::text ? :name $1\"",
            "\"(a+)+$\"",
            "\"\\\\Q\"",
            "\"[\"",
            "\"((((((((((n0=1))))))))))\"",
            "\"n0 = 99999999999999999999999999\"",
            "\"n0 = '\"",
            "\"../../etc/passwd\"",
            "\"s3://\"",
            "\"s3://a/%zz\"",
            "\"s3://n0/**{\"",
            "\"struct<\"",
            "\"array<array<array<int>>>\"",
            "\"decimal(99999999999,-1)\"",
            "\"0000-00-00\"",
            "\"99999-99-99 99:99:99\"",
            "\"NaN\"",
            "\"1e999999999\"",
            "\"99999999999999999999\"",
            "\"-0\"",
            "\"2026-02-30\"",
            "\"1970-01-01 00:00:00.1234567890123\"",
            "\"__HIVE_DEFAULT_PARTITION__\"",
            "\"n0 in (\"",
            "\"n0 between null and 1\"",
            "\"n0 like '\\\\' or n1 like '%_\\\\'\"",
            "\"(?=a)b\"",
            "\"(?i)(a|b)*{1000}\"",
            "\"a{99999}\"",
            "\"map<int>\"",
            "\"decimal(38,39)\"",
            "\"s3://fuzz/\\u0301/n0/../\"",
            "\"s3:///\"",
            "\"s3://fuzz\"",
            "\"123456789013\"",
            "\"İI\"",
            "\"n0,n1;n2/n3=4\"",
            "\"cron(0 0 31 2 ? *)\"",
            "\"cron(15 12 * * ? *)\"",
            "\"AAAA\"",
            "\"bTEB\"",
            "\"=\"",
            "0",
            "-1",
            "2147483647",
            "2147483648",
            "-9223372036854775808",
            "9223372036854775807",
            "9223372036854775808",
            "1e400",
            "-1e-400",
            "1e2147483647",
            "1E+999999999999",
            "0.1",
            "1e20",
            "-62135596800.000000001",
            "NaN",
            "00",
            "0x10",
            "tru",
            "'n0'",
            "\"\\x\"",
            "\"\\u00\"",
            "9".repeat(399),
            "9".repeat(5000),
            "0." + "3".repeat(380),
            '"' + "a".repeat(256) + '"',
            '"' + "ä".repeat(3000) + '"',
            '"' + "\\ud83d\\ude00".repeat(200) + '"',
            '"' + "(".repeat(5000) + '"',
            '"' + "not ".repeat(3000) + "n0 = 1\"",
            '"' + "n0=1 or ".repeat(3000) + "n0=1\"",
            '"' + "a".repeat(70_000) + '"',
            '"' + "struct<a:".repeat(2000) + "int" + ">".repeat(2000) + '"',
            "[".repeat(90) + "]".repeat(90),
            "[".repeat(120) + "]".repeat(120),
            "{\"a\":".repeat(20_000) + "1" + "}".repeat(20_000),
            "[" + "\"n0\",".repeat(3000) + "\"n1\"]",
            "[" + "{},".repeat(3000) + "{}]");

    private static final List<String> TEXTS =
            VALUES.stream().filter(value -> value.startsWith("\"")).toList();
    private static final List<String> NUMBERS =
            VALUES.stream().filter(value -> value.matches("[-0-9].*")).toList();

    private FuzzMutations() {}

    static byte[] right(ObjectNode body) {
        try {
            return MAPPER.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One to three changes of the tree, and now and then one of the bytes. */
    static byte[] wrong(ObjectNode body, Random random) {
        for (int i = Math.max(1, random.nextInt(6) - 2); i > 0; i--) {
            changeTree(body, random);
        }
        byte[] bytes = right(body);
        return random.nextInt(8) == 0 ? changeBytes(bytes, random) : bytes;
    }

    private static void changeTree(ObjectNode body, Random random) {
        List<JsonNode> containers = new ArrayList<>();
        collect(body, containers);
        JsonNode container = FuzzBodies.any(containers, random);
        if (container instanceof ArrayNode array) {
            int place = random.nextInt(array.size() + 1);
            if (place < array.size() && random.nextInt(4) > 0) {
                array.set(place, value(array.get(place), random));
            } else {
                array.insert(place, value(array.get(0), random));
            }
        } else if (container instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            // Each retry of a run would start a driver.
            names.remove("MaxRetries");
            int change = random.nextInt(10);
            if (names.isEmpty() || change == 0) {
                object.set(
                        FuzzBodies.any(List.of("Unknown", "", "__proto__", "\u0000", "name"), random),
                        value(null, random));
            } else if (change == 1) {
                object.remove(FuzzBodies.any(names, random));
            } else {
                String name = FuzzBodies.any(names, random);
                object.set(name, value(object.get(name), random));
            }
        }
    }

    /** Mostly of the type that was there: another is refused before any operation sees it. */
    private static JsonNode value(@Nullable JsonNode before, Random random) {
        List<String> values = VALUES;
        if (before != null && random.nextInt(4) > 0) {
            values = before.isTextual() ? TEXTS : before.isNumber() ? NUMBERS : VALUES;
        }
        return JsonNodeFactory.instance.rawValueNode(new RawValue(FuzzBodies.any(values, random)));
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }

    private static byte[] changeBytes(byte[] bytes, Random random) {
        return switch (random.nextInt(10)) {
            case 0 -> new byte[0];
            case 1 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 2 -> new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16);
            case 3 -> joined(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf}, bytes);
            case 4 -> joined(bytes, bytes);
            case 5 -> {
                byte[] noise = new byte[random.nextInt(2000)];
                random.nextBytes(noise);
                yield noise;
            }
            case 6 -> "null".getBytes(StandardCharsets.US_ASCII);
            case 7 -> inserted(bytes, new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, random);
            case 8 -> inserted(bytes, new byte[] {(byte) 0xc0, (byte) 0x80, (byte) 0xff, 0}, random);
            default -> {
                byte[] changed = bytes.clone();
                changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
                yield changed;
            }
        };
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private static byte[] inserted(byte[] bytes, byte[] more, Random random) {
        int place = random.nextInt(bytes.length);
        return joined(joined(Arrays.copyOf(bytes, place), more), Arrays.copyOfRange(bytes, place, bytes.length));
    }

    /** A body of ten megabytes. */
    static byte[] large(ObjectNode body, Random random) {
        List<String> names = new ArrayList<>();
        body.fieldNames().forEachRemaining(names::add);
        String name = names.isEmpty() || random.nextInt(4) == 0 ? "Unknown" : FuzzBodies.any(names, random);
        String value = switch (random.nextInt(9)) {
            case 0 -> '"' + "a".repeat(LARGE) + '"';
            case 1 -> '"' + "\\u0000".repeat(LARGE / 6) + '"';
            case 2 -> "[" + "[],".repeat(LARGE / 3) + "[]]";
            case 3 -> "[" + "{},".repeat(LARGE / 3) + "{}]";
            case 4 -> "[" + "\"n\",".repeat(LARGE / 4) + "\"n\"]";
            case 5 -> "[" + "{\"Values\":[\"1\"]},".repeat(LARGE / 17) + "{}]";
            case 6 -> "9".repeat(LARGE);
            case 7 -> " ".repeat(LARGE) + "1";
            default -> "[".repeat(LARGE);
        };
        body.set(name, JsonNodeFactory.instance.rawValueNode(new RawValue(value)));
        return right(body);
    }
}
