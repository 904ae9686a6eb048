package dev.mastic.crawler.folder;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Samples of a folder as bytes: packed, texts once each. Follows the records themselves, so that whoever adds a member to
 * a profile has nothing to do here. Reads only what this version of the code wrote, which {@link #form} tells; makes
 * objects of the classes of {@link SamplesForm} alone. Thread-safe.
 */
final class SamplesCodec {
    private static final SamplesForm FORM = SamplesForm.of(FolderSamples.class);

    private SamplesCodec() {}

    /** What the members of the classes are; bytes of another form cannot be read. */
    static long form() {
        return FORM.number();
    }

    /** @throws IllegalArgumentException when a member is of a class that has no form */
    static byte[] write(FolderSamples samples) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes, deflater))) {
            new Writer(out).value(samples);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalArgumentException when the bytes are not of this form */
    static FolderSamples read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(bytes)))) {
            if (new Reader(in).value() instanceof FolderSamples samples) {
                return samples;
            }
            throw new IllegalArgumentException("These are no samples of a folder");
        } catch (IOException | ReflectiveOperationException | ClassCastException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("These are no samples of a folder", e);
        }
    }

    private static final class Writer {
        private final DataOutputStream out;
        private final Map<String, Integer> texts = new HashMap<>();

        Writer(DataOutputStream out) {
            this.out = out;
        }

        void value(@Nullable Object value) throws IOException {
            if (value == null) {
                out.writeByte('0');
            } else if (value instanceof String text) {
                text(text);
            } else if (value instanceof Number number) {
                number(number);
            } else if (value instanceof Boolean bool) {
                out.writeByte(bool ? 'T' : 'F');
            } else if (value instanceof Character character) {
                out.writeByte('C');
                out.writeChar(character);
            } else if (value instanceof Instant instant) {
                out.writeByte('I');
                out.writeLong(instant.getEpochSecond());
                out.writeInt(instant.getNano());
            } else if (value instanceof Map<?, ?> map) {
                map(map);
            } else if (value instanceof Collection<?> all) {
                out.writeByte(value instanceof Set ? 'S' : 'L');
                out.writeInt(all.size());
                for (Object one : all) {
                    value(one);
                }
            } else {
                object(value);
            }
        }

        private void text(String text) throws IOException {
            Integer known = texts.putIfAbsent(text, texts.size());
            if (known != null) {
                out.writeByte('t');
                out.writeInt(known);
            } else {
                out.writeByte('s');
                byte[] utf8 = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
                out.writeInt(utf8.length);
                out.write(utf8);
            }
        }

        private void number(Number number) throws IOException {
            if (number instanceof Long all) {
                out.writeByte('l');
                out.writeLong(all);
            } else if (number instanceof Integer some) {
                out.writeByte('i');
                out.writeInt(some);
            } else if (number instanceof Double real) {
                out.writeByte('d');
                out.writeDouble(real);
            } else {
                throw new IllegalArgumentException("No form for " + number.getClass());
            }
        }

        private void map(Map<?, ?> map) throws IOException {
            out.writeByte('M');
            out.writeInt(map.size());
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                value(entry.getKey());
                value(entry.getValue());
            }
        }

        private void object(Object value) throws IOException {
            Class<?> type = value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
            int index = FORM.indexOf(type);
            if (index < 0) {
                throw new IllegalArgumentException("No form for " + type);
            }
            out.writeByte(value instanceof Enum ? 'E' : 'O');
            out.writeShort(index);
            if (value instanceof Enum<?> constant) {
                out.writeShort(constant.ordinal());
                return;
            }
            for (Field field : FORM.fields(type)) {
                try {
                    value(field.get(value));
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private static final class Reader {
        private final DataInputStream in;
        private final List<String> texts = new ArrayList<>();

        Reader(DataInputStream in) {
            this.in = in;
        }

        @Nullable
        Object value() throws IOException, ReflectiveOperationException {
            byte tag = in.readByte();
            return switch (tag) {
                case '0' -> null;
                case 's' -> {
                    String text = new String(in.readNBytes(in.readInt()), java.nio.charset.StandardCharsets.UTF_8);
                    texts.add(text);
                    yield text;
                }
                case 't' -> texts.get(in.readInt());
                case 'l' -> in.readLong();
                case 'i' -> in.readInt();
                case 'd' -> in.readDouble();
                case 'T' -> true;
                case 'F' -> false;
                case 'C' -> in.readChar();
                case 'I' -> Instant.ofEpochSecond(in.readLong(), in.readInt());
                case 'M' -> map(new LinkedHashMap<>());
                case 'L' -> all(new ArrayList<>());
                case 'S' -> all(new LinkedHashSet<>());
                case 'E' -> FORM.classAt(in.readShort()).getEnumConstants()[in.readShort()];
                case 'O' -> object(FORM.classAt(in.readShort()));
                default -> throw new IllegalArgumentException("Unknown tag " + tag);
            };
        }

        private Map<@Nullable Object, @Nullable Object> map(Map<@Nullable Object, @Nullable Object> map)
                throws IOException, ReflectiveOperationException {
            int size = in.readInt();
            for (int i = 0; i < size; i++) {
                Object key = value();
                map.put(key, value());
            }
            return map;
        }

        private Collection<@Nullable Object> all(Collection<@Nullable Object> all)
                throws IOException, ReflectiveOperationException {
            int size = in.readInt();
            for (int i = 0; i < size; i++) {
                all.add(value());
            }
            return all;
        }

        private Object object(Class<?> type) throws IOException, ReflectiveOperationException {
            List<Field> fields = FORM.fields(type);
            @Nullable Object[] values = new Object[fields.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = value();
            }
            if (type.isRecord()) {
                Constructor<?> canonical = type.getDeclaredConstructor(
                        fields.stream().map(Field::getType).toArray(Class<?>[]::new));
                canonical.setAccessible(true);
                for (int i = 0; i < values.length; i++) {
                    values[i] = as(canonical.getParameterTypes()[i], values[i]);
                }
                return canonical.newInstance(values);
            }
            Constructor<?> empty = type.getDeclaredConstructor();
            empty.setAccessible(true);
            Object object = empty.newInstance();
            for (int i = 0; i < values.length; i++) {
                fill(fields.get(i), object, values[i]);
            }
            return object;
        }

        /** Maps and collections that an object makes for itself are filled, so that they keep their order. */
        @SuppressWarnings("unchecked")
        private static void fill(Field field, Object object, @Nullable Object value) throws IllegalAccessException {
            Object own = field.get(object);
            if (own instanceof Map<?, ?> map && value instanceof Map<?, ?> read) {
                ((Map<Object, Object>) map).putAll(read);
            } else if (own instanceof Collection<?> all && value instanceof Collection<?> read) {
                ((Collection<Object>) all).addAll(read);
            } else {
                field.set(object, as(field.getType(), value));
            }
        }

        private static @Nullable Object as(Class<?> type, @Nullable Object value) {
            if (value instanceof Map<?, ?> map && SortedMap.class.isAssignableFrom(type)) {
                return new TreeMap<>(map);
            } else if (value instanceof Collection<?> all && SortedSet.class.isAssignableFrom(type)) {
                return new TreeSet<>(all);
            }
            return value;
        }
    }
}
