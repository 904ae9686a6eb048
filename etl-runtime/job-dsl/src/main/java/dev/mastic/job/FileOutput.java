package dev.mastic.job;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Files that a write step puts into a location. Immutable: each method returns a refined copy.
 *
 * @param location {@code s3://bucket/folder/}
 * @param partitionKeys columns whose values become folders, in order; they are not stored in the files
 * @param registeredAs the catalog table that shows the files; null for none
 * @param mode what becomes of the files that are there
 * @param schemaChange what becomes of the catalog table when columns differ
 * @param sortedBy columns by which the rows of each file are sorted, ascending
 * @param megabytesPerFile see {@link #megabytesPerFile(int)}; 0 for no aim
 * @param rowsPerFile see {@link #rowsPerFile(int)}; 0 for no limit
 */
public record FileOutput(
        String location,
        FileFormat format,
        List<String> partitionKeys,
        @Nullable TableName registeredAs,
        WriteMode mode,
        SchemaChange schemaChange,
        List<String> sortedBy,
        int megabytesPerFile,
        int rowsPerFile)
        implements Target {
    public FileOutput {
        location = Names.location(location);
        if (!location.endsWith("/")) {
            location = location + "/";
        }
        partitionKeys = List.copyOf(partitionKeys);
        sortedBy = List.copyOf(sortedBy);
        if (partitionKeys.stream().distinct().count() < partitionKeys.size()) {
            throw new IllegalArgumentException("A column is named twice in partitionedBy" + partitionKeys);
        }
        if (megabytesPerFile < 0 || rowsPerFile < 0) {
            throw new IllegalArgumentException("The size of the files of " + location + " is negative");
        }
    }

    static FileOutput of(String location, FileFormat format) {
        return new FileOutput(
                location, format, List.of(), null, WriteMode.APPEND, SchemaChange.ADD_COLUMNS, List.of(), 0, 0);
    }

    /** Rows go to folders named {@code column=value}, one level a column. */
    public FileOutput partitionedBy(String... columns) {
        return new FileOutput(
                location,
                format,
                List.of(columns),
                registeredAs,
                mode,
                schemaChange,
                sortedBy,
                megabytesPerFile,
                rowsPerFile);
    }

    /** The catalog table that shows what was written, made when it is missing; its database must be there. */
    public FileOutput registeredAs(String database, String table) {
        return new FileOutput(
                location,
                format,
                partitionKeys,
                new TableName(database, table),
                mode,
                schemaChange,
                sortedBy,
                megabytesPerFile,
                rowsPerFile);
    }

    /** How the files are packed. */
    public FileOutput compressedBy(Compression compression) {
        return new FileOutput(
                location,
                format.compressedBy(compression),
                partitionKeys,
                registeredAs,
                mode,
                schemaChange,
                sortedBy,
                megabytesPerFile,
                rowsPerFile);
    }

    /** All files that are at the location are replaced by those of this run. A run without new input replaces nothing. */
    public FileOutput overwrite() {
        return in(WriteMode.OVERWRITE);
    }

    /** The files of the partitions that this run writes to are replaced; other partitions stay. */
    public FileOutput overwritePartitions() {
        return in(WriteMode.OVERWRITE_PARTITIONS);
    }

    private FileOutput in(WriteMode newMode) {
        return new FileOutput(
                location,
                format,
                partitionKeys,
                registeredAs,
                newMode,
                schemaChange,
                sortedBy,
                megabytesPerFile,
                rowsPerFile);
    }

    /** What becomes of the registered table when the rows have other columns; {@code ADD_COLUMNS} unless told. */
    public FileOutput onSchemaChange(SchemaChange change) {
        return new FileOutput(
                location, format, partitionKeys, registeredAs, mode, change, sortedBy, megabytesPerFile, rowsPerFile);
    }

    /** Sorts the rows of each file. */
    public FileOutput sortedBy(String... columns) {
        return new FileOutput(
                location,
                format,
                partitionKeys,
                registeredAs,
                mode,
                schemaChange,
                List.of(columns),
                megabytesPerFile,
                rowsPerFile);
    }

    /**
     * Aims at files of about this size. Rows are brought together before they are written, which is a shuffle, and a file
     * ends with the row group, stripe or buffer in which it has reached the size. The last file of a task is smaller.
     */
    public FileOutput megabytesPerFile(int megabytes) {
        return new FileOutput(
                location, format, partitionKeys, registeredAs, mode, schemaChange, sortedBy, megabytes, rowsPerFile);
    }

    /** No file has more rows than this. */
    public FileOutput rowsPerFile(int rows) {
        return new FileOutput(
                location, format, partitionKeys, registeredAs, mode, schemaChange, sortedBy, megabytesPerFile, rows);
    }

    @Override
    public String place() {
        return location;
    }

    @Override
    public List<String> namedColumns() {
        List<String> columns = new ArrayList<>(partitionKeys);
        columns.addAll(sortedBy);
        return columns;
    }

    @Override
    public Calls calls() {
        Calls calls = format.calls(location);
        calls = partitionKeys.isEmpty() ? calls : calls.then("partitionedBy", partitionKeys);
        calls = registeredAs == null
                ? calls
                : calls.then("registeredAs", registeredAs.database(), registeredAs.table());
        calls = mode == WriteMode.OVERWRITE ? calls.then("overwrite") : calls;
        calls = mode == WriteMode.OVERWRITE_PARTITIONS ? calls.then("overwritePartitions") : calls;
        calls = calls.unless(SchemaChange.ADD_COLUMNS, "onSchemaChange", schemaChange);
        calls = sortedBy.isEmpty() ? calls : calls.then("sortedBy", sortedBy);
        return calls.unless(0, "megabytesPerFile", megabytesPerFile).unless(0, "rowsPerFile", rowsPerFile);
    }

    @Override
    public String describe() {
        return format.title() + " " + location
                + switch (mode) {
                    case APPEND -> "";
                    case OVERWRITE -> ", replacing all";
                    case OVERWRITE_PARTITIONS -> ", replacing partitions";
                }
                + (partitionKeys.isEmpty() ? "" : " by " + String.join(", ", partitionKeys))
                + (registeredAs == null ? "" : " as table " + registeredAs);
    }

    /** A target of the time when all were Parquet files that are added; its JSON is still read. */
    record Old(
            String location,
            List<String> partitionKeys,
            @Nullable TableName registeredAs) {
        FileOutput output() {
            FileOutput output = of(location, new FileFormat.Parquet(Compression.SNAPPY))
                    .partitionedBy(partitionKeys.toArray(String[]::new));
            return registeredAs == null ? output : output.registeredAs(registeredAs.database(), registeredAs.table());
        }
    }
}
