package dev.mastic.crawler.classify;

import dev.mastic.crawler.infer.ColumnType;
import dev.mastic.crawler.infer.ColumnType.ArrayOf;
import dev.mastic.crawler.infer.ColumnType.Decimal;
import dev.mastic.crawler.infer.ColumnType.Field;
import dev.mastic.crawler.infer.ColumnType.MapOf;
import dev.mastic.crawler.infer.ColumnType.Plain;
import dev.mastic.crawler.infer.ColumnType.Struct;
import dev.mastic.crawler.source.UnreadableFileException;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** The schema of a Parquet footer, which is a tree written depth first, as column types. */
final class ParquetTypes {
    private static final int DEEPEST = 100;
    private static final int BITS_OF_INT = 32;

    private final List<SchemaElement> elements;
    private int next;

    private ParquetTypes(List<SchemaElement> elements) {
        this.elements = elements;
    }

    /** @throws UnreadableFileException when the schema is no tree */
    static List<ColumnProfile> columns(List<SchemaElement> elements) {
        ParquetTypes types = new ParquetTypes(elements);
        Node root = types.node(0);
        return root.children().stream()
                .map(child -> new ColumnProfile(child.name(), field(child), null))
                .toList();
    }

    private record Node(SchemaElement element, List<Node> children) {
        String name() {
            return element.getName();
        }

        boolean repeated() {
            return element.getRepetition_type() == FieldRepetitionType.REPEATED;
        }

        boolean is(ConvertedType converted) {
            return element.getConverted_type() == converted;
        }
    }

    private Node node(int depth) {
        if (next >= elements.size() || depth > DEEPEST) {
            throw new UnreadableFileException("the schema in its Parquet footer is damaged");
        }
        SchemaElement element = elements.get(next++);
        List<Node> children = new ArrayList<>();
        for (int i = 0; i < element.getNum_children(); i++) {
            children.add(node(depth + 1));
        }
        return new Node(element, children);
    }

    private static ColumnType field(Node node) {
        ColumnType type = type(node);
        return node.repeated() ? new ArrayOf(type) : type;
    }

    private static ColumnType type(Node node) {
        if (node.children().isEmpty()) {
            return primitive(node.element());
        }
        LogicalType logical = node.element().getLogicalType();
        if (node.is(ConvertedType.LIST) || (logical != null && logical.isSetLIST())) {
            return list(node);
        } else if (node.is(ConvertedType.MAP)
                || node.is(ConvertedType.MAP_KEY_VALUE)
                || (logical != null && logical.isSetMAP())) {
            Node entry = node.children().get(0);
            if (entry.children().size() == 2) {
                return new MapOf(
                        field(entry.children().get(0)), field(entry.children().get(1)));
            }
        }
        return struct(node);
    }

    private static Struct struct(Node node) {
        return new Struct(node.children().stream()
                .map(child -> new Field(child.name(), field(child)))
                .toList());
    }

    /** The rules of Parquet's specification for lists of two and of three levels. */
    private static ColumnType list(Node node) {
        Node repeated = node.children().get(0);
        if (repeated.children().isEmpty()) {
            return new ArrayOf(primitive(repeated.element()));
        }
        boolean elementItself = repeated.children().size() > 1
                || repeated.name().equals("array")
                || repeated.name().equals(node.name() + "_tuple");
        return new ArrayOf(
                elementItself ? struct(repeated) : field(repeated.children().get(0)));
    }

    private static ColumnType primitive(SchemaElement element) {
        @Nullable LogicalType logical = element.getLogicalType();
        @Nullable ConvertedType converted = element.getConverted_type();
        if (logical != null && logical.isSetDECIMAL()) {
            return new Decimal(
                    logical.getDECIMAL().getPrecision(), logical.getDECIMAL().getScale());
        } else if (converted == ConvertedType.DECIMAL) {
            return new Decimal(element.getPrecision(), element.getScale());
        }
        Type type = element.getType();
        if (type == null) {
            return new Struct(List.of()); // a group without fields
        }
        return switch (type) {
            case BOOLEAN -> Plain.BOOLEAN;
            case INT32 -> int32(logical, converted);
            case INT64 -> int64(logical, converted);
            case INT96 -> Plain.TIMESTAMP;
            case FLOAT -> Plain.FLOAT;
            case DOUBLE -> Plain.DOUBLE;
            case BYTE_ARRAY -> isText(logical, converted) ? Plain.STRING : Plain.BINARY;
            case FIXED_LEN_BYTE_ARRAY -> Plain.BINARY;
        };
    }

    private static ColumnType int32(@Nullable LogicalType logical, @Nullable ConvertedType converted) {
        if (converted == ConvertedType.DATE || (logical != null && logical.isSetDATE())) {
            return Plain.DATE;
        } else if (logical != null && logical.isSetINTEGER()) {
            int bits = logical.getINTEGER().getBitWidth();
            boolean signed = logical.getINTEGER().isIsSigned();
            if (bits >= BITS_OF_INT) {
                return signed ? Plain.INT : Plain.BIGINT;
            }
            return bits == Byte.SIZE
                    ? (signed ? Plain.TINYINT : Plain.SMALLINT)
                    : (signed ? Plain.SMALLINT : Plain.INT);
        } else if (converted == ConvertedType.INT_8) {
            return Plain.TINYINT;
        } else if (converted == ConvertedType.INT_16 || converted == ConvertedType.UINT_8) {
            return Plain.SMALLINT;
        } else if (converted == ConvertedType.UINT_32) {
            return Plain.BIGINT;
        }
        return Plain.INT;
    }

    private static ColumnType int64(@Nullable LogicalType logical, @Nullable ConvertedType converted) {
        boolean timestamp = converted == ConvertedType.TIMESTAMP_MILLIS
                || converted == ConvertedType.TIMESTAMP_MICROS
                || (logical != null && logical.isSetTIMESTAMP());
        return timestamp ? Plain.TIMESTAMP : Plain.BIGINT;
    }

    private static boolean isText(@Nullable LogicalType logical, @Nullable ConvertedType converted) {
        return converted == ConvertedType.UTF8
                || converted == ConvertedType.ENUM
                || converted == ConvertedType.JSON
                || (logical != null && (logical.isSetSTRING() || logical.isSetENUM() || logical.isSetJSON()));
    }
}
