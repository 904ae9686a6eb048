package dev.mastic.spark.plan;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Nested rows as tables. A row's id is a digest of its values and a number among equal rows: the same in each table,
 * however often and wherever Spark computes it.
 */
final class Relationalizer {
    private static final String ID = "mastic_id";
    private static final String VALUE = "mastic_value";
    private static final String KEY = "mastic_key";

    private final Map<String, Dataset<Row>> tables = new LinkedHashMap<>();

    private Relationalizer() {}

    static Map<String, Dataset<Row>> tables(Dataset<Row> rows, String root) {
        Column digest = functions.md5(functions.to_json(functions.struct(functions.col("*"))));
        Column number = functions
                .row_number()
                .over(Window.partitionBy(functions.col(VALUE)).orderBy(functions.col(VALUE)));
        Dataset<Row> keyed = rows.withColumn(VALUE, digest)
                .withColumn(ID, functions.concat_ws("-", functions.col(VALUE), number))
                .drop(VALUE);
        Relationalizer relationalizer = new Relationalizer();
        List<Column> columns = new ArrayList<>();
        for (StructField field : rows.schema().fields()) {
            relationalizer.column(keyed, root, field.name(), StepInput.quoted(field.name()), field.dataType(), columns);
        }
        relationalizer.tables.put(root, keyed.select(columns.toArray(Column[]::new)));
        return relationalizer.tables;
    }

    private void column(
            Dataset<Row> table, String root, String name, Column value, DataType type, List<Column> columns) {
        if (type instanceof StructType struct) {
            for (StructField field : struct.fields()) {
                column(table, root, name + "." + field.name(), value.getField(field.name()), field.dataType(), columns);
            }
        } else if (type instanceof ArrayType array) {
            columns.add(functions.when(value.isNotNull(), functions.col(ID)).as(name));
            child(table, root, name, functions.posexplode(value).as(new String[] {"index", VALUE}), array);
        } else if (type instanceof MapType map) {
            columns.add(functions.when(value.isNotNull(), functions.col(ID)).as(name));
            child(table, root, name, functions.posexplode(value).as(new String[] {"index", KEY, VALUE}), map);
        } else {
            columns.add(value.as(name));
        }
    }

    private void child(Dataset<Row> table, String root, String name, Column elements, DataType collection) {
        Dataset<Row> rows = table.select(functions.col(ID).as("id"), elements)
                .withColumn(ID, functions.concat_ws(".", functions.col("id"), functions.col("index")));
        List<Column> columns = new ArrayList<>(List.of(functions.col("id"), functions.col("index")));
        if (collection instanceof MapType map) {
            column(rows, root, name + ".key", functions.col(KEY), map.keyType(), columns);
            column(rows, root, name + ".val", functions.col(VALUE), map.valueType(), columns);
        } else {
            column(rows, root, name + ".val", functions.col(VALUE), ((ArrayType) collection).elementType(), columns);
        }
        tables.put(root + "_" + name, rows.select(columns.toArray(Column[]::new)));
    }
}
