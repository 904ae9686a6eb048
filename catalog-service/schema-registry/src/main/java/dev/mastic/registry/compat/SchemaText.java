package dev.mastic.registry.compat;

import dev.mastic.wire.rest.Json;
import dev.mastic.wire.rest.RestException;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Definitions that are JSON. */
public final class SchemaText {
    private static final String END = "end of the definition";

    private SchemaText() {}

    /**
     * A definition as maps, lists, texts, numbers and booleans.
     *
     * @throws InvalidDefinitionException when it is not JSON
     */
    public static Object json(String definition) throws InvalidDefinitionException {
        try {
            // Whatever follows the value would be overlooked; inside a list, with an element after it, nothing can be.
            List<?> whole = Json.read("[" + definition + "\n,\"" + END + "\"]", List.class);
            if (whole.size() != 2 || !END.equals(whole.get(1)) || whole.get(0) == null) {
                throw new InvalidDefinitionException("it is not one JSON value that is not null");
            }
            return whole.get(0);
        } catch (RestException e) {
            String message = String.valueOf(e.getMessage()).replaceFirst("^.*?valid JSON for List: ", "");
            throw new InvalidDefinitionException("it is not JSON: " + message, e);
        }
    }

    /** A JSON value as text without layout, with its members in the order of their names. */
    public static String canonical(Object document) {
        return Json.text(Objects.requireNonNull(sorted(document)));
    }

    /** The first line of what an exception says. */
    public static String firstLine(Throwable failure) {
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    private static @Nullable Object sorted(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> members = new TreeMap<>();
            map.forEach((name, member) -> members.put(String.valueOf(name), sorted(member)));
            return members;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> elements = new ArrayList<>();
            list.forEach(element -> elements.add(sorted(element)));
            return elements;
        }
        return value;
    }
}
