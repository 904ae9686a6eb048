package dev.mastic.job;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A {@link JobGraph} as JSON and back; reading what was written gives an equal graph. The form follows the records:
 * an object has a member for each component, a choice of records (step, source, expression) also {@code "@type"} with the
 * record's name. Components that are null are left out.
 */
public final class JobGraphJson {
    private JobGraphJson() {}

    /** The graph as JSON, indented. */
    public static String write(JobGraph graph) {
        StringBuilder json = new StringBuilder();
        write(graph, JobGraph.class, json, 0);
        return json.append('\n').toString();
    }

    /**
     * The graph that a JSON text says.
     *
     * @throws IllegalArgumentException when it is not JSON or not a graph; the message names the place
     */
    public static JobGraph read(String json) {
        return (JobGraph) read(JsonReader.read(json), JobGraph.class, "graph");
    }

    private static void write(Object value, Type type, StringBuilder json, int indent) {
        if (value instanceof List<?> list) {
            writeList(list, elementType(type), json, indent);
        } else if (value instanceof Record record) {
            writeRecord(record, (Class<?>) type, json, indent);
        } else if (value instanceof Enum<?> constant) {
            quote(constant.name(), json);
        } else if (value instanceof String text) {
            quote(text, json);
        } else {
            json.append(value);
        }
    }

    private static void writeList(List<?> list, Type element, StringBuilder json, int indent) {
        json.append('[');
        String separator = "";
        for (Object item : list) {
            json.append(separator);
            if (item instanceof Record) {
                newLine(json, indent + 1);
            }
            write(item, element, json, indent + 1);
            separator = item instanceof Record ? "," : ", ";
        }
        json.append(']');
    }

    private static void writeRecord(Record record, Class<?> declared, StringBuilder json, int indent) {
        json.append('{');
        String separator = "";
        if (declared.isSealed()) {
            json.append("\"@type\": ");
            quote(record.getClass().getSimpleName(), json);
            separator = ", ";
        }
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = valueOf(record, component);
            if (value != null) {
                json.append(separator);
                quote(component.getName(), json);
                json.append(": ");
                write(value, component.getGenericType(), json, indent);
                separator = ", ";
            }
        }
        json.append('}');
    }

    private static @Nullable Object valueOf(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot read " + component, e);
        }
    }

    private static void newLine(StringBuilder json, int indent) {
        json.append('\n').append("  ".repeat(indent));
    }

    private static void quote(String text, StringBuilder json) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }

    private static Object read(@Nullable Object json, Type type, String path) {
        if (type instanceof ParameterizedType) {
            Type element = elementType(type);
            List<Object> list = new ArrayList<>();
            for (Object item : as(List.class, json, path, "a list")) {
                list.add(read(item, element, path + "[" + list.size() + "]"));
            }
            return list;
        }
        Class<?> wanted = (Class<?>) type;
        if (wanted == String.class) {
            return as(String.class, json, path, "a text");
        }
        if (wanted == boolean.class) {
            return as(Boolean.class, json, path, "true or false");
        }
        if (wanted == int.class) {
            return as(BigDecimal.class, json, path, "a whole number").intValueExact();
        }
        if (wanted == long.class) {
            return as(BigDecimal.class, json, path, "a whole number").longValueExact();
        }
        if (wanted == double.class) {
            return as(BigDecimal.class, json, path, "a number").doubleValue();
        }
        if (wanted.isEnum()) {
            return constant(wanted, as(String.class, json, path, "a text"), path);
        }
        Map<?, ?> object = as(Map.class, json, path, "an object");
        if (wanted == Target.class && !object.containsKey("@type")) {
            return ((FileOutput.Old) readRecord(object, FileOutput.Old.class, path, false)).output();
        }
        return readRecord(object, wanted.isSealed() ? chosen(object, wanted, path) : wanted, path, wanted.isSealed());
    }

    private static Object readRecord(Map<?, ?> object, Class<?> type, String path, boolean typed) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] parameters = new Class<?>[components.length];
        @Nullable Object[] values = new @Nullable Object[components.length];
        int used = typed ? 1 : 0;
        for (int i = 0; i < components.length; i++) {
            String name = components[i].getName();
            parameters[i] = components[i].getType();
            Object value = object.get(name);
            if (object.containsKey(name)) {
                used++;
            }
            if (value != null) {
                values[i] = read(value, components[i].getGenericType(), path + "." + name);
            } else if (components[i].getType() == boolean.class && !object.containsKey(name)) {
                // A record that has got a new switch still reads what was written before.
                values[i] = false;
            } else if (!components[i].getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                throw new IllegalArgumentException(path + ": member \"" + name + "\" is missing");
            }
        }
        if (used < object.size()) {
            throw new IllegalArgumentException(path + ": a member of " + object.keySet() + " is unknown to "
                    + type.getSimpleName() + ", which has "
                    + List.of(components).stream().map(RecordComponent::getName).toList());
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(parameters);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            Throwable reason = e.getTargetException();
            throw new IllegalArgumentException(path + ": " + reason.getMessage(), reason);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot make a " + type.getName(), e);
        }
    }

    private static Class<?> chosen(Map<?, ?> object, Class<?> choice, String path) {
        Object name = object.get("@type");
        for (Class<?> option : options(choice)) {
            if (option.getSimpleName().equals(name)) {
                return option;
            }
        }
        String known =
                options(choice).stream().map(Class::getSimpleName).sorted().collect(Collectors.joining(", "));
        throw new IllegalArgumentException(path + ": \"@type\" is " + name + "; expected one of " + known);
    }

    /** The records of a choice, those of choices within it too. */
    private static List<Class<?>> options(Class<?> choice) {
        List<Class<?>> options = new ArrayList<>();
        for (Class<?> option : choice.getPermittedSubclasses()) {
            if (option.isSealed()) {
                options.addAll(options(option));
            } else {
                options.add(option);
            }
        }
        return options;
    }

    private static Object constant(Class<?> type, String name, String path) {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new IllegalArgumentException(path + ": '" + name + "' is not one of " + List.of(type.getEnumConstants()));
    }

    private static <T> T as(Class<T> type, @Nullable Object json, String path, String expected) {
        if (!type.isInstance(json)) {
            throw new IllegalArgumentException(path + ": expected " + expected + ", found " + json);
        }
        return type.cast(json);
    }

    private static Type elementType(Type type) {
        return ((ParameterizedType) type).getActualTypeArguments()[0];
    }
}
