package dev.mastic.registry.compat;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The difference of two JSON values as a JSON Patch (RFC 6902), which is what GetSchemaVersionsDiff answers. */
public final class JsonPatch {
    private final List<Map<String, @Nullable Object>> operations = new ArrayList<>();

    private JsonPatch() {}

    /** The operations that turn one value into another, in the order in which they are to be applied. */
    public static List<Map<String, @Nullable Object>> between(@Nullable Object before, @Nullable Object after) {
        JsonPatch patch = new JsonPatch();
        patch.value("", before, after);
        return patch.operations;
    }

    private void value(String path, @Nullable Object before, @Nullable Object after) {
        if (Objects.equals(before, after)) {
            return;
        }
        if (before instanceof Map<?, ?> from && after instanceof Map<?, ?> to) {
            members(path, from, to);
        } else if (before instanceof List<?> from && after instanceof List<?> to) {
            elements(path, from, to);
        } else {
            operation("replace", path).put("value", after);
        }
    }

    private void members(String path, Map<?, ?> before, Map<?, ?> after) {
        before.forEach((name, value) -> {
            if (after.containsKey(name)) {
                value(path + "/" + escaped(name), value, after.get(name));
            } else {
                operation("remove", path + "/" + escaped(name));
            }
        });
        after.forEach((name, value) -> {
            if (!before.containsKey(name)) {
                operation("add", path + "/" + escaped(name)).put("value", value);
            }
        });
    }

    /** What begins and ends alike stays; what lies between is changed in place, then cut or filled up. */
    private void elements(String path, List<?> before, List<?> after) {
        int shorter = Math.min(before.size(), after.size());
        int head = 0;
        while (head < shorter && Objects.equals(before.get(head), after.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head
                && Objects.equals(before.get(before.size() - 1 - tail), after.get(after.size() - 1 - tail))) {
            tail++;
        }
        int beforeEnd = before.size() - tail;
        int afterEnd = after.size() - tail;
        int index = head;
        for (; index < Math.min(beforeEnd, afterEnd); index++) {
            value(path + "/" + index, before.get(index), after.get(index));
        }
        for (int i = beforeEnd - 1; i >= index; i--) {
            operation("remove", path + "/" + i);
        }
        for (int i = index; i < afterEnd; i++) {
            operation("add", path + "/" + i).put("value", after.get(i));
        }
    }

    private Map<String, @Nullable Object> operation(String name, String path) {
        Map<String, @Nullable Object> operation = new LinkedHashMap<>();
        operation.put("op", name);
        operation.put("path", path);
        operations.add(operation);
        return operation;
    }

    private static String escaped(Object name) {
        return String.valueOf(name).replace("~", "~0").replace("/", "~1");
    }
}
