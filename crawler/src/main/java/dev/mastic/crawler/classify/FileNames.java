package dev.mastic.crawler.classify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Compares what a file is called with what it is: people and some engines go by names. */
final class FileNames {
    private static final Map<String, String> FORMATS = Map.ofEntries(
            Map.entry("csv", "csv"),
            Map.entry("tsv", "csv"),
            Map.entry("json", "json"),
            Map.entry("jsonl", "json"),
            Map.entry("ndjson", "json"),
            Map.entry("xml", "xml"),
            Map.entry("parquet", "parquet"),
            Map.entry("orc", "orc"),
            Map.entry("avro", "avro"),
            Map.entry("ion", "ion"),
            Map.entry("xlsx", "excel"));

    private FileNames() {}

    /** The profile, with a warning when the name tells another format. */
    static FileProfile checked(FileProfile file) {
        String name = file.object().fileName().toLowerCase(Locale.ROOT);
        String suffix = file.compression().suffix();
        String plain =
                !suffix.isEmpty() && name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name;
        String extension = plain.substring(plain.lastIndexOf('.') + 1);
        String told = FORMATS.get(extension);
        String found = file.format().classification();
        // Whoever wrote a classifier of their own chose the word for the format.
        boolean known = FORMATS.containsValue(found);
        if (told == null || told.equals(found) || !known) {
            return file;
        }
        List<String> warnings = new ArrayList<>(file.warnings());
        warnings.add("its name ends with ." + extension + ", but its content is " + found
                + "; name it after its content, or write it again");
        return new FileProfile(
                file.object(),
                file.format(),
                file.compression(),
                file.columns(),
                file.quoted(),
                file.records(),
                file.exact(),
                file.bytesRead(),
                file.evidence(),
                warnings);
    }
}
