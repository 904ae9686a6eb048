package dev.mastic.spark.dynamodb;

import dev.mastic.spark.failure.JobFailure;
import dev.mastic.wire.rest.Json;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Attributes of items as values of Spark, and the other way. */
final class Items {
    private Items() {}

    /** @throws JobFailure when the value does not fit the column */
    static @Nullable Object value(String name, AttributeValue attribute, DataType type) {
        if (Boolean.TRUE.equals(attribute.nul())) {
            return null;
        }
        if (type instanceof StringType) {
            return attribute.s() != null ? attribute.s() : attribute.n() != null ? attribute.n() : json(attribute);
        }
        if (type instanceof BooleanType && attribute.bool() != null) {
            return attribute.bool();
        }
        if (type instanceof BinaryType && attribute.b() != null) {
            return attribute.b().asByteArray();
        }
        if (attribute.n() != null) {
            try {
                BigDecimal number = new BigDecimal(attribute.n());
                if (type instanceof LongType) {
                    return number.longValueExact();
                }
                if (type instanceof IntegerType) {
                    return number.intValueExact();
                }
                if (type instanceof DoubleType) {
                    return number.doubleValue();
                }
                if (type instanceof DecimalType decimal) {
                    return number.setScale(decimal.scale(), RoundingMode.UNNECESSARY);
                }
            } catch (ArithmeticException e) {
                throw misfit(name, attribute, type);
            }
        }
        throw misfit(name, attribute, type);
    }

    private static JobFailure misfit(String name, AttributeValue attribute, DataType type) {
        String text = attribute.toString();
        return new JobFailure("Attribute '" + name + "' of an item is "
                + (text.length() > 200 ? text.substring(0, 200) + "..." : text) + ", which is no "
                + type.catalogString() + "; declare the column with a type that fits, for instance string");
    }

    /** Nested values as plain JSON. */
    static String json(AttributeValue attribute) {
        Object plain = plain(attribute);
        return plain instanceof String text ? text : Json.text(plain);
    }

    private static Object plain(AttributeValue attribute) {
        return switch (attribute.type()) {
            case S -> attribute.s();
            case N -> new BigDecimal(attribute.n());
            case BOOL -> attribute.bool();
            case B -> Base64.getEncoder().encodeToString(attribute.b().asByteArray());
            case SS -> attribute.ss();
            case NS -> attribute.ns().stream().map(BigDecimal::new).toList();
            case BS ->
                attribute.bs().stream()
                        .map(bytes -> Base64.getEncoder().encodeToString(bytes.asByteArray()))
                        .toList();
            case L -> {
                List<Object> list = new ArrayList<>();
                attribute.l().forEach(element -> list.add(plain(element)));
                yield list;
            }
            case M -> {
                Map<String, Object> map = new LinkedHashMap<>();
                new TreeMap<>(attribute.m()).forEach((key, element) -> map.put(key, plain(element)));
                yield map;
            }
            case NUL, UNKNOWN_TO_SDK_VERSION -> "";
        };
    }

    /** A row as an item; nulls are left out. */
    static Map<String, AttributeValue> item(Row row) {
        Map<String, AttributeValue> item = new LinkedHashMap<>();
        StructField[] fields = row.schema().fields();
        for (int i = 0; i < fields.length; i++) {
            if (!row.isNullAt(i)) {
                item.put(fields[i].name(), attribute(fields[i].name(), row.get(i)));
            }
        }
        return item;
    }

    private static AttributeValue attribute(String name, Object value) {
        if (value instanceof Boolean bool) {
            return AttributeValue.fromBool(bool);
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            if (!Double.isFinite(number)) {
                throw new JobFailure(
                        "Column '" + name + "' is " + value + ", which DynamoDB has no number for; replace it");
            }
            return AttributeValue.fromN(new BigDecimal(value.toString()).toPlainString());
        }
        if (value instanceof BigDecimal decimal) {
            return AttributeValue.fromN(decimal.stripTrailingZeros().toPlainString());
        }
        if (value instanceof Number number) {
            return AttributeValue.fromN(number.toString());
        }
        if (value instanceof byte[] bytes) {
            return AttributeValue.fromB(SdkBytes.fromByteArray(bytes));
        }
        if (value instanceof java.sql.Timestamp time) {
            return AttributeValue.fromS(time.toInstant().toString());
        }
        if (value instanceof Row row) {
            return AttributeValue.fromM(item(row));
        }
        if (value instanceof scala.collection.Seq<?> list) {
            List<AttributeValue> elements = new ArrayList<>();
            CollectionConverters.asJava(list)
                    .forEach(element ->
                            elements.add(element == null ? AttributeValue.fromNul(true) : attribute(name, element)));
            return AttributeValue.fromL(elements);
        }
        if (value instanceof scala.collection.Map<?, ?> map) {
            Map<String, AttributeValue> elements = new LinkedHashMap<>();
            CollectionConverters.asJava(map)
                    .forEach((key, element) -> elements.put(
                            String.valueOf(key),
                            element == null ? AttributeValue.fromNul(true) : attribute(name, element)));
            return AttributeValue.fromM(elements);
        }
        return AttributeValue.fromS(value.toString());
    }
}
