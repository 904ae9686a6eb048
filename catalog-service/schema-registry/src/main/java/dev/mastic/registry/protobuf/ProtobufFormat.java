package dev.mastic.registry.protobuf;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.squareup.wire.schema.internal.parser.ProtoFileElement;
import dev.mastic.registry.compat.InvalidDefinitionException;
import dev.mastic.registry.compat.ParsedSchema;
import dev.mastic.registry.compat.SchemaFormat;
import dev.mastic.registry.compat.SchemaText;

import java.util.ArrayList;
import java.util.List;

/**
 * Schemas of Protocol Buffers, proto2 and proto3. As on Glue they have no groups and no extensions; they may import
 * {@code google/protobuf} and {@code google/type}, and nothing else, since a definition is one text.
 */
public final class ProtobufFormat implements SchemaFormat<FileDescriptor> {
    private static final String FILE = "schema.proto";

    @Override
    public ParsedSchema<FileDescriptor> parse(String definition) throws InvalidDefinitionException {
        try {
            ProtoFileElement file = ProtoText.parse(FILE, definition);
            ProtoRules.check(file);
            FileDescriptorProto proto = new ProtoText(file).toProto(FILE);
            List<FileDescriptor> imports = new ArrayList<>();
            for (String path : proto.getDependencyList()) {
                imports.add(ProtoImports.descriptor(path));
            }
            FileDescriptor descriptor = FileDescriptor.buildFrom(proto, imports.toArray(new FileDescriptor[0]));
            return new ParsedSchema<>(descriptor, file.toSchema(), ProtoDocument.of(proto));
        } catch (DescriptorValidationException e) {
            throw new InvalidDefinitionException(SchemaText.firstLine(e), e);
        } catch (StackOverflowError e) {
            throw new InvalidDefinitionException("it is nested too deeply", e);
        }
    }

    @Override
    public List<String> unreadable(FileDescriptor reader, FileDescriptor writer) {
        try {
            return new WireCompatibility(reader).unreadable(writer);
        } catch (StackOverflowError e) {
            return List.of("The schemas are nested too deeply to be compared");
        }
    }

    @Override
    public List<String> breaches(FileDescriptor newer, FileDescriptor older) {
        return ReservedFields.reused(newer, older);
    }
}
