package dev.mastic.registry.protobuf;

import com.squareup.wire.schema.Field;
import com.squareup.wire.schema.internal.parser.EnumConstantElement;
import com.squareup.wire.schema.internal.parser.EnumElement;
import com.squareup.wire.schema.internal.parser.FieldElement;
import com.squareup.wire.schema.internal.parser.MessageElement;
import com.squareup.wire.schema.internal.parser.OneOfElement;
import com.squareup.wire.schema.internal.parser.ProtoFileElement;
import com.squareup.wire.schema.internal.parser.ReservedElement;
import com.squareup.wire.schema.internal.parser.TypeElement;
import dev.mastic.registry.compat.InvalidDefinitionException;
import kotlin.ranges.IntRange;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the compiler of Protocol Buffers refuses but neither the parser nor the descriptors do. */
final class ProtoRules {
    private static final int DEEPEST = 64;
    private static final int LARGEST_NUMBER = 536_870_911;
    private static final int FIRST_OF_PROTOBUF = 19_000;
    private static final int LAST_OF_PROTOBUF = 19_999;
    private static final Set<String> MAP_KEYS = Set.of(
            "int32",
            "int64",
            "uint32",
            "uint64",
            "sint32",
            "sint64",
            "fixed32",
            "fixed64",
            "sfixed32",
            "sfixed64",
            "bool",
            "string");

    private final boolean proto3;

    private ProtoRules(boolean proto3) {
        this.proto3 = proto3;
    }

    /** @throws InvalidDefinitionException naming the first breach */
    static void check(ProtoFileElement file) throws InvalidDefinitionException {
        String syntax = String.valueOf(file.getSyntax());
        if (file.getSyntax() != null && !syntax.equals("proto2") && !syntax.equals("proto3")) {
            throw new InvalidDefinitionException("the syntax is " + syntax + "; use proto2 or proto3");
        }
        if (!file.getExtendDeclarations().isEmpty()) {
            throw noExtensions("the file");
        }
        if (file.getTypes().isEmpty()) {
            throw new InvalidDefinitionException("it declares no message and no enum");
        }
        ProtoRules rules = new ProtoRules(ProtoText.isProto3(file));
        for (TypeElement type : file.getTypes()) {
            rules.type(type, "", 1);
        }
    }

    private void type(TypeElement type, String scope, int depth) throws InvalidDefinitionException {
        if (depth > DEEPEST) {
            throw new InvalidDefinitionException("messages are nested more than " + DEEPEST + " deep");
        }
        String name = scope + type.getName();
        if (type instanceof MessageElement message) {
            message(message, name);
        } else if (type instanceof EnumElement enumeration) {
            enumeration(enumeration, name);
        }
        for (TypeElement nested : type.getNestedTypes()) {
            type(nested, name + ".", depth + 1);
        }
    }

    private void message(MessageElement message, String name) throws InvalidDefinitionException {
        if (!message.getExtensions().isEmpty()
                || !message.getExtendDeclarations().isEmpty()) {
            throw noExtensions("message " + name);
        }
        List<FieldElement> fields = new ArrayList<>(message.getFields());
        boolean groups = !message.getGroups().isEmpty();
        for (OneOfElement oneOf : message.getOneOfs()) {
            groups |= !oneOf.getGroups().isEmpty();
            if (oneOf.getFields().isEmpty() && oneOf.getGroups().isEmpty()) {
                throw new InvalidDefinitionException("oneof " + oneOf.getName() + " of message " + name + " is empty");
            }
            for (FieldElement field : oneOf.getFields()) {
                boolean labelled = field.getLabel() != null && field.getLabel() != Field.Label.ONE_OF;
                if (labelled || ProtoText.mapTypes(field.getType()).length == 2) {
                    throw new InvalidDefinitionException("field " + field.getName() + " of oneof " + oneOf.getName()
                            + " in message " + name + " must have no label and be no map");
                }
            }
            fields.addAll(oneOf.getFields());
        }
        if (groups) {
            throw new InvalidDefinitionException(
                    "message " + name + " has a group, which the registry does not support; use a nested message");
        }
        for (FieldElement field : message.getFields()) {
            label(field, name);
        }
        for (FieldElement field : fields) {
            field(field, name, message.getReserveds());
        }
    }

    private void label(FieldElement field, String message) throws InvalidDefinitionException {
        boolean map = ProtoText.mapTypes(field.getType()).length == 2;
        if (map && field.getLabel() != null) {
            throw new InvalidDefinitionException(
                    "field " + field.getName() + " of message " + message + " is a map and must have no label");
        }
        if (!proto3 && !map && field.getLabel() == null) {
            throw new InvalidDefinitionException("field " + field.getName() + " of message " + message
                    + " needs a label in proto2: required, optional or repeated");
        }
    }

    private void field(FieldElement field, String message, List<ReservedElement> reserveds)
            throws InvalidDefinitionException {
        String what = "field " + field.getName() + " of message " + message;
        int number = field.getTag();
        if (number < 1 || number > LARGEST_NUMBER || (number >= FIRST_OF_PROTOBUF && number <= LAST_OF_PROTOBUF)) {
            throw new InvalidDefinitionException(what + " has the number " + number + "; use 1 to " + LARGEST_NUMBER
                    + " without " + FIRST_OF_PROTOBUF + " to " + LAST_OF_PROTOBUF);
        }
        if (proto3 && field.getDefaultValue() != null) {
            throw new InvalidDefinitionException(what + " has a default, which proto3 does not have");
        }
        String[] map = ProtoText.mapTypes(field.getType());
        if (map.length == 2 && !MAP_KEYS.contains(map[0])) {
            throw new InvalidDefinitionException(
                    what + " has keys of type " + map[0] + "; keys are integers, bool or string");
        }
        if (reserves(reserveds, number) || reserves(reserveds, field.getName())) {
            throw new InvalidDefinitionException(what + " uses a number or name that the message reserves");
        }
    }

    private void enumeration(EnumElement enumeration, String name) throws InvalidDefinitionException {
        if (enumeration.getConstants().isEmpty()) {
            throw new InvalidDefinitionException("enum " + name + " has no values");
        }
        if (proto3 && enumeration.getConstants().get(0).getTag() != 0) {
            throw new InvalidDefinitionException("the first value of enum " + name + " must be 0 in proto3");
        }
        boolean aliases = Boolean.parseBoolean(ProtoText.option(enumeration.getOptions(), "allow_alias"));
        Set<Integer> numbers = new HashSet<>();
        for (EnumConstantElement value : enumeration.getConstants()) {
            if (!numbers.add(value.getTag()) && !aliases) {
                throw new InvalidDefinitionException("value " + value.getName() + " of enum " + name
                        + " has a number that another value has; the option allow_alias allows that");
            }
            if (reserves(enumeration.getReserveds(), value.getTag())
                    || reserves(enumeration.getReserveds(), value.getName())) {
                throw new InvalidDefinitionException(
                        "value " + value.getName() + " of enum " + name + " uses a number or name that it reserves");
            }
        }
    }

    private static boolean reserves(List<ReservedElement> reserveds, Object wanted) {
        return reserveds.stream()
                .flatMap(reserved -> reserved.getValues().stream())
                .anyMatch(value -> value instanceof IntRange range && wanted instanceof Integer number
                        ? number >= range.getFirst() && number <= range.getLast()
                        : value.equals(wanted));
    }

    private static InvalidDefinitionException noExtensions(String what) {
        return new InvalidDefinitionException(what + " has extensions, which the registry does not support");
    }
}
