package dev.mastic.registry.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import dev.mastic.registry.compat.InvalidDefinitionException;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WireCompatibilityTest {
    private static final int PAIRS = 8_000;
    private static final List<String> TYPES = List.of(
            "int32",
            "int64",
            "uint32",
            "bool",
            "sint32",
            "sint64",
            "fixed32",
            "sfixed32",
            "fixed64",
            "float",
            "double",
            "string",
            "bytes",
            "N",
            "E");

    private final ProtobufFormat format = new ProtobufFormat();

    /** What is called readable can be parsed, and no field that both sides have is left among the unknown ones. */
    @Test
    void whatIsReadableIsRead() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int readable = 0;
        for (int i = 0; i < PAIRS; i++) {
            String writerText = file(random);
            String readerText = file(random);
            FileDescriptor writer = format.parse(writerText).model();
            FileDescriptor reader = format.parse(readerText).model();
            if (!format.unreadable(reader, writer).isEmpty()) {
                continue;
            }
            readable++;
            Descriptor read = reader.findMessageTypeByName("M");
            DynamicMessage written = message(writer.findMessageTypeByName("M"), random, 2);
            String what = "seed " + seed + ": " + written + " of\n" + writerText + "read by\n" + readerText;
            assertThatCode(() -> {
                        DynamicMessage parsed = DynamicMessage.parseFrom(read, written.toByteString());
                        assertThat(parsed.isInitialized()).isTrue();
                        assertThat(parsed.getUnknownFields().asMap().keySet())
                                .noneMatch(number -> read.findFieldByNumber(number) != null);
                    })
                    .as(what)
                    .doesNotThrowAnyException();
        }
        assertThat(readable).as("readable pairs").isGreaterThan(PAIRS / 50);
    }

    @Test
    void refusesMessagesThatAreNestedTooDeeply() {
        assertThatThrownBy(() -> format.parse("message M {".repeat(1_000) + "}".repeat(1_000)))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining("nested");
        assertThatThrownBy(() -> format.parse("message M {".repeat(14_000) + "}".repeat(14_000)))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining("nested");
    }

    @Test
    void givesUpOnCirclesThatMakeTooManyPairs() throws Exception {
        FileDescriptor reader = format.parse(circle(401)).model();
        FileDescriptor writer = format.parse(circle(400)).model();
        assertThat(format.unreadable(reader, writer))
                .singleElement()
                .asString()
                .matches("The schemas are (too intricate|nested too deeply) to be compared");
    }

    private static String circle(int length) {
        StringBuilder file = new StringBuilder("syntax = \"proto3\";\n");
        for (int i = 0; i < length; i++) {
            file.append("message M%d {\n  M%d next = 1;\n}\n".formatted(i, (i + 1) % length));
        }
        return file.toString();
    }

    private static String file(Random random) {
        boolean proto3 = random.nextBoolean();
        StringBuilder file = new StringBuilder("syntax = \"" + (proto3 ? "proto3" : "proto2") + "\";\nmessage M {\n");
        fields(file, random, proto3);
        file.append("}\nmessage N {\n");
        fields(file, random, proto3);
        file.append("}\nenum E {\n  A = 0;\n")
                .append(random.nextBoolean() ? "  B = 1;\n" : "")
                .append("}\n");
        return file.toString();
    }

    private static void fields(StringBuilder file, Random random, boolean proto3) {
        for (int number = 1; number <= 3; number++) {
            if (random.nextInt(3) != 0) {
                String type = TYPES.get(random.nextInt(TYPES.size()));
                boolean repeated = random.nextInt(4) == 0;
                boolean required = !proto3 && !type.equals("N") && random.nextInt(4) == 0;
                String label = repeated ? "repeated " : required ? "required " : proto3 ? "" : "optional ";
                file.append("  %s%s f%d = %d;\n".formatted(label, type, number, number));
            }
        }
    }

    private static DynamicMessage message(Descriptor type, Random random, int depth) {
        DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
        for (FieldDescriptor field : type.getFields()) {
            if (field.isRepeated()) {
                for (int i = depth > 0 || !isMessage(field) ? random.nextInt(3) : 0; i > 0; i--) {
                    message.addRepeatedField(field, value(field, random, depth));
                }
            } else if (field.isRequired() || (random.nextBoolean() && (depth > 0 || !isMessage(field)))) {
                message.setField(field, value(field, random, depth));
            }
        }
        return message.build();
    }

    private static Object value(FieldDescriptor field, Random random, int depth) {
        return switch (field.getJavaType()) {
            case INT -> random.nextInt();
            case LONG -> random.nextLong();
            case FLOAT -> random.nextFloat();
            case DOUBLE -> random.nextDouble();
            case BOOLEAN -> random.nextBoolean();
            case STRING -> "text" + random.nextInt(9);
            case BYTE_STRING -> ByteString.copyFrom(new byte[] {(byte) random.nextInt(), (byte) random.nextInt()});
            case ENUM -> constant(field.getEnumType(), random);
            case MESSAGE -> message(field.getMessageType(), random, depth - 1);
        };
    }

    private static boolean isMessage(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
    }

    private static Object constant(EnumDescriptor type, Random random) {
        return type.getValues().get(random.nextInt(type.getValues().size()));
    }
}
