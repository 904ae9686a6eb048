package dev.mastic.registry.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.squareup.wire.schema.Field;
import com.squareup.wire.schema.Location;
import com.squareup.wire.schema.internal.parser.EnumElement;
import com.squareup.wire.schema.internal.parser.FieldElement;
import com.squareup.wire.schema.internal.parser.MessageElement;
import com.squareup.wire.schema.internal.parser.OneOfElement;
import com.squareup.wire.schema.internal.parser.OptionElement;
import com.squareup.wire.schema.internal.parser.ProtoFileElement;
import com.squareup.wire.schema.internal.parser.ProtoParser;
import com.squareup.wire.schema.internal.parser.ReservedElement;
import com.squareup.wire.schema.internal.parser.ServiceElement;
import com.squareup.wire.schema.internal.parser.TypeElement;
import dev.mastic.registry.compat.InvalidDefinitionException;
import dev.mastic.registry.compat.SchemaText;
import kotlin.ranges.IntRange;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The text of a {@code .proto} file as the message that describes it; names of types are left to be resolved. */
final class ProtoText {
    private static final Map<String, Type> SCALARS = Map.ofEntries(
            Map.entry("double", Type.TYPE_DOUBLE),
            Map.entry("float", Type.TYPE_FLOAT),
            Map.entry("int64", Type.TYPE_INT64),
            Map.entry("uint64", Type.TYPE_UINT64),
            Map.entry("int32", Type.TYPE_INT32),
            Map.entry("fixed64", Type.TYPE_FIXED64),
            Map.entry("fixed32", Type.TYPE_FIXED32),
            Map.entry("bool", Type.TYPE_BOOL),
            Map.entry("string", Type.TYPE_STRING),
            Map.entry("bytes", Type.TYPE_BYTES),
            Map.entry("uint32", Type.TYPE_UINT32),
            Map.entry("sfixed32", Type.TYPE_SFIXED32),
            Map.entry("sfixed64", Type.TYPE_SFIXED64),
            Map.entry("sint32", Type.TYPE_SINT32),
            Map.entry("sint64", Type.TYPE_SINT64));

    private final ProtoFileElement file;
    private final boolean proto3;

    ProtoText(ProtoFileElement file) {
        this.file = file;
        this.proto3 = isProto3(file);
    }

    /** @throws InvalidDefinitionException when the text does not follow the grammar */
    static ProtoFileElement parse(String path, String text) throws InvalidDefinitionException {
        try {
            return ProtoParser.Companion.parse(Location.get(path), text);
        } catch (RuntimeException e) {
            // The parser throws IllegalStateException with a position, and what else odd numbers lead to.
            throw new InvalidDefinitionException(SchemaText.firstLine(e), e);
        }
    }

    static boolean isProto3(ProtoFileElement file) {
        return file.getSyntax() != null && file.getSyntax().toString().equals("proto3");
    }

    static @Nullable String option(List<OptionElement> options, String name) {
        return options.stream()
                .filter(option -> option.getName().equals(name) && !option.isParenthesized())
                .map(option -> String.valueOf(option.getValue()))
                .findFirst()
                .orElse(null);
    }

    FileDescriptorProto toProto(String path) {
        FileDescriptorProto.Builder proto =
                FileDescriptorProto.newBuilder().setName(path).setSyntax(proto3 ? "proto3" : "proto2");
        if (file.getPackageName() != null) {
            proto.setPackage(file.getPackageName());
        }
        proto.addAllDependency(file.getImports());
        for (String imported : file.getPublicImports()) {
            proto.addPublicDependency(proto.getDependencyCount());
            proto.addDependency(imported);
        }
        for (TypeElement type : file.getTypes()) {
            if (type instanceof MessageElement message) {
                proto.addMessageType(message(message));
            } else if (type instanceof EnumElement enumeration) {
                proto.addEnumType(enumeration(enumeration));
            }
        }
        file.getServices().forEach(service -> proto.addService(service(service)));
        return proto.build();
    }

    private DescriptorProto message(MessageElement element) {
        DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(element.getName());
        for (TypeElement type : element.getNestedTypes()) {
            if (type instanceof MessageElement nested) {
                message.addNestedType(message(nested));
            } else if (type instanceof EnumElement enumeration) {
                message.addEnumType(enumeration(enumeration));
            }
        }
        List<FieldElement> presences = new ArrayList<>();
        for (FieldElement field : element.getFields()) {
            if (proto3 && field.getLabel() == Field.Label.OPTIONAL) {
                presences.add(field);
            } else {
                message.addField(field(message, field));
            }
        }
        for (OneOfElement oneOf : element.getOneOfs()) {
            int index = message.getOneofDeclCount();
            message.addOneofDeclBuilder().setName(oneOf.getName());
            oneOf.getFields()
                    .forEach(field -> message.addField(field(message, field).setOneofIndex(index)));
        }
        // As protoc does: a field with a presence of its own is alone in a oneof, and such oneofs come last.
        for (FieldElement field : presences) {
            int index = message.getOneofDeclCount();
            message.addOneofDeclBuilder().setName("_" + field.getName());
            message.addField(field(message, field).setOneofIndex(index).setProto3Optional(true));
        }
        reserve(message, element.getReserveds());
        return message.build();
    }

