package dev.mastic.spark.read;

import dev.mastic.job.CatalogTable;
import dev.mastic.job.TableName;
import dev.mastic.spark.failure.JobFailure;
import dev.mastic.spark.s3.S3Location;
import org.apache.spark.sql.types.StructType;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How the files of a catalog table are read, by what its storage descriptor and parameters say. */
final class CatalogFormat {
    private CatalogFormat() {}

    /** @throws JobFailure when the table has no files in S3, or files of a format that is not read */
    static SourceSpec spec(String step, CatalogTable source, Table table) {
        TableName name = source.table();
        StorageDescriptor storage = table.storageDescriptor();
        if (storage == null || storage.location() == null || storage.location().isBlank()) {
            throw new JobFailure("Table " + name + " has no location; only tables of files in S3 can be read");
        }
        requireFiles("Read '" + step + "'", name, table);
        Map<String, String> parameters = new HashMap<>(table.parameters());
        parameters.putAll(storage.parameters());
        if (storage.serdeInfo() != null) {
            parameters.putAll(storage.serdeInfo().parameters());
        }
        FileKind kind = kind(name, storage, parameters);
        boolean header = kind == FileKind.CSV
                && !parameters.getOrDefault("skip.header.line.count", "0").equals("0");
        return SourceSpecs.checked(new SourceSpec(
                step,
                "table " + name,
                kind,
                S3Location.parse(storage.location()),
                options(name, kind, parameters),
                header,
                schema(name, storage.columns()),
                schema(name, table.partitionKeys()),
                source.options()));
    }

    /**
     * Refuses tables whose rows are not simply those of the files at their location.
     *
     * @param place begin of the message
     */
    static void requireFiles(String place, TableName name, Table table) {
        Map<String, String> parameters = table.parameters();
        String words = (parameters.getOrDefault("table_type", "") + " "
                        + parameters.getOrDefault("spark.sql.sources.provider", "") + " "
                        + parameters.getOrDefault("classification", ""))
                .toLowerCase(Locale.ROOT);
        for (String lake : List.of("iceberg", "delta", "hudi")) {
            if (words.contains(lake)) {
                throw new JobFailure(place + ": table " + name + " is of the format " + lake + ", whose metadata says"
                        + " which of its files count; jobs neither read nor write such tables, only an engine that"
                        + " knows " + lake + " does");
            }
        }
    }

    static StructType schema(TableName name, List<Column> columns) {
        StructType schema = new StructType();
        for (Column column : columns) {
            schema = schema.add(
                    column.name(), HiveTypes.toSpark(column.type(), "Column " + column.name() + " of table " + name));
        }
        return schema;
    }

    private static FileKind kind(TableName name, StorageDescriptor storage, Map<String, String> parameters) {
        String serde = storage.serdeInfo() == null || storage.serdeInfo().serializationLibrary() == null
                ? ""
                : storage.serdeInfo().serializationLibrary();
        String words = (parameters.getOrDefault("classification", "") + " " + serde + " " + storage.inputFormat())
                .toLowerCase(Locale.ROOT);
        if (words.contains("grokserde")) {
            throw new JobFailure("Table " + name
                    + " is of log lines that a grok pattern takes apart, which are not read"
                    + " as a table; read them by TextLines.at(\"" + storage.location() + "\") and take the line apart"
                    + " with expr(\"regexp_extract(line, ...)\")");
        }
        if (words.contains("regexserde")) {
            return FileKind.CSV;
        }
        if (words.contains("parquet")) {
            return FileKind.PARQUET;
        }
        if (words.contains("orc")) {
            return FileKind.ORC;
        }
        if (words.contains("avro")) {
            return FileKind.AVRO;
        }
        if (words.contains("json")) {
            return FileKind.JSON;
        }
        if (words.contains("xml") || parameters.containsKey("rowTag")) {
            return FileKind.XML;
        }
        if (words.contains("csv") || words.contains("lazysimpleserde")) {
            return FileKind.CSV;
        }
        throw new JobFailure("Table " + name + " is neither CSV, JSON, XML, Parquet, ORC nor Avro (SerDe '" + serde
                + "', classification '" + parameters.getOrDefault("classification", "")
                + "'); other formats are not read");
    }

    private static Map<String, String> options(TableName name, FileKind kind, Map<String, String> parameters) {
        Map<String, String> options = new HashMap<>();
        if (kind == FileKind.CSV && parameters.containsKey("input.regex")) {
            // Read as one value a line, which no character ends.
            options.put("sep", "\u0001");
            options.put("quote", "\u0000");
            options.put("escape", "\u0000");
            options.put(RegexLines.REGEX, parameters.get("input.regex"));
        } else if (kind == FileKind.CSV) {
            options.put("sep", first(parameters, ",", "separatorChar", "field.delim", "delimiter"));
            String quote = first(parameters, "\"", "quoteChar");
            options.put("quote", quote);
            options.put("escape", first(parameters, quote, "escapeChar", "escape.delim"));
            if (parameters.containsKey("serialization.null.format")) {
                options.put("nullValue", parameters.get("serialization.null.format"));
            }
        }
        if (kind == FileKind.XML) {
            String rowTag = parameters.get("rowTag");
            if (rowTag == null || rowTag.isBlank()) {
                throw new JobFailure("Table " + name + " is of XML files and does not say which element is a row; set"
                        + " its property rowTag, or run its crawler");
            }
            options.put("rowTag", rowTag);
        }
        if (kind == FileKind.JSON && "objects".equals(parameters.get("mastic.json-layout"))) {
            throw new JobFailure("The JSON objects of table " + name + " stand behind each other and not in lines, of"
                    + " which Spark reads the first of each file alone; write one object per line (jq -c .)");
        }
        if (kind == FileKind.JSON && parameters.containsKey("jsonPath")) {
            throw new JobFailure("The rows of table " + name + " are what the JSON path " + parameters.get("jsonPath")
                    + " selects in its files, which is not read; read the files by Json.at(...).asDocuments() and"
                    + " take the rows out of them");
        }
        if (kind == FileKind.JSON) {
            if ("true".equals(parameters.get("multiLine"))) {
                options.put("multiLine", "true");
            }
            // The catalog folds names to lower case; the files' own spelling is in the SerDe's mapping.
            parameters.forEach((parameter, value) -> {
                if (parameter.startsWith(FileFrames.SPELLING)) {
                    options.put(parameter, value);
                }
            });
        }
        if (kind.hasBadRows() && parameters.containsKey("timestamp.formats")) {
            options.put(
                    "timestampFormat",
                    parameters.get("timestamp.formats").split(",")[0].strip());
        }
        return options;
    }

    private static String first(Map<String, String> parameters, String otherwise, String... names) {
        for (String name : names) {
            String value = parameters.get(name);
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        return otherwise;
    }
}
