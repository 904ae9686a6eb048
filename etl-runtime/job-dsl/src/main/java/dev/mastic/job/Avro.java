package dev.mastic.job;

import org.jspecify.annotations.Nullable;

/**
 * Avro files below a location: a source, or a target that is refined further by {@link #partitionedBy} and so on.
 * Immutable: each method returns a refined copy.
 *
 * @param location {@code s3://bucket/folder/}
 * @param onlyNewFiles see {@link #newFilesOnly()}
 * @param reading see {@link FileSource}
 */
public record Avro(
        String location, boolean onlyNewFiles, @Nullable FileOptions reading)
        implements Source, FileSource<Avro>, FileLocation {
    public Avro {
        location = Names.location(location);
        reading = FileSource.normal(reading);
    }

    /** All Avro files below a location. */
    public static Avro at(String location) {
        return new Avro(location, false, null);
    }

    /** Reads only files that no committed run of the job has read. */
    public Avro newFilesOnly() {
        return new Avro(location, true, reading);
    }

    @Override
    public Avro reading(FileOptions options) {
        return new Avro(location, onlyNewFiles, options);
    }

    @Override
    public FileOutput output() {
        FileLocation.requireTarget("Avro", location, onlyNewFiles, options());
        return FileOutput.of(location, new FileFormat.Avro(Compression.SNAPPY));
    }

    @Override
    public Calls calls() {
        Calls calls = Calls.of(Avro.class, "at", location);
        return options().calls(onlyNewFiles ? calls.then("newFilesOnly") : calls);
    }

    @Override
    public String describe() {
        return "Avro " + location + (onlyNewFiles ? ", new files only" : "");
    }
}
