package dev.mastic.job;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Files of JSON objects, one a line, compressed or not: a source, or a target. A line that is not a JSON object of the schema fails the run.
 * Immutable: each method returns a refined copy.
 *
 * @param location {@code s3://bucket/folder/} or one file
 * @param columns the declared schema; empty to infer it from the files
 * @param documents see {@link #asDocuments()}
 * @param onlyNewFiles see {@link #newFilesOnly()}
 * @param reading see {@link FileSource}
 */
public record Json(
        String location,
        List<Field> columns,
        boolean documents,
        boolean onlyNewFiles,
        @Nullable FileOptions reading) implements Source, FileSource<Json>, FileLocation {
    public Json {
        location = Names.location(location);
        columns = List.copyOf(columns);
        reading = FileSource.normal(reading);
    }

    /** All JSON lines files below a location. */
    public static Json at(String location) {
        return new Json(location, List.of(), false, false, null);
    }

    /**
     * Each file is one JSON value in place of lines: an object, which is a row, or an array of objects, each a row. Such
     * a file is read by one task, which holds it in memory.
     */
    public Json asDocuments() {
        return new Json(location, columns, true, onlyNewFiles, reading);
    }

    /** Declares the next column. */
    public Json column(String name, String type) {
        List<Field> more = new ArrayList<>(columns);
        more.add(new Field(name, type));
        return new Json(location, more, documents, onlyNewFiles, reading);
    }

    /** Reads only files that no committed run of the job has read. */
    public Json newFilesOnly() {
        return new Json(location, columns, documents, true, reading);
    }

    @Override
    public Json reading(FileOptions options) {
        return new Json(location, columns, documents, onlyNewFiles, options);
    }

    @Override
    public FileOutput output() {
        FileLocation.requireTarget("Json", location, onlyNewFiles, options(), columns, documents);
        return FileOutput.of(location, new FileFormat.JsonLines(Compression.NONE));
    }

    @Override
    public Calls calls() {
        Calls calls = Calls.of(Json.class, "at", location).columns(columns);
        calls = documents ? calls.then("asDocuments") : calls;
        return options().calls(onlyNewFiles ? calls.then("newFilesOnly") : calls);
    }

    @Override
    public String describe() {
        return (documents ? "JSON documents " : "JSON lines ") + location + (onlyNewFiles ? ", new files only" : "");
    }
}
