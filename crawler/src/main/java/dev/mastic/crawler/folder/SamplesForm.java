package dev.mastic.crawler.folder;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The classes that samples are made of, found from their declarations: records, enums, sealed interfaces and plain classes
 * of this module. Another version of Mastic with other members has another number, and reads nothing that this one wrote.
 */
final class SamplesForm {
    private static final String OURS = "dev.mastic.crawler.";

    private final List<Class<?>> classes;
    private final Map<Class<?>, List<Field>> fields;
    private final long number;

    private SamplesForm(SortedMap<String, Class<?>> found) {
        classes = List.copyOf(found.values());
        fields = classes.stream().collect(Collectors.toMap(type -> type, SamplesForm::declared));
        long hash = 1;
        for (Class<?> type : classes) {
            String members = type.getName()
                    + declared(type).stream()
                            .map(field -> field.getName() + " " + field.getGenericType())
                            .collect(Collectors.joining(","))
                    + (type.isEnum() ? Arrays.toString(type.getEnumConstants()) : "");
            hash = 31 * hash + members.hashCode();
        }
        number = hash;
    }

    static SamplesForm of(Class<?> root) {
        SortedMap<String, Class<?>> found = new TreeMap<>();
        collect(root, found);
        return new SamplesForm(found);
    }

    private static void collect(Type type, SortedMap<String, Class<?>> found) {
        if (type instanceof ParameterizedType generic) {
            Arrays.stream(generic.getActualTypeArguments()).forEach(argument -> collect(argument, found));
        } else if (type instanceof Class<?> plain
                && plain.getName().startsWith(OURS)
                && found.putIfAbsent(plain.getName(), plain) == null) {
            if (plain.getPermittedSubclasses() != null) {
                Arrays.stream(plain.getPermittedSubclasses()).forEach(permitted -> collect(permitted, found));
            }
            declared(plain).forEach(field -> collect(field.getGenericType(), found));
        }
    }

    /** The members that make an object, in an order that does not change. */
    private static List<Field> declared(Class<?> type) {
        if (type.isEnum() || type.isInterface()) {
            return List.of();
        }
        if (type.isRecord()) {
            return Stream.of(type.getRecordComponents())
                    .map(component -> field(type, component.getName()))
                    .toList();
        }
        List<Field> all = new ArrayList<>();
        for (Class<?> level = type; level != null && level != Object.class; level = level.getSuperclass()) {
            Stream.of(level.getDeclaredFields())
                    .filter(field -> !Modifier.isStatic(field.getModifiers()))
                    .sorted(Comparator.comparing(Field::getName))
                    .forEach(all::add);
        }
        all.forEach(field -> field.setAccessible(true));
        return all;
    }

    private static Field field(Class<?> type, String name) {
        try {
            Field field = type.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("Records have a field for each component", e);
        }
    }

    /** Tells one form from another. */
    long number() {
        return number;
    }

    /** The place of a class among those that samples may have; negative when it is none of them. */
    int indexOf(Class<?> type) {
        return classes.indexOf(type);
    }

    Class<?> classAt(int index) {
        return classes.get(index);
    }

    List<Field> fields(Class<?> type) {
        return fields.getOrDefault(type, List.of());
    }
}
