package dev.mastic.job;

import org.jspecify.annotations.Nullable;

/**
 * Lines of text files in UTF-8, compressed or not: one column {@code line}. Immutable: each method returns a refined
 * copy.
 *
 * @param location {@code s3://bucket/folder/} or one file
 * @param onlyNewFiles see {@link #newFilesOnly()}
 * @param reading see {@link FileSource}
 */
public record TextLines(
        String location, boolean onlyNewFiles, @Nullable FileOptions reading) implements Source, FileSource<TextLines> {
    public TextLines {
        location = Names.location(location);
        reading = FileSource.normal(reading);
    }

    /** All text files below a location. */
    public static TextLines at(String location) {
        return new TextLines(location, false, null);
    }

    /** Reads only files that no committed run of the job has read. */
    public TextLines newFilesOnly() {
        return new TextLines(location, true, reading);
    }

    @Override
    public TextLines reading(FileOptions options) {
        return new TextLines(location, onlyNewFiles, options);
    }

    @Override
    public Calls calls() {
        Calls calls = Calls.of(TextLines.class, "at", location);
        return options().calls(onlyNewFiles ? calls.then("newFilesOnly") : calls);
    }

    @Override
    public String describe() {
        return "text lines " + location + (onlyNewFiles ? ", new files only" : "");
    }
}
