package dev.mastic.registry.compat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class JsonPatchTest {
    @Test
    void isEmptyForEqualValues() {
        assertThat(JsonPatch.between(Map.of("a", List.of(1)), Map.of("a", List.of(1))))
                .isEmpty();
    }

    @Test
    void escapesNames() {
        assertThat(JsonPatch.between(Map.of(), Map.of("a/b~c", 1)).get(0)).containsEntry("path", "/a~1b~0c");
    }

    @Test
    void replacesTheWholeWhenItsKindChanges() {
        assertThat(JsonPatch.between("int", List.of("int")).get(0))
                .containsEntry("op", "replace")
                .containsEntry("path", "");
    }

    @Test
    void turnsOneValueIntoTheOther() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            Object before = value(random, 4);
            Object after = random.nextBoolean() ? value(random, 4) : changed(before, random);
            assertThat(apply(before, JsonPatch.between(before, after)))
                    .as("seed %d, case %d: from %s", seed, i, before)
                    .isEqualTo(after);
        }
    }

    private static Object value(Random random, int depth) {
        int kind = random.nextInt(depth == 0 ? 2 : 4);
        if (kind == 2) {
            List<Object> list = new ArrayList<>();
            for (int i = random.nextInt(5); i > 0; i--) {
                list.add(value(random, depth - 1));
            }
            return list;
        }
        if (kind == 3) {
            Map<String, Object> map = new LinkedHashMap<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                map.put("k" + random.nextInt(5), value(random, depth - 1));
            }
            return map;
        }
        return kind == 0 ? (Object) random.nextInt(3) : "t" + random.nextInt(3);
    }

    private static Object changed(Object value, Random random) {
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list);
            copy.add(random.nextInt(copy.size() + 1), value(random, 1));
            return copy;
        }
        return value(random, 2);
    }

    private static Object apply(Object document, List<? extends Map<String, ?>> patch) {
        Object result = copy(document);
        for (Map<String, ?> operation : patch) {
            result = apply(result, String.valueOf(operation.get("path")), operation);
        }
        return result;
    }

    @SuppressWarnings("unchecked")
    private static Object apply(Object document, String path, Map<String, ?> operation) {
        if (path.isEmpty()) {
            return copy(operation.get("value"));
        }
        int end = path.indexOf('/', 1);
        String name = (end < 0 ? path.substring(1) : path.substring(1, end))
                .replace("~1", "/")
                .replace("~0", "~");
        if (document instanceof List<?>) {
            List<Object> list = (List<Object>) document;
            int index = Integer.parseInt(name);
            if (end >= 0) {
                list.set(index, apply(list.get(index), path.substring(end), operation));
            } else if (operation.get("op").equals("remove")) {
                list.remove(index);
            } else if (operation.get("op").equals("add")) {
                list.add(index, copy(operation.get("value")));
            } else {
                list.set(index, copy(operation.get("value")));
            }
        } else {
            Map<String, Object> map = (Map<String, Object>) document;
            if (end >= 0) {
                map.put(name, apply(map.get(name), path.substring(end), operation));
            } else if (operation.get("op").equals("remove")) {
                map.remove(name);
            } else {
                map.put(name, copy(operation.get("value")));
            }
        }
        return document;
    }

    private static Object copy(Object value) {
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(copy(element)));
            return copy;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((name, member) -> copy.put(String.valueOf(name), copy(member)));
            return copy;
        }
        return value;
    }
}
