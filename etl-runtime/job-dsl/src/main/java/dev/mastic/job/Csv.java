package dev.mastic.job;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * CSV files below a location, compressed or not: a source, or a target. Rows must fit: one with more or fewer fields than columns, or with a
 * value that is not of its column's type where a step uses that column, fails the run and is named in its error. Immutable: each method returns a
 * refined copy.
 *
 * @param location {@code s3://bucket/folder/} or one file
 * @param header whether the first line of each file names the columns; files are then matched by name
 * @param delimiter one character
 * @param quote one character; a quote inside a quoted value is doubled
 * @param escape one character
 * @param multiLine whether a quoted value may hold line ends; such files are not read in parallel pieces
 * @param timestampFormat pattern of java.time for timestamps, null for ISO 8601 with a blank or a {@code T}
 * @param columns the declared schema; empty to infer it from the files
 * @param onlyNewFiles see {@link #newFilesOnly()}
 * @param reading see {@link FileSource}
 */
public record Csv(
        String location,
        boolean header,
        String delimiter,
        String quote,
        String escape,
        boolean multiLine,
        @Nullable String timestampFormat,
        List<Field> columns,
        boolean onlyNewFiles,
        @Nullable FileOptions reading)
        implements Source, FileSource<Csv>, FileLocation {
    public Csv {
        location = Names.location(location);
        columns = List.copyOf(columns);
        reading = FileSource.normal(reading);
        Names.single("delimiter", delimiter);
        Names.single("quote", quote);
        Names.single("escape", escape);
    }

    /** Comma-separated files without a header. */
    public static Csv at(String location) {
        return new Csv(location, false, ",", "\"", "\"", false, null, List.of(), false, null);
    }

    /** The first line of each file names its columns. */
    public Csv withHeader() {
        return new Csv(
                location, true, delimiter, quote, escape, multiLine, timestampFormat, columns, onlyNewFiles, reading);
    }

    /** The character between two values; a comma unless told. */
    public Csv delimiter(char character) {
        String value = Names.single("delimiter", character);
        return new Csv(
                location, header, value, quote, escape, multiLine, timestampFormat, columns, onlyNewFiles, reading);
    }

    /** The character around a value that holds delimiters; a double quote unless told. */
    public Csv quote(char character) {
        String value = Names.single("quote", character);
        String newEscape = escape.equals(quote) ? value : escape;
        return new Csv(
                location,
                header,
                delimiter,
                value,
                newEscape,
                multiLine,
                timestampFormat,
                columns,
                onlyNewFiles,
                reading);
    }

    /** The character that takes the meaning from a quote inside a value; the quote itself unless told. */
    public Csv escape(char character) {
        String value = Names.single("escape", character);
        return new Csv(
                location, header, delimiter, quote, value, multiLine, timestampFormat, columns, onlyNewFiles, reading);
    }

    /** Quoted values may hold line ends. */
    public Csv withMultiLineValues() {
        return new Csv(
                location, header, delimiter, quote, escape, true, timestampFormat, columns, onlyNewFiles, reading);
    }

    /** The pattern of timestamps in the files, {@code dd.MM.yyyy HH:mm} for instance. */
    public Csv timestampFormat(String pattern) {
        return new Csv(location, header, delimiter, quote, escape, multiLine, pattern, columns, onlyNewFiles, reading);
    }

    /** Declares the next column; with a header, files may hold the columns in another order or lack some. */
    public Csv column(String name, String type) {
        List<Field> more = new ArrayList<>(columns);
        more.add(new Field(name, type));
        return new Csv(
                location, header, delimiter, quote, escape, multiLine, timestampFormat, more, onlyNewFiles, reading);
    }

    /** Reads only files that no committed run of the job has read. */
    public Csv newFilesOnly() {
        return new Csv(location, header, delimiter, quote, escape, multiLine, timestampFormat, columns, true, reading);
    }

    @Override
    public Csv reading(FileOptions options) {
        return new Csv(
                location, header, delimiter, quote, escape, multiLine, timestampFormat, columns, onlyNewFiles, options);
    }

    @Override
    public FileOutput output() {
        FileLocation.requireTarget("Csv", location, onlyNewFiles, options(), columns);
        return FileOutput.of(
                location, new FileFormat.DelimitedText(Compression.NONE, header, delimiter, quote, escape));
    }

    @Override
    public Calls calls() {
        Calls calls = Calls.of(Csv.class, "at", location);
        calls = header ? calls.then("withHeader") : calls;
        calls = calls.unless(',', "delimiter", delimiter.charAt(0));
        calls = calls.unless('"', "quote", quote.charAt(0));
        calls = calls.unless(quote.charAt(0), "escape", escape.charAt(0));
        calls = multiLine ? calls.then("withMultiLineValues") : calls;
        calls = timestampFormat == null ? calls : calls.then("timestampFormat", timestampFormat);
        calls = calls.columns(columns);
        return options().calls(onlyNewFiles ? calls.then("newFilesOnly") : calls);
    }

    @Override
    public String describe() {
        return "CSV " + location + (header ? ", with header" : "")
                + (delimiter.equals(",") ? "" : ", delimiter '" + delimiter + "'")
                + (onlyNewFiles ? ", new files only" : "");
    }
}