    private static FieldDescriptorProto.Builder field(DescriptorProto.Builder message, FieldElement element) {
        FieldDescriptorProto.Builder field = FieldDescriptorProto.newBuilder()
                .setName(element.getName())
                .setNumber(element.getTag())
                .setLabel(label(element.getLabel()));
        String[] entry = mapTypes(element.getType());
        if (entry.length == 2) {
            String name = entryName(element.getName());
            DescriptorProto.Builder type = message.addNestedTypeBuilder().setName(name);
            type.getOptionsBuilder().setMapEntry(true);
            type.addField(type(entryField("key", 1), entry[0]));
            type.addField(type(entryField("value", 2), entry[1]));
            return field.setLabel(Label.LABEL_REPEATED)
                    .setType(Type.TYPE_MESSAGE)
                    .setTypeName(name);
        }
        if (element.getDefaultValue() != null) {
            field.setDefaultValue(element.getDefaultValue());
        }
        String packed = option(element.getOptions(), "packed");
        if (packed != null) {
            field.getOptionsBuilder().setPacked(Boolean.parseBoolean(packed));
        }
        return type(field, element.getType());
    }

    private static FieldDescriptorProto.Builder entryField(String name, int number) {
        return FieldDescriptorProto.newBuilder().setName(name).setNumber(number).setLabel(Label.LABEL_OPTIONAL);
    }

    /** Key and value of {@code map<key, value>}; one element for any other type. */
    static String[] mapTypes(String type) {
        if (!type.startsWith("map<")) {
            return new String[] {type};
        }
        String[] types = type.substring("map<".length(), type.length() - 1).split(",", 2);
        return new String[] {types[0].trim(), types[1].trim()};
    }

    private static FieldDescriptorProto.Builder type(FieldDescriptorProto.Builder field, String name) {
        Type scalar = SCALARS.get(name);
        return scalar == null ? field.setTypeName(name) : field.setType(scalar);
    }

    private static Label label(Field.@Nullable Label label) {
        if (label == Field.Label.REPEATED) {
            return Label.LABEL_REPEATED;
        }
        return label == Field.Label.REQUIRED ? Label.LABEL_REQUIRED : Label.LABEL_OPTIONAL;
    }

    private static String entryName(String field) {
        StringBuilder name = new StringBuilder();
        boolean upper = true;
        for (char character : field.toCharArray()) {
            if (character == '_') {
                upper = true;
            } else {
                name.append(upper ? Character.toUpperCase(character) : character);
                upper = false;
            }
        }
        return name.append("Entry").toString();
    }

    private static void reserve(DescriptorProto.Builder message, List<ReservedElement> reserveds) {
        for (ReservedElement reserved : reserveds) {
            for (Object value : reserved.getValues()) {
                if (value instanceof IntRange range) {
                    message.addReservedRangeBuilder().setStart(range.getFirst()).setEnd(range.getLast() + 1);
                } else if (value instanceof Integer number) {
                    message.addReservedRangeBuilder().setStart(number).setEnd(number + 1);
                } else {
                    message.addReservedName(String.valueOf(value));
                }
            }
        }
    }

    private static EnumDescriptorProto enumeration(EnumElement element) {
        EnumDescriptorProto.Builder enumeration =
                EnumDescriptorProto.newBuilder().setName(element.getName());
        element.getConstants()
                .forEach(constant -> enumeration
                        .addValueBuilder()
                        .setName(constant.getName())
                        .setNumber(constant.getTag()));
        if (Boolean.parseBoolean(option(element.getOptions(), "allow_alias"))) {
            enumeration.getOptionsBuilder().setAllowAlias(true);
        }
        for (ReservedElement reserved : element.getReserveds()) {
            for (Object value : reserved.getValues()) {
                // The ranges of enums include their ends, those of messages do not.
                if (value instanceof IntRange range) {
                    enumeration
                            .addReservedRangeBuilder()
                            .setStart(range.getFirst())
                            .setEnd(range.getLast());
                } else if (value instanceof Integer number) {
                    enumeration.addReservedRangeBuilder().setStart(number).setEnd(number);
                } else {
                    enumeration.addReservedName(String.valueOf(value));
                }
            }
        }
        return enumeration.build();
    }

    private static ServiceDescriptorProto service(ServiceElement element) {
        ServiceDescriptorProto.Builder service =
                ServiceDescriptorProto.newBuilder().setName(element.getName());
        element.getRpcs()
                .forEach(rpc -> service.addMethodBuilder()
                        .setName(rpc.getName())
                        .setInputType(rpc.getRequestType())
                        .setOutputType(rpc.getResponseType())
                        .setClientStreaming(rpc.getRequestStreaming())
                        .setServerStreaming(rpc.getResponseStreaming()));
        return service.build();
    }
}
