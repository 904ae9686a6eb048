package dev.mastic.registry.protobuf;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.mastic.registry.compat.InvalidDefinitionException;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The files that every definition may import, from the texts on the class path. Thread-safe. */
final class ProtoImports {
    private static final Pattern PATHS = Pattern.compile("google/(protobuf|type)/[a-z_]+\\.proto");
    private static final Map<String, FileDescriptor> KNOWN = new ConcurrentHashMap<>();

    private ProtoImports() {}

    /** @throws InvalidDefinitionException when there is no such file to import */
    static FileDescriptor descriptor(String path) throws InvalidDefinitionException {
        FileDescriptor known = KNOWN.get(path);
        if (known != null) {
            return known;
        }
        FileDescriptorProto proto = new ProtoText(ProtoText.parse(path, text(path))).toProto(path);
        List<FileDescriptor> imports = new ArrayList<>();
        for (String dependency : proto.getDependencyList()) {
            imports.add(descriptor(dependency));
        }
        try {
            FileDescriptor descriptor = FileDescriptor.buildFrom(proto, imports.toArray(new FileDescriptor[0]));
            KNOWN.put(path, descriptor);
            return descriptor;
        } catch (DescriptorValidationException e) {
            throw new InvalidDefinitionException("the import " + path + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static String text(String path) throws InvalidDefinitionException {
        if (PATHS.matcher(path).matches()) {
            try (InputStream file = FileDescriptor.class.getClassLoader().getResourceAsStream(path)) {
                if (file != null) {
                    return new String(file.readAllBytes(), StandardCharsets.UTF_8);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new InvalidDefinitionException("the import " + path
                + " is not known: a definition is one text, which may import files of google/protobuf and google/type");
    }
}
