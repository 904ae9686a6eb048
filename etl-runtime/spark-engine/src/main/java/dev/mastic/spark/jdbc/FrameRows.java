package dev.mastic.spark.jdbc;

import dev.mastic.spark.failure.JobFailure;
import dev.mastic.warehouse.dialect.ColumnKind;
import dev.mastic.warehouse.table.FrameColumn;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.jspecify.annotations.Nullable;

import java.sql.Date;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The rows of a step in the types that databases know; nested values are JSON texts.
 *
 * @param columns in the order of the rows' columns
 */
public record FrameRows(Dataset<Row> rows, List<FrameColumn> columns) {
    public FrameRows {
        columns = List.copyOf(columns);
    }

    /** @throws JobFailure naming the step and a column that no database can hold */
    public static FrameRows of(String step, Dataset<Row> rows) {
        List<FrameColumn> columns = new ArrayList<>();
        List<Column> selected = new ArrayList<>();
        for (StructField field : rows.schema().fields()) {
            FrameColumn column = column(step, field);
            Column value = functions.col("`" + field.name().replace("`", "``") + "`");
            columns.add(column);
            selected.add(
                    column.kind() == ColumnKind.JSON ? functions.to_json(value).as(field.name()) : value);
        }
        return new FrameRows(rows.select(selected.toArray(Column[]::new)), columns);
    }

    private static FrameColumn column(String step, StructField field) {
        if (field.dataType() instanceof DecimalType decimal) {
            return new FrameColumn(field.name(), ColumnKind.DECIMAL, decimal.precision(), decimal.scale());
        }
        ColumnKind kind = kind(field.dataType());
        if (kind == null) {
            throw new JobFailure("Write '" + step + "': column '" + field.name() + "' is of type "
                    + field.dataType().catalogString() + ", which no database has; cast it, for instance to string");
        }
        return new FrameColumn(field.name(), kind);
    }

    private static @Nullable ColumnKind kind(DataType type) {
        if (type instanceof BooleanType) {
            return ColumnKind.BOOLEAN;
        }
        if (type instanceof ByteType || type instanceof ShortType) {
            return ColumnKind.SMALLINT;
        }
        if (type instanceof IntegerType) {
            return ColumnKind.INTEGER;
        }
        if (type instanceof LongType) {
            return ColumnKind.BIGINT;
        }
        if (type instanceof FloatType) {
            return ColumnKind.FLOAT;
        }
        if (type instanceof DoubleType) {
            return ColumnKind.DOUBLE;
        }
        if (type instanceof StringType) {
            return ColumnKind.TEXT;
        }
        if (type instanceof DateType) {
            return ColumnKind.DATE;
        }
        if (type instanceof TimestampType) {
            return ColumnKind.TIMESTAMP;
        }
        if (type instanceof TimestampNTZType) {
            return ColumnKind.LOCAL_TIMESTAMP;
        }
        if (type instanceof BinaryType) {
            return ColumnKind.BINARY;
        }
        boolean nested = type instanceof StructType || type instanceof ArrayType || type instanceof MapType;
        return nested ? ColumnKind.JSON : null;
    }

    /** Rows of Spark as {@link dev.mastic.warehouse.dialect.StagedRow} has their values. */
    public static Iterator<@Nullable Object[]> values(Iterator<Row> rows) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public @Nullable Object[] next() {
                Row row = rows.next();
                @Nullable Object[] values = new @Nullable Object[row.length()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = row.isNullAt(i) ? null : value(row.get(i));
                }
                return values;
            }
        };
    }

    private static Object value(Object value) {
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Float number) {
            // By its digits: 0.1 is to stay 0.1.
            return Double.parseDouble(number.toString());
        }
        if (value instanceof Timestamp time) {
            return time.toInstant();
        }
        return value instanceof Date date ? date.toLocalDate() : value;
    }
}
