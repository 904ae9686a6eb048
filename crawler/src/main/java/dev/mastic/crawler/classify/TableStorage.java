package dev.mastic.crawler.classify;

import java.util.Map;

/**
 * How a table tells engines to read files of a format.
 *
 * @param serde class of the SerDe; empty when no SerDe reads the format
 * @param inputFormat empty when engines have none for the format
 * @param outputFormat empty when engines have none for the format
 * @param serdeParameters parameters of the SerDe
 * @param parameters table properties besides those that all formats have
 */
public record TableStorage(
        String serde,
        String inputFormat,
        String outputFormat,
        Map<String, String> serdeParameters,
        Map<String, String> parameters) {
    private static final String TEXT_INPUT = "org.apache.hadoop.mapred.TextInputFormat";
    private static final String TEXT_OUTPUT = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat";

    public TableStorage {
        serdeParameters = Map.copyOf(serdeParameters);
        parameters = Map.copyOf(parameters);
    }

    /** Files of lines. */
    static TableStorage lines(String serde, Map<String, String> serdeParameters, Map<String, String> parameters) {
        return new TableStorage(serde, TEXT_INPUT, TEXT_OUTPUT, serdeParameters, parameters);
    }

    /**
     * Files whose values have types, by classes of Hive.
     *
     * @param serde below Hive's package
     * @param formats what the names of both formats begin with, below Hive's package
     */
    static TableStorage typed(String serde, String formats) {
        String hive = "org.apache.hadoop.hive.";
        return new TableStorage(
                hive + serde,
                hive + formats + "InputFormat",
                hive + formats + "OutputFormat",
                Map.of("serialization.format", "1"),
                Map.of());
    }

    /** Files that no SerDe of Hive reads. */
    static TableStorage withoutSerde(Map<String, String> serdeParameters, Map<String, String> parameters) {
        return new TableStorage("", "", "", serdeParameters, parameters);
    }
}
