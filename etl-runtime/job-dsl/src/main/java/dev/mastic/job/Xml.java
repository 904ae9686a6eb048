package dev.mastic.job;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * XML files, compressed or not, in which each element of one name is a row. Its child elements and its attributes are
 * columns; an attribute's name begins with {@code _}, and the text of an element that has attributes is {@code _VALUE}.
 * Immutable: each method returns a refined copy.
 *
 * @param location {@code s3://bucket/folder/} or one file
 * @param rowTag name of the element that is a row
 * @param columns the declared schema; empty to infer it from the files
 * @param onlyNewFiles see {@link #newFilesOnly()}
 * @param reading see {@link FileSource}
 */
public record Xml(
        String location,
        String rowTag,
        List<Field> columns,
        boolean onlyNewFiles,
        @Nullable FileOptions reading) implements Source, FileSource<Xml> {
    public Xml {
        location = Names.location(location);
        columns = List.copyOf(columns);
        reading = FileSource.normal(reading);
        if (rowTag.isBlank() || rowTag.startsWith("<")) {
            throw new IllegalArgumentException(
                    "'" + rowTag + "' is no name of an element; write it without brackets, for instance order");
        }
    }

    /** All XML files below a location, a row for each element {@code rowTag}. */
    public static Xml at(String location, String rowTag) {
        return new Xml(location, rowTag, List.of(), false, null);
    }

    /** Declares the next column. */
    public Xml column(String name, String type) {
        List<Field> more = new ArrayList<>(columns);
        more.add(new Field(name, type));
        return new Xml(location, rowTag, more, onlyNewFiles, reading);
    }

    /** Reads only files that no committed run of the job has read. */
    public Xml newFilesOnly() {
        return new Xml(location, rowTag, columns, true, reading);
    }

    @Override
    public Xml reading(FileOptions options) {
        return new Xml(location, rowTag, columns, onlyNewFiles, options);
    }

    @Override
    public Calls calls() {
        Calls calls = Calls.of(Xml.class, "at", location, rowTag).columns(columns);
        return options().calls(onlyNewFiles ? calls.then("newFilesOnly") : calls);
    }

    @Override
    public String describe() {
        return "XML " + location + " <" + rowTag + ">" + (onlyNewFiles ? ", new files only" : "");
    }
}
