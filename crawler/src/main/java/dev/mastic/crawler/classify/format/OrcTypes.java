package dev.mastic.crawler.classify.format;

import dev.mastic.crawler.classify.ColumnProfile;
import dev.mastic.crawler.infer.ColumnType;
import dev.mastic.crawler.infer.ColumnType.ArrayOf;
import dev.mastic.crawler.infer.ColumnType.Decimal;
import dev.mastic.crawler.infer.ColumnType.Field;
import dev.mastic.crawler.infer.ColumnType.MapOf;
import dev.mastic.crawler.infer.ColumnType.Other;
import dev.mastic.crawler.infer.ColumnType.Plain;
import dev.mastic.crawler.infer.ColumnType.Struct;
import dev.mastic.crawler.source.UnreadableFileException;
import org.apache.orc.OrcProto;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The types of an ORC footer: a list in which each type names its parts by their positions, and is a
 * part once. Not thread-safe.
 */
final class OrcTypes {
    private static final int DEEPEST = 100;

    private final List<OrcProto.Type> types;
    private int seen;

    OrcTypes(List<OrcProto.Type> types) {
        this.types = types;
    }

    /** @throws UnreadableFileException when the types are no tree, or the root is no struct */
    List<ColumnProfile> columns() {
        if (types.isEmpty() || types.get(0).getKind() != OrcProto.Type.Kind.STRUCT) {
            throw new UnreadableFileException("the root of its ORC schema is no struct; only structs are tables");
        }
        return fields(types.get(0), 0).stream()
                .map(field -> new ColumnProfile(field.name(), field.type(), null))
                .toList();
    }

    private List<Field> fields(OrcProto.Type struct, int depth) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < struct.getFieldNamesCount(); i++) {
            fields.add(new Field(struct.getFieldNames(i), part(struct, i, depth)));
        }
        return fields;
    }

    private ColumnType part(OrcProto.Type parent, int index, int depth) {
        int position = index < parent.getSubtypesCount() ? parent.getSubtypes(index) : -1;
        if (position <= 0 || position >= types.size() || depth > DEEPEST || ++seen > types.size()) {
            throw new UnreadableFileException("the schema in its ORC footer is damaged");
        }
        return type(types.get(position), depth + 1);
    }

    private ColumnType type(OrcProto.Type type, int depth) {
        return switch (type.getKind()) {
            case BOOLEAN -> Plain.BOOLEAN;
            case BYTE -> Plain.TINYINT;
            case SHORT -> Plain.SMALLINT;
            case INT -> Plain.INT;
            case LONG -> Plain.BIGINT;
            case FLOAT -> Plain.FLOAT;
            case DOUBLE -> Plain.DOUBLE;
            case STRING -> Plain.STRING;
            case BINARY -> Plain.BINARY;
            case TIMESTAMP, TIMESTAMP_INSTANT -> Plain.TIMESTAMP;
            case DATE -> Plain.DATE;
            case DECIMAL -> new Decimal(type.getPrecision(), type.getScale());
            case VARCHAR -> new Other("varchar(" + type.getMaximumLength() + ")");
            case CHAR -> new Other("char(" + type.getMaximumLength() + ")");
            case LIST -> new ArrayOf(part(type, 0, depth));
            case MAP -> new MapOf(part(type, 0, depth), part(type, 1, depth));
            case STRUCT -> new Struct(fields(type, depth));
            case UNION -> union(type, depth);
            default -> Plain.BINARY;
        };
    }

    private ColumnType union(OrcProto.Type type, int depth) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < type.getSubtypesCount(); i++) {
            parts.add(part(type, i, depth).hive());
        }
        return new Other(parts.stream().collect(Collectors.joining(",", "uniontype<", ">")));
    }
}
