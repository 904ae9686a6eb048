package dev.mastic.registry.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A file of Protocol Buffers as maps and lists, so that differences have paths: {@code /messages/Person/fields/3/name}.
 * Fields are members by their numbers.
 */
final class ProtoDocument {
    private ProtoDocument() {}

    static Map<String, Object> of(FileDescriptorProto file) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("syntax", file.getSyntax());
        document.put("package", file.getPackage());
        document.put("imports", List.copyOf(file.getDependencyList()));
        types(document, file.getMessageTypeList(), file.getEnumTypeList());
        Map<String, Object> services = new LinkedHashMap<>();
        file.getServiceList().forEach(service -> {
            Map<String, Object> methods = new LinkedHashMap<>();
            service.getMethodList()
                    .forEach(method -> methods.put(
                            method.getName(),
                            (method.getClientStreaming() ? "stream " : "") + method.getInputType() + " returns "
                                    + (method.getServerStreaming() ? "stream " : "") + method.getOutputType()));
            services.put(service.getName(), methods);
        });
        put(document, "services", services);
        return document;
    }

    private static void types(
            Map<String, Object> document, List<DescriptorProto> messages, List<EnumDescriptorProto> enums) {
        Map<String, Object> messageTypes = new LinkedHashMap<>();
        messages.stream()
                .filter(message -> !message.getOptions().getMapEntry())
                .forEach(message -> messageTypes.put(message.getName(), message(message)));
        put(document, "messages", messageTypes);
        Map<String, Object> enumTypes = new LinkedHashMap<>();
        enums.forEach(enumeration -> {
            Map<String, Object> values = new LinkedHashMap<>();
            enumeration.getValueList().forEach(value -> values.put(value.getName(), value.getNumber()));
            enumTypes.put(enumeration.getName(), values);
        });
        put(document, "enums", enumTypes);
    }

    private static Map<String, Object> message(DescriptorProto message) {
        Map<String, Object> document = new LinkedHashMap<>();
        Map<String, Object> fields = new LinkedHashMap<>();
        message.getFieldList().forEach(field -> fields.put(Integer.toString(field.getNumber()), field(message, field)));
        document.put("fields", fields);
        List<String> reserved = new java.util.ArrayList<>(message.getReservedNameList());
        message.getReservedRangeList().forEach(range -> reserved.add(range.getStart() + "-" + (range.getEnd() - 1)));
        if (!reserved.isEmpty()) {
            document.put("reserved", reserved);
        }
        types(document, message.getNestedTypeList(), message.getEnumTypeList());
        return document;
    }

    private static Map<String, Object> field(DescriptorProto message, FieldDescriptorProto field) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", field.getName());
        String type = field.hasTypeName()
                ? field.getTypeName()
                : field.getType().name().substring("TYPE_".length()).toLowerCase(Locale.ROOT);
        message.getNestedTypeList().stream()
                .filter(nested ->
                        nested.getOptions().getMapEntry() && nested.getName().equals(field.getTypeName()))
                .forEach(entry -> {
                    document.put("key", field(entry, entry.getField(0)).get("type"));
                    document.put("value", field(entry, entry.getField(1)).get("type"));
                });
        document.put("type", document.containsKey("key") ? "map" : type);
        document.put(
                "label", field.getLabel().name().substring("LABEL_".length()).toLowerCase(Locale.ROOT));
        if (field.hasDefaultValue()) {
            document.put("default", field.getDefaultValue());
        }
        if (field.hasOneofIndex() && !field.getProto3Optional()) {
            document.put("oneof", message.getOneofDecl(field.getOneofIndex()).getName());
        }
        return document;
    }

    private static void put(Map<String, Object> document, String name, Map<String, Object> content) {
        if (!content.isEmpty()) {
            document.put(name, content);
        }
    }
}
