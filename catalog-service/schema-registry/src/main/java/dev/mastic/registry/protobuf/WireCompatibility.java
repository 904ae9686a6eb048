package dev.mastic.registry.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.Type;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a reader with one file makes of messages that another file's users wrote, by the binary encoding: fields are known
 * by their numbers, and types that share an encoding can replace each other (protobuf.dev, "Updating A Message Type").
 * Names of fields do not matter. Not thread-safe; one per comparison.
 */
final class WireCompatibility {
    /** Two circles of messages can be written that make millions of pairs. */
    private static final int MOST_PAIRS = 20_000;

    private final FileDescriptor reader;
    private final Set<Pair> compared = new HashSet<>();
    private final Set<String> reasons = new LinkedHashSet<>();

    WireCompatibility(FileDescriptor reader) {
        this.reader = reader;
    }

    private record Pair(Descriptor read, Descriptor written) {}

    /** The encodings; types of one encoding are read as each other. */
    private enum Encoding {
        VARINT,
        ZIGZAG,
        FIXED32,
        FIXED64,
        FLOAT,
        DOUBLE,
        STRING,
        BYTES,
        MESSAGE
    }

    List<String> unreadable(FileDescriptor writer) {
        for (Descriptor message : writer.getMessageTypes()) {
            Descriptor found = find(reader, message.getFullName());
            if (found == null) {
                reasons.add("message " + message.getFullName() + " is missing in the reader's schema");
            } else {
                nested(found, message);
            }
        }
        return new ArrayList<>(reasons);
    }

    static @Nullable Descriptor find(FileDescriptor file, String fullName) {
        String prefix = file.getPackage().isEmpty() ? "" : file.getPackage() + ".";
        if (!fullName.startsWith(prefix)) {
            return null;
        }
        Descriptor found = null;
        for (String name : fullName.substring(prefix.length()).split("\\.")) {
            found = found == null ? file.findMessageTypeByName(name) : found.findNestedTypeByName(name);
            if (found == null) {
                return null;
            }
        }
        return found;
    }

    /** A nested message that is gone does no harm unless some field has it, which the fields tell. */
    private void nested(Descriptor read, Descriptor written) {
        messages(read, written);
        for (Descriptor inner : written.getNestedTypes()) {
            Descriptor found = read.findNestedTypeByName(inner.getName());
            if (found != null && !inner.getOptions().getMapEntry()) {
                nested(found, inner);
            }
        }
    }

    private void messages(Descriptor read, Descriptor written) {
        if (compared.size() >= MOST_PAIRS) {
            reasons.add("The schemas are too intricate to be compared");
            return;
        }
        if (!compared.add(new Pair(read, written))) {
            return;
        }
        for (FieldDescriptor field : written.getFields()) {
            FieldDescriptor found = read.findFieldByNumber(field.getNumber());
            if (found != null) {
                fields(found, field);
            }
        }
        for (FieldDescriptor field : read.getFields()) {
            FieldDescriptor found = written.findFieldByNumber(field.getNumber());
            if (field.isRequired() && (found == null || !found.isRequired())) {
                reasons.add(place(field) + " is required by the reader, but writers may leave it out");
            }
        }
        read.getRealOneofs().forEach(oneof -> oneof(oneof, written));
    }

    /** Of fields that a writer may set together, a oneof keeps the last alone. */
    private void oneof(OneofDescriptor oneof, Descriptor written) {
        List<FieldDescriptor> there = new ArrayList<>();
        for (FieldDescriptor field : oneof.getFields()) {
            FieldDescriptor found = written.findFieldByNumber(field.getNumber());
            if (found != null) {
                there.add(found);
            }
        }
        if (there.size() < 2) {
            return;
        }
        OneofDescriptor first = there.get(0).getRealContainingOneof();
        boolean together = first != null
                && there.stream().allMatch(field -> {
                    OneofDescriptor other = field.getRealContainingOneof();
                    return other != null && other.getIndex() == first.getIndex();
                });
        if (!together) {
            List<String> names = there.stream().map(FieldDescriptor::getName).toList();
            reasons.add("oneof " + oneof.getFullName() + " of the reader holds one of " + names
                    + ", but writers may set more than one of them");
        }
    }

    private void fields(FieldDescriptor read, FieldDescriptor written) {
        if (written.isRepeated() && !read.isRepeated()) {
            reasons.add(place(read) + " is repeated for writers, so that the reader would lose all values but one");
            return;
        }
        Encoding from = encoding(written.getType());
        Encoding to = encoding(read.getType());
        boolean text = to == Encoding.BYTES && (from == Encoding.STRING || from == Encoding.MESSAGE);
        if (from != to && !text) {
            reasons.add(place(read) + " is " + type(read) + " for the reader and " + type(written)
                    + " for writers, which are encoded differently");
        } else if (to == Encoding.MESSAGE && from == Encoding.MESSAGE) {
            messages(read.getMessageType(), written.getMessageType());
        } else if (read.getType() == Type.ENUM && written.getType() == Type.ENUM) {
            enums(read, read.getEnumType(), written.getEnumType());
        } else if (read.getType() == Type.ENUM && read.getEnumType().isClosed()) {
            reasons.add(
                    place(read) + " is the closed enum " + read.getEnumType().getFullName()
                            + " for the reader, but writers may put any " + type(written) + " there");
        }
    }

    /** An open enum keeps numbers that it does not name; a closed one drops them. */
    private void enums(FieldDescriptor field, EnumDescriptor read, EnumDescriptor written) {
        if (!read.isClosed()) {
            return;
        }
        if (!written.isClosed()) {
            reasons.add(place(field) + " is the closed enum " + read.getFullName()
                    + " for the reader, but an open enum for writers");
        }
        written.getValues().stream()
                .filter(value -> read.findValueByNumber(value.getNumber()) == null)
                .forEach(value -> reasons.add(place(field) + ": the reader's enum " + read.getFullName()
                        + " has no value for " + value.getName() + " = " + value.getNumber()));
    }

    private static Encoding encoding(Type type) {
        return switch (type) {
            case INT32, INT64, UINT32, UINT64, BOOL, ENUM -> Encoding.VARINT;
            case SINT32, SINT64 -> Encoding.ZIGZAG;
            case FIXED32, SFIXED32 -> Encoding.FIXED32;
            case FIXED64, SFIXED64 -> Encoding.FIXED64;
            case FLOAT -> Encoding.FLOAT;
            case DOUBLE -> Encoding.DOUBLE;
            case STRING -> Encoding.STRING;
            case BYTES -> Encoding.BYTES;
            case MESSAGE, GROUP -> Encoding.MESSAGE;
        };
    }

    private static String type(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case MESSAGE -> field.getMessageType().getFullName();
            case ENUM -> field.getEnumType().getFullName();
            case INT, LONG, FLOAT, DOUBLE, BOOLEAN, STRING, BYTE_STRING ->
                field.getType().name().toLowerCase(Locale.ROOT);
        };
    }

    private static String place(FieldDescriptor field) {
        return "message " + field.getContainingType().getFullName() + ": field " + field.getName() + " = "
                + field.getNumber();
    }
}
