package dev.mastic.spark.write;

import dev.mastic.bookmarks.StagedOutput;
import dev.mastic.job.ParquetOutput;
import dev.mastic.job.TableName;
import dev.mastic.spark.failure.JobFailure;
import dev.mastic.spark.read.Catalog;
import dev.mastic.spark.read.HiveTypes;
import dev.mastic.spark.s3.S3Location;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The catalog table of a write step, and whether the rows to write fit the one that is there. */
final class TargetTable {
    private TargetTable() {}

    /**
     * The registration of what will be written; empty when the step registers no table.
     *
     * @throws JobFailure when the database is missing, or the table's columns, types, keys or location differ; new
     *     columns are welcome
     */
    static Optional<StagedOutput.TableRegistration> check(
            String step, ParquetOutput output, StructType schema, Catalog catalog) {
        TableName name = output.registeredAs();
        if (name == null) {
            return Optional.empty();
        }
        List<StagedOutput.Column> columns = new ArrayList<>();
        List<StagedOutput.Column> keys = new ArrayList<>();
        for (StructField field : schema.fields()) {
            StagedOutput.Column column = column(step, field);
            if (!isKey(output, field.name())) {
                columns.add(column);
            }
        }
        for (String key : output.partitionKeys()) {
            for (StructField field : schema.fields()) {
                if (field.name().equalsIgnoreCase(key)) {
                    keys.add(column(step, field));
                }
            }
        }
        Optional<Table> present = catalog.findTable(name);
        if (present.isPresent()) {
            requireFit(step, output, name, present.get(), columns, keys);
        }
        return Optional.of(new StagedOutput.TableRegistration(name.database(), name.table(), columns, keys));
    }

    private static void requireFit(
            String step,
            ParquetOutput output,
            TableName name,
            Table table,
            List<StagedOutput.Column> columns,
            List<StagedOutput.Column> keys) {
        String before = "Write '" + step + "': table " + name + " ";
        String location =
                table.storageDescriptor() == null || table.storageDescriptor().location() == null
                        ? ""
                        : table.storageDescriptor().location();
        String wanted = output.location();
        if (!location.isEmpty()
                && !S3Location.parse(location)
                        .folder()
                        .uri()
                        .equals(S3Location.parse(wanted).uri())) {
            throw new JobFailure(before + "is at " + location + ", but the job writes to " + wanted
                    + "; write there, or register another table");
        }
        List<String> presentKeys = table.partitionKeys().stream()
                .map(key -> key.name().toLowerCase(Locale.ROOT))
                .toList();
        List<String> newKeys = keys.stream().map(StagedOutput.Column::name).toList();
        if (!presentKeys.equals(newKeys)) {
            throw new JobFailure(before + "is partitioned by " + presentKeys + ", but the job writes partitions by "
                    + newKeys + "; use the same keys in the same order");
        }
        List<Column> all = new ArrayList<>(table.partitionKeys());
        if (table.storageDescriptor() != null) {
            all.addAll(table.storageDescriptor().columns());
        }
        List<StagedOutput.Column> written = new ArrayList<>(columns);
        written.addAll(keys);
        for (StagedOutput.Column column : written) {
            for (Column old : all) {
                if (old.name().equalsIgnoreCase(column.name()) && !sameType(name, old, column)) {
                    throw new JobFailure(before + "has column '" + column.name() + "' of type " + old.type()
                            + ", but the job now writes " + column.type() + "; cast it: .derive(\"" + column.name()
                            + "\", col(\"" + column.name() + "\").cast(\"" + old.type()
                            + "\")), or change the table's column. Nothing was written");
                }
            }
        }
    }

    private static boolean sameType(TableName name, Column old, StagedOutput.Column column) {
        return HiveTypes.toSpark(old.type(), "Column " + old.name() + " of table " + name)
                .catalogString()
                .equals(HiveTypes.toSpark(column.type(), "Column " + column.name())
                        .catalogString());
    }

    private static StagedOutput.Column column(String step, StructField field) {
        return new StagedOutput.Column(
                field.name().toLowerCase(Locale.ROOT),
                HiveTypes.ofSpark(field.dataType(), "Write '" + step + "': column '" + field.name() + "'"));
    }

    private static boolean isKey(ParquetOutput output, String column) {
        return output.partitionKeys().stream().anyMatch(column::equalsIgnoreCase);
    }
}
