package dev.mastic.spark.dynamodb;

import dev.mastic.job.Field;
import dev.mastic.spark.failure.JobFailure;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The columns of a table's items: all attributes of the items that were looked at. */
final class ItemSchema {
    private static final int MOST_DIGITS = 38;
    private static final int LONG_DIGITS = 18;

    private ItemSchema() {}

    /** @throws JobFailure when a type is unknown */
    static StructType declared(String step, List<Field> fields) {
        StructType schema = new StructType();
        for (Field field : fields) {
            try {
                schema = schema.add(field.name(), DataType.fromDDL(field.type()));
            } catch (Exception e) { // Scala's checked ParseException is not declared
                throw new JobFailure(
                        "Read '" + step + "': column '" + field.name() + "' has type '" + field.type()
                                + "', which Spark does not know",
                        e);
            }
        }
        return schema;
    }

    /** By name, so that the columns do not depend on the order of the items. */
    static StructType inferred(Collection<Map<String, AttributeValue>> items) {
        Map<String, Evidence> attributes = new TreeMap<>();
        for (Map<String, AttributeValue> item : items) {
            item.forEach((name, value) -> attributes
                    .computeIfAbsent(name, attribute -> new Evidence())
                    .add(value));
        }
        StructType schema = new StructType();
        for (Map.Entry<String, Evidence> attribute : attributes.entrySet()) {
            schema = schema.add(attribute.getKey(), attribute.getValue().type());
        }
        return schema;
    }

    /** What values of one attribute are. */
    private static final class Evidence {
        private AttributeValue.@Nullable Type kind;
        private boolean mixed;
        private int whole;
        private int scale;

        void add(AttributeValue value) {
            AttributeValue.Type type = value.type();
            if (type == AttributeValue.Type.NUL) {
                return;
            }
            mixed |= kind != null && kind != type;
            kind = type;
            if (value.n() != null) {
                BigDecimal number = new BigDecimal(value.n()).stripTrailingZeros();
                scale = Math.max(scale, Math.max(0, number.scale()));
                whole = Math.max(whole, Math.max(0, number.precision() - number.scale()));
            }
        }

        DataType type() {
            if (kind == null || mixed) {
                return DataTypes.StringType;
            }
            return switch (kind) {
                case N -> number();
                case BOOL -> DataTypes.BooleanType;
                case B -> DataTypes.BinaryType;
                case S, SS, NS, BS, L, M, NUL, UNKNOWN_TO_SDK_VERSION -> DataTypes.StringType;
            };
        }

        private DataType number() {
            if (scale == 0 && whole <= LONG_DIGITS) {
                return DataTypes.LongType;
            }
            return whole + scale <= MOST_DIGITS
                    ? DataTypes.createDecimalType(MOST_DIGITS, scale)
                    : DataTypes.StringType;
        }
    }
}
