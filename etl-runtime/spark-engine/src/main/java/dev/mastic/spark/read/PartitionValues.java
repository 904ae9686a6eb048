package dev.mastic.spark.read;

import dev.mastic.bookmarks.ObjectVersion;
import dev.mastic.spark.failure.JobFailure;
import dev.mastic.spark.s3.S3Location;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Values of partition keys: in the names of folders, as text, and as Spark holds them. */
final class PartitionValues {
    private static final String NUMBER = "mastic_partition_number";

    private PartitionValues() {}

    /** The {@code key=value} folders of an object below a place, keys in lower case and in order. */
    static Map<String, String> ofFolders(S3Location place, ObjectVersion object) {
        Map<String, String> values = new LinkedHashMap<>();
        String folder = place.folder().key();
        if (object.key().startsWith(folder)) {
            String[] parts = object.key().substring(folder.length()).split("/");
            for (int i = 0; i < parts.length - 1; i++) {
                int equals = parts[i].indexOf('=');
                if (equals > 0) {
                    values.put(
                            unescaped(parts[i].substring(0, equals)).toLowerCase(Locale.ROOT),
                            unescaped(parts[i].substring(equals + 1)));
                }
            }
        }
        return values;
    }

    private static String unescaped(String text) {
        return ExternalCatalogUtils.unescapePathName(text);
    }

    /**
     * Partition values as Spark holds them. Of each list of values that matches the condition the result has an entry.
     *
     * @param where condition in SQL on the keys; null for all
     * @throws JobFailure when a value is not of its key's type, or the condition is wrong
     */
    static Map<List<String>, InternalRow> typed(
            SparkSession spark, String title, StructType keys, List<List<String>> values, @Nullable String where) {
        StructType texts = new StructType().add(NUMBER, DataTypes.IntegerType);
        Column[] columns = new Column[keys.size() + 1];
        columns[0] = functions.col(NUMBER);
        for (int i = 0; i < keys.size(); i++) {
            StructField key = keys.fields()[i];
            texts = texts.add(key.name(), DataTypes.StringType);
            columns[i + 1] =
                    functions.col("`" + key.name() + "`").cast(key.dataType()).as(key.name());
        }
        List<Row> rows = new ArrayList<>();
        for (int number = 0; number < values.size(); number++) {
            rows.add(row(number, values.get(number)));
        }
        try {
            // A local relation: evaluated where it stands, without a Spark job.
            Dataset<Row> typed = spark.createDataFrame(rows, texts).select(columns);
            Dataset<Row> matching = where == null ? typed : typed.filter(where);
            Map<List<String>, InternalRow> result = new LinkedHashMap<>();
            for (Row row : matching.collectAsList()) {
                result.put(values.get(row.getInt(0)), internal(keys, row));
            }
            return result;
        } catch (Exception e) { // Scala's checked AnalysisException is not declared
            String what = where == null ? "A partition value of " + title : "where(\"" + where + "\") on " + title;
            throw new JobFailure(
                    what + ": "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        }
    }

    private static Row row(int number, List<String> values) {
        @Nullable Object[] cells = new @Nullable Object[values.size() + 1];
        cells[0] = number;
        for (int i = 0; i < values.size(); i++) {
            boolean isNull = values.get(i).equals(ExternalCatalogUtils.DEFAULT_PARTITION_NAME());
            cells[i + 1] = isNull ? null : values.get(i);
        }
        return RowFactory.create(cells);
    }

    private static InternalRow internal(StructType keys, Row row) {
        @Nullable Object[] cells = new @Nullable Object[keys.size()];
        for (int i = 0; i < keys.size(); i++) {
            cells[i] = CatalystTypeConverters.createToCatalystConverter(keys.fields()[i].dataType())
                    .apply(row.get(i + 1));
        }
        return new GenericInternalRow(cells);
    }
}
