package dev.mastic.job;

import org.jspecify.annotations.Nullable;

/**
 * Parquet files below a location: a source, or a target that is refined further by {@link #partitionedBy} and so on.
 * Immutable: each method returns a refined copy.
 *
 * @param location {@code s3://bucket/folder/}
 * @param onlyNewFiles see {@link #newFilesOnly()}
 * @param reading see {@link FileSource}
 */
public record Parquet(
        String location, boolean onlyNewFiles, @Nullable FileOptions reading)
        implements Source, FileSource<Parquet>, FileLocation {
    public Parquet {
        location = Names.location(location);
        reading = FileSource.normal(reading);
    }

    /** All Parquet files below a location. */
    public static Parquet at(String location) {
        return new Parquet(location, false, null);
    }

    /** Reads only files that no committed run of the job has read. */
    public Parquet newFilesOnly() {
        return new Parquet(location, true, reading);
    }

    @Override
    public Parquet reading(FileOptions options) {
        return new Parquet(location, onlyNewFiles, options);
    }

    @Override
    public FileOutput output() {
        FileLocation.requireTarget("Parquet", location, onlyNewFiles, options());
        return FileOutput.of(location, new FileFormat.Parquet(Compression.SNAPPY));
    }

    @Override
    public Calls calls() {
        Calls calls = Calls.of(Parquet.class, "at", location);
        return options().calls(onlyNewFiles ? calls.then("newFilesOnly") : calls);
    }

    @Override
    public String describe() {
        return "Parquet " + location + (onlyNewFiles ? ", new files only" : "");
    }
}
