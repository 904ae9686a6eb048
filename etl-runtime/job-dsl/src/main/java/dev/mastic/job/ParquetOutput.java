package dev.mastic.job;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Parquet files that a write step adds to a location; what is there stays. Readers see all files of a run or none.
 * Immutable: each method returns a refined copy.
 *
 * @param location {@code s3://bucket/folder/}
 * @param partitionKeys columns whose values become folders, in order; they are not stored in the files
 * @param registeredAs the catalog table that shows the files; null for none
 */
public record ParquetOutput(
        String location,
        List<String> partitionKeys,
        @Nullable TableName registeredAs) implements Target {
    public ParquetOutput {
        location = Names.location(location);
        if (!location.endsWith("/")) {
            location = location + "/";
        }
        partitionKeys = List.copyOf(partitionKeys);
        if (partitionKeys.stream().distinct().count() < partitionKeys.size()) {
            throw new IllegalArgumentException("A column is named twice in partitionedBy" + partitionKeys);
        }
    }

    /** Rows go to folders named {@code column=value}, one level a column. */
    public ParquetOutput partitionedBy(String... columns) {
        return new ParquetOutput(location, List.of(columns), registeredAs);
    }

    /** The catalog table that shows what was written, made when it is missing; its database must be there. */
    public ParquetOutput registeredAs(String database, String table) {
        return new ParquetOutput(location, partitionKeys, new TableName(database, table));
    }

    @Override
    public String place() {
        return location;
    }

    @Override
    public List<String> namedColumns() {
        return partitionKeys;
    }

    @Override
    public String describe() {
        return "Parquet " + location
                + (partitionKeys.isEmpty() ? "" : " by " + String.join(", ", partitionKeys))
                + (registeredAs == null ? "" : " as table " + registeredAs);
    }
}
