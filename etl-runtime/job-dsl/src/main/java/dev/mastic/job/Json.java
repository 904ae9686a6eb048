package dev.mastic.job;

import java.util.ArrayList;
import java.util.List;

/**
 * Files of JSON objects, one a line, compressed or not. A line that is not a JSON object of the schema fails the run.
 * Immutable: each method returns a refined copy.
 *
 * @param location {@code s3://bucket/folder/} or one file
 * @param columns the declared schema; empty to infer it from the files
 * @param onlyNewFiles see {@link #newFilesOnly()}
 */
public record Json(String location, List<Field> columns, boolean onlyNewFiles) implements Source {
    public Json {
        location = Names.location(location);
        columns = List.copyOf(columns);
    }

    /** All JSON lines files below a location. */
    public static Json at(String location) {
        return new Json(location, List.of(), false);
    }

    /** Declares the next column. */
    public Json column(String name, String type) {
        List<Field> more = new ArrayList<>(columns);
        more.add(new Field(name, type));
        return new Json(location, more, onlyNewFiles);
    }

    /** Reads only files that no committed run of the job has read. */
    public Json newFilesOnly() {
        return new Json(location, columns, true);
    }

    @Override
    public String describe() {
        return "JSON lines " + location + (onlyNewFiles ? ", new files only" : "");
    }
}
