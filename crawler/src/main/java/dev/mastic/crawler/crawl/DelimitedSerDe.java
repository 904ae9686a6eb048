package dev.mastic.crawler.crawl;

import dev.mastic.crawler.classify.FileFormat;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The SerDe that reads a delimited text, and what it must be told.
 *
 * @param library class name
 */
record DelimitedSerDe(String library, Map<String, String> parameters) {
    static final String LAZY_SIMPLE = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe";
    static final String OPEN_CSV = "org.apache.hadoop.hive.serde2.OpenCSVSerde";
    static final String MULTI_DELIMIT = "org.apache.hadoop.hive.serde2.MultiDelimitSerDe";
    static final String REGEX = "org.apache.hadoop.hive.serde2.RegexSerDe";

    /** Stands in no text, so that a line is one value. */
    private static final String NO_DELIMITER = "\u0001";

    static DelimitedSerDe of(FileFormat.Csv csv, boolean quoted, int columns) {
        Map<String, String> parameters = new LinkedHashMap<>();
        String delimiter = csv.delimiter().isEmpty() ? NO_DELIMITER : csv.delimiter();
        if (csv.collapse()) {
            parameters.put("input.regex", regex(csv.delimiter(), columns));
            return new DelimitedSerDe(REGEX, parameters);
        }
        if (quoted && delimiter.length() == 1) {
            parameters.put("separatorChar", delimiter);
            parameters.put("quoteChar", String.valueOf(csv.quote()));
            if (csv.backslash()) {
                parameters.put("escapeChar", "\\");
            }
            return new DelimitedSerDe(OPEN_CSV, parameters);
        }
        parameters.put("field.delim", delimiter);
        if (!csv.utf8()) {
            parameters.put("serialization.encoding", csv.encoding());
        }
        return new DelimitedSerDe(delimiter.length() == 1 ? LAZY_SIMPLE : MULTI_DELIMIT, parameters);
    }

    /** Values that are lined up by blanks: by one or more, or by two or more when values hold blanks themselves. */
    private static String regex(String delimiter, int columns) {
        String value = delimiter.length() == 1 ? "(\\S*)" : "(.*?)";
        String between = delimiter.length() == 1 ? "\\s+" : "\\s{2,}";
        return "\\s*" + (value + between).repeat(Math.max(0, columns - 1)) + value + "\\s*";
    }
}
