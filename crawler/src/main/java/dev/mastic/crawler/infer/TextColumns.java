package dev.mastic.crawler.infer;

import dev.mastic.crawler.infer.ColumnType.Plain;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The columns of a table of texts, decided together: a SerDe knows one null marker and one format of timestamps for the
 * whole table, so a column that needs another keeps its texts.
 *
 * @param serdeParameters what engines must be told to read the columns
 */
public record TextColumns(List<InferredColumn> columns, Map<String, String> serdeParameters) {
    private static final String NULL_FORMAT = "serialization.null.format";
    private static final String TIMESTAMP_FORMATS = "timestamp.formats";

    public TextColumns {
        columns = List.copyOf(columns);
        serdeParameters = Map.copyOf(serdeParameters);
    }

    /** How the values are quoted, which decides the SerDe. */
    public enum Quoting {
        /** No value is quoted: LazySimpleSerDe. */
        NONE,
        /** Values are quoted: OpenCSVSerDe, whose dates and timestamps are numbers of days and milliseconds. */
        QUOTED
    }

    /** Decides the types of columns, given in the order of the file. */
    public static TextColumns decide(Map<String, TextEvidence> evidence, Quoting quoting) {
        @Nullable String marker = marker(evidence);
        String timestampPattern = timestampPattern(evidence);
        Map<String, String> serde = new HashMap<>();
        if (marker != null) {
            serde.put(NULL_FORMAT, marker);
        }
        List<InferredColumn> columns = new ArrayList<>();
        evidence.forEach((name, seen) -> {
            InferredColumn column = column(name, seen, marker, timestampPattern, quoting);
            if (column.type() == Plain.TIMESTAMP && !timestampPattern.isEmpty()) {
                serde.put(TIMESTAMP_FORMATS, timestampPattern);
            }
            columns.add(column);
        });
        return new TextColumns(columns, serde);
    }

    private static InferredColumn column(
            String name, TextEvidence seen, @Nullable String marker, String timestampPattern, Quoting quoting) {
        ColumnType type = seen.type();
        String why = seen.describe();
        Map<String, String> parameters = new HashMap<>();
        if (!seen.pattern().isEmpty()) {
            parameters.put(InferredColumn.TIMESTAMP_FORMAT, seen.pattern());
        }
        if (type == Plain.UNKNOWN || type == Plain.STRING) {
            return new InferredColumn(name, Plain.STRING, why, parameters);
        }
        if (type instanceof Plain plain && plain.whole() && CodeNames.names(name)) {
            return new InferredColumn(
                    name, Plain.STRING, why + "; kept as string: its name says that its digits are a code", parameters);
        }
        Set<String> others = new HashSet<>(seen.markers().keySet());
        others.remove(marker);
        if (!others.isEmpty()) {
            return new InferredColumn(
                    name, Plain.STRING, why + "; kept as string: engines know one null marker for a table", parameters);
        }
        boolean time = type == Plain.TIMESTAMP || type == Plain.DATE;
        if (time && quoting == Quoting.QUOTED) {
            String pattern = type == Plain.DATE ? "yyyy-MM-dd" : seen.pattern();
            parameters.put(InferredColumn.TIMESTAMP_FORMAT, pattern.isEmpty() ? "yyyy-MM-dd HH:mm:ss" : pattern);
            return new InferredColumn(
                    name,
                    Plain.STRING,
                    why
                            + "; kept as string: OpenCSVSerDe, needed for the quotes, reads dates and timestamps as numbers",
                    parameters);
        }
        if (type == Plain.TIMESTAMP
                && (seen.severalPatterns() || !seen.pattern().equals(timestampPattern))) {
            return new InferredColumn(
                    name,
                    Plain.STRING,
                    why + "; kept as string: engines know one timestamp format for a table",
                    parameters);
        }
        parameters.remove(InferredColumn.TIMESTAMP_FORMAT);
        return new InferredColumn(name, type, why, parameters);
    }

    /** The null marker that most values of typed columns need. */
    private static @Nullable String marker(Map<String, TextEvidence> evidence) {
        Map<String, Long> counts = new HashMap<>();
        for (TextEvidence seen : evidence.values()) {
            if (seen.type() != Plain.STRING && seen.type() != Plain.UNKNOWN) {
                seen.markers().forEach((marker, count) -> counts.merge(marker, count, Long::sum));
            }
        }
        return counts.entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    /** The format of the table's timestamps: Hive's own, which needs no telling, if any column has it. */
    private static String timestampPattern(Map<String, TextEvidence> evidence) {
        Map<String, Long> counts = new HashMap<>();
        for (TextEvidence seen : evidence.values()) {
            if (seen.type() == Plain.TIMESTAMP && !seen.severalPatterns()) {
                counts.merge(seen.pattern(), 1L, Long::sum);
            }
        }
        if (counts.containsKey("")) {
            return "";
        }
        return counts.entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse("");
    }
}
