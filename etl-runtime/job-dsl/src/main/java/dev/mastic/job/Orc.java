package dev.mastic.job;

import org.jspecify.annotations.Nullable;

/**
 * ORC files below a location: a source, or a target that is refined further by {@link #partitionedBy} and so on.
 * Immutable: each method returns a refined copy.
 *
 * @param location {@code s3://bucket/folder/}
 * @param onlyNewFiles see {@link #newFilesOnly()}
 * @param reading see {@link FileSource}
 */
public record Orc(
        String location, boolean onlyNewFiles, @Nullable FileOptions reading)
        implements Source, FileSource<Orc>, FileLocation {
    public Orc {
        location = Names.location(location);
        reading = FileSource.normal(reading);
    }

    /** All ORC files below a location. */
    public static Orc at(String location) {
        return new Orc(location, false, null);
    }

    /** Reads only files that no committed run of the job has read. */
    public Orc newFilesOnly() {
        return new Orc(location, true, reading);
    }

    @Override
    public Orc reading(FileOptions options) {
        return new Orc(location, onlyNewFiles, options);
    }

    @Override
    public FileOutput output() {
        FileLocation.requireTarget("Orc", location, onlyNewFiles, options());
        return FileOutput.of(location, new FileFormat.Orc(Compression.ZSTD));
    }

    @Override
    public Calls calls() {
        Calls calls = Calls.of(Orc.class, "at", location);
        return options().calls(onlyNewFiles ? calls.then("newFilesOnly") : calls);
    }

    @Override
    public String describe() {
        return "ORC " + location + (onlyNewFiles ? ", new files only" : "");
    }
}
