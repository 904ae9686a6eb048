package dev.mastic.crawler.classify;

import dev.mastic.crawler.classify.CsvClassifierSettings.Serde;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Formats of texts that say themselves how a table describes them. */
public sealed interface TextFormat extends FileFormat {

    /**
     * How a table tells engines to read the files.
     *
     * @param quoted whether values in quotes were seen
     */
    TableStorage storage(boolean quoted);

    /** Whether the SerDe wants to know the names of the columns as the files spell them, in {@code paths}. */
    default boolean wantsPaths() {
        return false;
    }

    /** How JSON that is not one object in each line stands in its files. */
    enum JsonLayout {
        /** One array whose elements are the rows: Spark reads it with its option {@code multiLine}. */
        ARRAY,
        /** One object over several lines: Spark reads it with its option {@code multiLine}. */
        OBJECT,
        /** Objects behind each other, over several lines or in one: no engine reads more than the first. */
        OBJECTS;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** JSON that is not one object in each line. */
    record JsonDocuments(JsonLayout layout) implements TextFormat {
        static final String SERDE = "org.openx.data.jsonserde.JsonSerDe";
        static final String LAYOUT = "mastic.json-layout";

        @Override
        public String classification() {
            return "json";
        }

        @Override
        public boolean wantsPaths() {
            return true;
        }

        @Override
        public TableStorage storage(boolean quoted) {
            Map<String, String> parameters = new HashMap<>();
            parameters.put(LAYOUT, layout.word());
            if (layout != JsonLayout.OBJECTS) {
                parameters.put("multiLine", "true");
            }
            return TableStorage.lines(SERDE, Map.of(), parameters);
        }

        @Override
        public String readers() {
            return switch (layout) {
                case ARRAY ->
                    "its files are JSON arrays: Hive, Trino and Athena read one object per line and fail on them,"
                            + " Spark reads them with the option multiLine; for all engines write one object per line"
                            + " (jq -c '.[]')";
                case OBJECT ->
                    "the JSON objects of its files take several lines: Hive, Trino and Athena read one object per line"
                            + " and fail on them, Spark reads them with the option multiLine; for all engines write"
                            + " one object per line (jq -c .)";
                case OBJECTS ->
                    "the JSON objects of its files do not stand in lines of their own: Hive, Trino and Athena fail on"
                            + " them, Spark reads the first object of each file at the most; write one object per line"
                            + " (jq -c .)";
            };
        }

        @Override
        public String toString() {
            return switch (layout) {
                case ARRAY -> "json array";
                case OBJECT -> "json object over several lines";
                case OBJECTS -> "json objects not in lines of their own";
            };
        }
    }

    /** What a JSON path selects in JSON. */
    record JsonRecords(String path) implements TextFormat {
        @Override
        public String classification() {
            return "json";
        }

        @Override
        public boolean wantsPaths() {
            return true;
        }

        @Override
        public TableStorage storage(boolean quoted) {
            return TableStorage.lines(JsonDocuments.SERDE, Map.of(), Map.of("jsonPath", path));
        }

        @Override
        public String readers() {
            return "its rows are what " + path
                    + " selects: Hive, Trino and Athena do not know such paths and read whole"
                    + " lines; Glue's own readers take the path as the option jsonPath";
        }

        @Override
        public String toString() {
            return "json records at " + path;
        }
    }

    /**
     * Elements of XML.
     *
     * @param rowTag name of the elements that are rows
     */
    record Xml(String classification, String rowTag) implements TextFormat {
        @Override
        public TableStorage storage(boolean quoted) {
            return TableStorage.withoutSerde(Map.of("rowTag", rowTag), Map.of("rowTag", rowTag));
        }

        @Override
        public String readers() {
            return "its files are XML, which Hive, Trino and Athena do not read; Spark reads them with the format xml and"
                    + " the option rowTag=" + rowTag;
        }

        @Override
        public String toString() {
            return "xml (row tag " + rowTag + ")";
        }
    }

    /** Lines that a grok pattern takes apart. */
    record GrokLines(String classification, String pattern, String customPatterns) implements TextFormat {
        private static final String SERDE = "com.amazonaws.glue.serde.GrokSerDe";

        @Override
        public TableStorage storage(boolean quoted) {
            Map<String, String> serde = new HashMap<>();
            serde.put("input.format", pattern);
            Map<String, String> parameters = new HashMap<>();
            parameters.put("grokPattern", pattern);
            if (!customPatterns.isBlank()) {
                serde.put("input.grokCustomPatterns", customPatterns);
                parameters.put("grokCustomPatterns", customPatterns);
            }
            return TableStorage.lines(SERDE, serde, parameters);
        }

        @Override
        public boolean fixedTypes() {
            return true;
        }

        @Override
        public String toString() {
            return classification + " (log lines)";
        }
    }

    /**
     * Values between delimiters, as a custom classifier describes them.
     *
     * @param header whether the first line names the columns
     * @param named whether the first line or the classifier names them
     */
    record CustomCsv(char delimiter, char quote, boolean header, boolean named, Serde serde) implements TextFormat {
        private static final String LAZY_SIMPLE = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe";
        private static final String OPEN_CSV = "org.apache.hadoop.hive.serde2.OpenCSVSerde";

        @Override
        public String classification() {
            return "csv";
        }

        @Override
        public boolean positional() {
            return true;
        }

        @Override
        public TableStorage storage(boolean quoted) {
            boolean open = serde == Serde.OPEN_CSV || (serde == Serde.AS_SEEN && quoted);
            Map<String, String> parameters = new HashMap<>();
            parameters.put("delimiter", String.valueOf(delimiter));
            parameters.put("columnsOrdered", "true");
            parameters.put("areColumnsQuoted", String.valueOf(quoted));
            if (header) {
                parameters.put("skip.header.line.count", "1");
            }
            return open
                    ? TableStorage.lines(
                            OPEN_CSV,
                            Map.of("separatorChar", String.valueOf(delimiter), "quoteChar", String.valueOf(quote)),
                            parameters)
                    : TableStorage.lines(LAZY_SIMPLE, Map.of("field.delim", String.valueOf(delimiter)), parameters);
        }

        @Override
        public String toString() {
            return "csv (delimiter " + (delimiter == '\t' ? "tab" : String.valueOf(delimiter)) + ", quote " + quote
                    + (header ? ", with" : ", without") + " header)";
        }
    }
}
