package dev.mastic.server.slow;

import dev.mastic.wire.rest.Json;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How PostgreSQL answers a statement: which nodes, on which tables, by which indexes. Conditions, costs and numbers of rows
 * are left out, so one way of answering has one id, whatever the values and the size of a table are.
 *
 * @param id 12 hexadecimal digits, the same on every server and after every restart
 * @param shape nodes from the outermost to the innermost
 */
record Plan(String id, String shape) {
    private static final int ID_BYTES = 6;

    /** Of what {@code EXPLAIN (FORMAT JSON)} says. */
    static Plan of(String explained) {
        Map<String, Object> root = Json.readObject(("{\"plans\":" + explained + "}").getBytes(StandardCharsets.UTF_8));
        String shape = list(root.get("plans")).stream()
                .map(each -> shape(map(map(each).get("Plan"))))
                .collect(Collectors.joining("; "));
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(shape.getBytes(StandardCharsets.UTF_8));
            return new Plan(HexFormat.of().formatHex(hash, 0, ID_BYTES), shape);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JDK has no SHA-256", e);
        }
    }

    private static String shape(Map<String, Object> node) {
        StringBuilder shape = new StringBuilder();
        append(shape, "", node.get("Parent Relationship"), " ");
        append(shape, "", node.get("Join Type"), " ");
        append(shape, "", node.get("Strategy"), " ");
        append(shape, "", node.get("Operation"), " ");
        shape.append(node.get("Node Type"));
        append(shape, " by ", node.get("Index Name"), "");
        append(shape, " on ", node.get("Relation Name"), "");
        append(shape, " of ", node.get("Function Name"), "");
        List<Object> inner = list(node.get("Plans"));
        if (!inner.isEmpty()) {
            shape.append(inner.stream().map(each -> shape(map(each))).collect(Collectors.joining(", ", " (", ")")));
        }
        return shape.toString();
    }

    private static void append(StringBuilder shape, String before, @Nullable Object value, String after) {
        if (value != null) {
            shape.append(before).append(value).append(after);
        }
    }

    @SuppressWarnings("unchecked") // what Jackson makes of a JSON array
    private static List<Object> list(@Nullable Object value) {
        return value instanceof List<?> list ? (List<Object>) list : List.of();
    }

    @SuppressWarnings("unchecked") // what Jackson makes of a JSON object
    private static Map<String, Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }
}
