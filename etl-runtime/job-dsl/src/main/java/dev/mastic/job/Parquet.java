package dev.mastic.job;

import java.util.List;

/**
 * Parquet files below a location: a source, or a target that is refined further by {@link #partitionedBy} and {@link
 * #registeredAs}. Immutable: each method returns a refined copy.
 *
 * @param location {@code s3://bucket/folder/}
 * @param onlyNewFiles see {@link #newFilesOnly()}
 */
public record Parquet(String location, boolean onlyNewFiles) implements Source {
    public Parquet {
        location = Names.location(location);
    }

    /** All Parquet files below a location. */
    public static Parquet at(String location) {
        return new Parquet(location, false);
    }

    /** Reads only files that no committed run of the job has read. */
    public Parquet newFilesOnly() {
        return new Parquet(location, true);
    }

    /** As a target: rows go to folders named {@code column=value}, one level a column. */
    public ParquetOutput partitionedBy(String... columns) {
        return output().partitionedBy(columns);
    }

    /** As a target: the catalog table that shows what was written, made when it is missing. */
    public ParquetOutput registeredAs(String database, String table) {
        return output().registeredAs(database, table);
    }

    /** As a target. */
    ParquetOutput output() {
        if (onlyNewFiles) {
            throw new IllegalArgumentException(
                    "newFilesOnly() is for reading; leave it out of the target Parquet.at(\"" + location + "\")");
        }
        return new ParquetOutput(location, List.of(), null);
    }

    @Override
    public String describe() {
        return "Parquet " + location + (onlyNewFiles ? ", new files only" : "");
    }
}
