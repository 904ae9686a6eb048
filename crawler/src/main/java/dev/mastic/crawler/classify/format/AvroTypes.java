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
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/** Avro's types as Hive's AvroSerDe reads them. Not thread-safe. */
final class AvroTypes {
    private static final int DEEPEST = 100;

    /** Names make schemas graphs: a few lines may unfold to more types than there are atoms. */
    private static final int MOST_TYPES = 100_000;

    private final Deque<String> open = new ArrayDeque<>();
    private final List<String> warnings = new ArrayList<>();
    private int types;
    private int depth;

    List<ColumnProfile> columns(Schema record) {
        open.push(record.getFullName());
        List<ColumnProfile> columns = record.getFields().stream()
                .map(field -> new ColumnProfile(field.name(), type(field.schema()), null))
                .toList();
        open.pop();
        return columns;
    }

    List<String> warnings() {
        return warnings;
    }

    private ColumnType type(Schema schema) {
        types++;
        depth++;
        if (types > MOST_TYPES || depth > DEEPEST) {
            throw new UnreadableFileException("its Avro schema unfolds to more than "
                    + (depth > DEEPEST ? DEEPEST + " levels" : MOST_TYPES + " types")
                    + "; write the file with a simpler one");
        }
        ColumnType type = known(schema);
        depth--;
        return type;
    }

    private ColumnType known(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> Plain.UNKNOWN;
            case BOOLEAN -> Plain.BOOLEAN;
            case INT -> schema.getLogicalType() instanceof LogicalTypes.Date ? Plain.DATE : Plain.INT;
            case LONG -> timestamp(schema.getLogicalType()) ? Plain.TIMESTAMP : Plain.BIGINT;
            case FLOAT -> Plain.FLOAT;
            case DOUBLE -> Plain.DOUBLE;
            case STRING, ENUM -> Plain.STRING;
            case BYTES, FIXED ->
                schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
                                && decimal.getPrecision() <= Decimal.MOST_DIGITS
                        ? new Decimal(decimal.getPrecision(), decimal.getScale())
                        : Plain.BINARY;
            case ARRAY -> new ArrayOf(type(schema.getElementType()));
            case MAP -> new MapOf(Plain.STRING, type(schema.getValueType()));
            case UNION -> union(schema);
            case RECORD -> record(schema);
        };
    }

    private ColumnType record(Schema schema) {
        if (open.contains(schema.getFullName())) {
            warnings.add(
                    "record " + schema.getFullName() + " holds itself, which no engine's type can say; it is string");
            return Plain.STRING;
        }
        return new Struct(columns(schema).stream()
                .map(column -> new Field(column.name(), column.type()))
                .toList());
    }

    /** A union with null is the type itself that may be missing; any other is a type of its own in Hive. */
    private ColumnType union(Schema schema) {
        List<ColumnType> types = schema.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .map(this::type)
                .toList();
        if (types.isEmpty()) {
            return Plain.UNKNOWN;
        }
        return types.size() == 1
                ? types.get(0)
                : new Other(types.stream().map(ColumnType::hive).collect(Collectors.joining(",", "uniontype<", ">")));
    }

    private static boolean timestamp(@Nullable LogicalType logical) {
        return logical instanceof LogicalTypes.TimestampMillis
                || logical instanceof LogicalTypes.TimestampMicros
                || logical instanceof LogicalTypes.LocalTimestampMillis
                || logical instanceof LogicalTypes.LocalTimestampMicros;
    }
}
