package dev.mastic.spark.write;

import dev.mastic.bookmarks.StagedOutput;
import dev.mastic.job.FileOutput;
import dev.mastic.job.SchemaChange;
import dev.mastic.job.TableName;
import dev.mastic.spark.failure.JobFailure;
import dev.mastic.spark.read.HiveTypes;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The columns of a write step beside those of its catalog table. */
final class TableColumns {
    private static final Logger LOG = LoggerFactory.getLogger(TableColumns.class);
    private static final List<DataType> WHOLE =
            List.of(DataTypes.ByteType, DataTypes.ShortType, DataTypes.IntegerType, DataTypes.LongType);
    private static final List<DataType> FLOATING = List.of(DataTypes.FloatType, DataTypes.DoubleType);

    private TableColumns() {}

    /** The columns that stand in the files. */
    static StructType inFiles(FileOutput output, StructType schema) {
        return new StructType(Stream.of(schema.fields())
                .filter(field -> !isKey(output, field.name()))
                .toArray(StructField[]::new));
    }

    static List<StagedOutput.Column> columns(String step, StructType inFiles) {
        return Stream.of(inFiles.fields())
                .map(field -> TargetTable.column(step, field))
                .toList();
    }

    /** The partition keys, in the target's order. */
    static List<StagedOutput.Column> keys(String step, FileOutput output, StructType schema) {
        List<StagedOutput.Column> keys = new ArrayList<>();
        for (String key : output.partitionKeys()) {
            for (StructField field : schema.fields()) {
                if (field.name().equalsIgnoreCase(key)) {
                    keys.add(TargetTable.column(step, field));
                }
            }
        }
        return keys;
    }

    private static boolean isKey(FileOutput output, String column) {
        return output.partitionKeys().stream().anyMatch(column::equalsIgnoreCase);
    }

    /** @throws JobFailure when the table is partitioned otherwise */
    static void requireKeys(String step, FileOutput output, TableName name, Table table) {
        List<String> present = table.partitionKeys().stream()
                .map(key -> TargetTable.fold(key.name()))
                .toList();
        List<String> wanted =
                output.partitionKeys().stream().map(TargetTable::fold).toList();
        if (!present.equals(wanted)) {
            throw new JobFailure("Write '" + step + "': table " + name + " is partitioned by " + present
                    + ", but the job writes partitions by " + wanted + "; use the same keys in the same order");
        }
    }

    /**
     * The rows' columns as they are to be written.
     *
     * @throws JobFailure when they differ from the table's in a way that the step does not allow
     */
    static StructType fitted(String step, FileOutput output, TableName name, Table table, StructType schema) {
        String place = "Write '" + step + "': table " + name + " ";
        Map<String, Column> present = new LinkedHashMap<>();
        table.storageDescriptor().columns().forEach(column -> present.put(TargetTable.fold(column.name()), column));
        table.partitionKeys().forEach(key -> present.put(TargetTable.fold(key.name()), key));
        StructType fitted = new StructType();
        List<String> added = new ArrayList<>();
        for (StructField field : schema.fields()) {
            Column column = present.remove(TargetTable.fold(field.name()));
            if (column == null) {
                added.add(field.name());
                fitted = fitted.add(field);
            } else {
                DataType there = HiveTypes.toSpark(column.type(), "Column " + column.name() + " of table " + name);
                fitted = fitted.add(field.name(), written(place, output, field, column, there), true);
            }
        }
        if (!added.isEmpty() && output.schemaChange() == SchemaChange.FAIL) {
            throw new JobFailure(place + "has no column " + String.join(", ", added) + ", and onSchemaChange(FAIL)"
                    + " allows none; drop it, or allow another change. Nothing was written");
        }
        if (!added.isEmpty() && output.schemaChange() == SchemaChange.LOG) {
            LOG.warn("{}has no column {}; the files have, and the table stays as it is", place, added);
        }
        if (!present.isEmpty() && output.schemaChange() == SchemaChange.FAIL) {
            throw new JobFailure(place + "has the column " + String.join(", ", present.keySet()) + ", which the rows"
                    + " lack, and onSchemaChange(FAIL) allows no difference; derive it. Nothing was written");
        }
        return fitted;
    }

    private static DataType written(String place, FileOutput output, StructField field, Column column, DataType there) {
        DataType here = field.dataType();
        String word = HiveTypes.ofSpark(here, place + "column '" + field.name() + "'");
        if (HiveTypes.toSpark(word, field.name()).catalogString().equals(there.catalogString())) {
            return here;
        }
        Optional<DataType> wider = wider(here, there);
        boolean fits = wider.isPresent() && wider.get().equals(there);
        boolean widens = output.schemaChange() == SchemaChange.WIDEN && !isKey(output, field.name());
        if (wider.isPresent() && (fits || widens)) {
            return wider.get();
        }
        throw new JobFailure(place + "has column '" + column.name() + "' of type " + column.type()
                + ", but the job now writes " + word + "; cast it: .derive(\"" + TargetTable.fold(field.name())
                + "\", col(\"" + TargetTable.fold(field.name()) + "\").cast(\"" + column.type()
                + "\")), or change the table's column. Nothing was written");
    }

    /** The wider of two types, when each value of one is a value of the other. */
    private static Optional<DataType> wider(DataType one, DataType other) {
        for (List<DataType> family : List.of(WHOLE, FLOATING)) {
            int left = family.indexOf(one);
            int right = family.indexOf(other);
            if (left >= 0 && right >= 0) {
                return Optional.of(left > right ? one : other);
            }
        }
        if (one instanceof DecimalType a && other instanceof DecimalType b) {
            if (holds(a, b)) {
                return Optional.of(a);
            }
            return holds(b, a) ? Optional.of(b) : Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean holds(DecimalType wide, DecimalType narrow) {
        return wide.scale() >= narrow.scale() && wide.precision() - wide.scale() >= narrow.precision() - narrow.scale();
    }
}
