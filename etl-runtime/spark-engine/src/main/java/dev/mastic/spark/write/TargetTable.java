package dev.mastic.spark.write;

import dev.mastic.bookmarks.StagedOutput;
import dev.mastic.bookmarks.StagedOutput.Evolution;
import dev.mastic.bookmarks.StagedOutput.Placement;
import dev.mastic.bookmarks.StagedOutput.TableFiles;
import dev.mastic.bookmarks.StagedOutput.TableRegistration;
import dev.mastic.job.FileOutput;
import dev.mastic.job.TableName;
import dev.mastic.job.WriteMode;
import dev.mastic.spark.failure.JobFailure;
import dev.mastic.spark.read.Catalog;
import dev.mastic.spark.read.HiveTypes;
import dev.mastic.spark.s3.S3Location;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.Table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The catalog table of a write step, and whether the rows to write fit the one that is there. */
final class TargetTable {
    /** Begin of the name of a folder that one run made for files that took the place of others. */
    static final String VERSION_PREFIX = "v-";

    private TargetTable() {}

    /**
     * What a step is to write where.
     *
     * @param registration empty when the step registers no table
     * @param rowType the columns as they are to be written
     */
    record Resolved(Optional<TableRegistration> registration, StructType rowType, FilePlaces places) {

        /** The rows, with the types of the table where those are wider. */
        Dataset<Row> fitted(Dataset<Row> rows) {
            if (rows.schema().equals(rowType)) {
                return rows;
            }
            List<Column> columns = new ArrayList<>();
            for (StructField field : rowType.fields()) {
                columns.add(functions
                        .col("`" + field.name().replace("`", "``") + "`")
                        .cast(field.dataType())
                        .as(field.name()));
            }
            return rows.select(columns.toArray(Column[]::new));
        }
    }

    /**
     * @param version folder for files that take the place of others
     * @throws JobFailure when the database is missing, or the table's columns, types, keys or location differ in a way
     *     that the step does not allow
     */
    static Resolved resolve(String step, FileOutput output, StructType schema, Catalog catalog, String version) {
        S3Location base = S3Location.parse(output.location()).folder();
        TableName name = output.registeredAs();
        if (name == null) {
            return new Resolved(Optional.empty(), schema, FilePlaces.natural(base.key()));
        }
        Optional<Table> present = catalog.findFileTable("Write '" + step + "'", name);
        StructType fitted = schema;
        if (present.isPresent()) {
            requireLocation(step, name, output, present.get());
            TableColumns.requireKeys(step, output, name, present.get());
            fitted = TableColumns.fitted(step, output, name, present.get(), schema);
        }
        String at = present.map(TargetTable::location).orElse(base.uri());
        boolean swapped =
                output.mode() == WriteMode.OVERWRITE && output.partitionKeys().isEmpty();
        StructType inFiles = TableColumns.inFiles(output, fitted);
        TableFiles files = new TableFiles(
                FormatOptions.catalogFormat(output.format()),
                FormatOptions.ofSerDe(output.format(), inFiles),
                evolution(output),
                placement(output),
                swapped ? base.uri() + version : at,
                swapped ? present.map(TargetTable::location).orElse(null) : null);
        TableRegistration registration = new TableRegistration(
                name.database(),
                name.table(),
                TableColumns.columns(step, inFiles),
                TableColumns.keys(step, output, fitted),
                files);
        FilePlaces places = output.mode() == WriteMode.APPEND
                ? FilePlaces.moved(base.key(), moved(name, output, base, present.orElse(null), catalog))
                : FilePlaces.versioned(base.key(), version);
        return new Resolved(Optional.of(registration), fitted, places);
    }

    private static Evolution evolution(FileOutput output) {
        return switch (output.schemaChange()) {
            case ADD_COLUMNS -> Evolution.ADD;
            case WIDEN -> Evolution.WIDEN;
            case FAIL -> Evolution.REFUSE;
            case LOG -> Evolution.KEEP;
        };
    }

    private static Placement placement(FileOutput output) {
        return switch (output.mode()) {
            case APPEND -> Placement.ADD;
            case OVERWRITE -> Placement.REPLACE_TABLE;
            case OVERWRITE_PARTITIONS -> Placement.REPLACE_PARTITIONS;
        };
    }

    private static String location(Table table) {
        return S3Location.parse(table.storageDescriptor().location()).folder().uri();
    }

    private static void requireLocation(String step, TableName name, FileOutput output, Table table) {
        if (table.storageDescriptor() == null || table.storageDescriptor().location() == null) {
            throw new JobFailure("Write '" + step + "': table " + name + " has no location; register another table");
        }
        String wanted = S3Location.parse(output.location()).folder().uri();
        if (!isAt(location(table), wanted)) {
            throw new JobFailure("Write '" + step + "': table " + name + " is at "
                    + table.storageDescriptor().location() + ", but the job writes to " + output.location()
                    + "; write there, or register another table");
        }
    }

    /** Whether a folder is the one named, or one that an overwriting run made directly below it. */
    private static boolean isAt(String folder, String named) {
        return folder.equals(named)
                || (folder.startsWith(named) && folder.substring(named.length()).matches(VERSION_PREFIX + "[^/]+/"));
    }

    /** Where added files must go to be seen, because an overwriting run has moved the table or a partition. */
    private static Map<List<String>, String> moved(
            TableName name, FileOutput output, S3Location base, @Nullable Table table, Catalog catalog) {
        Map<List<String>, String> moved = new HashMap<>();
        if (table == null) {
            return moved;
        }
        if (output.partitionKeys().isEmpty()) {
            moved.put(List.of(), S3Location.parse(location(table)).key());
        } else if (table.parameters().containsKey(TableRegistration.VERSIONED_PARTITIONS)) {
            for (Partition partition : catalog.partitions(name, null)) {
                String place = partition.storageDescriptor() == null
                        ? null
                        : partition.storageDescriptor().location();
                if (place != null) {
                    S3Location folder = S3Location.parse(place).folder();
                    String last = folder.key().replaceFirst("^(.*/)?([^/]+/)$", "$2");
                    if (folder.uri().startsWith(base.uri()) && last.startsWith(VERSION_PREFIX)) {
                        moved.put(List.copyOf(partition.values()), folder.key());
                    }
                }
            }
        }
        return moved;
    }

    /** A name as the catalog spells it. */
    static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The catalog's word for a column's type. */
    static StagedOutput.Column column(String step, StructField field) {
        return new StagedOutput.Column(
                fold(field.name()),
                HiveTypes.ofSpark(field.dataType(), "Write '" + step + "': column '" + field.name() + "'"));
    }
}
