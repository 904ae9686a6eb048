package dev.mastic.crawler.infer;

import java.util.Map;

/**
 * A column as a table gets it.
 *
 * @param why what was seen in the files, and what decided
 * @param parameters column parameters for the catalog
 */
public record InferredColumn(String name, ColumnType type, String why, Map<String, String> parameters) {
    /** Column parameter: the format of times that stand in a column of texts, as {@code java.time} writes it. */
    public static final String TIMESTAMP_FORMAT = "mastic.timestamp-format";

    public InferredColumn {
        parameters = Map.copyOf(parameters);
    }

    /** The same column of another type. */
    public InferredColumn withType(ColumnType other, String reason) {
        return new InferredColumn(name, other, reason, parameters);
    }
}
