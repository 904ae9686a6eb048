package dev.mastic.spark.jdbc;

import dev.mastic.spark.failure.JobFailure;
import dev.mastic.warehouse.dialect.Dialect;
import dev.mastic.warehouse.dialect.StagingColumn;
import dev.mastic.wire.rest.Json;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The keys by which a job knows what it has read of a table: their bounds as texts, and as conditions. */
final class KeyColumns {
    private static final Logger LOG = LoggerFactory.getLogger(KeyColumns.class);

    private final Dialect dialect;
    private final List<StagingColumn> columns;

    private KeyColumns(Dialect dialect, List<StagingColumn> columns) {
        this.dialect = dialect;
        this.columns = List.copyOf(columns);
    }

    /** @throws JobFailure when a key cannot tell what is new, with the reason */
    static KeyColumns check(String step, SqlSource source, Dialect dialect, List<String> names) {
        List<StagingColumn> columns = new ArrayList<>();
        for (String name : names) {
            SqlSource.Column column = source.column(step, name);
            String place = "Read '" + step + "': key '" + name + "' of " + source.title();
            if (column.takesNulls()) {
                throw new JobFailure(
                        place + " takes nulls, and a row without a key would never be read; use a column that"
                                + " takes none, or declare it NOT NULL");
            }
            String wrong = wrong(column.type().jdbcType(), columns.isEmpty());
            if (!wrong.isEmpty()) {
                throw new JobFailure(place + " is of type " + column.type().typeName() + ", " + wrong);
            }
            columns.add(column.type());
        }
        KeyColumns keys = new KeyColumns(dialect, columns);
        if (keys.isTime() && columns.size() == 1) {
            LOG.warn(
                    "{}: rows of {} that come later with the same '{}' as a row that was read are never read; add a key"
                            + " that tells them apart, as newRowsBy(\"{}\", \"id\")",
                    step,
                    source.title(),
                    names.get(0),
                    names.get(0));
        }
        if (!source.isIndexed(columns.get(0).name())) {
            LOG.warn(
                    "{}: no index of {} begins with '{}': each run reads the whole table to find what is new",
                    step,
                    source.title(),
                    names.get(0));
        }
        return keys;
    }

    private static String wrong(int type, boolean first) {
        return switch (type) {
            case Types.REAL, Types.FLOAT, Types.DOUBLE ->
                "whose values are not exact: two that are different may be the same; use a whole number or a time";
            case Types.BOOLEAN,
                    Types.BIT,
                    Types.BINARY,
                    Types.VARBINARY,
                    Types.LONGVARBINARY,
                    Types.BLOB,
                    Types.CLOB,
                    Types.ARRAY,
                    Types.STRUCT,
                    Types.SQLXML -> "which has no order of arrival; use a whole number or a time";
            case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR, Types.NCHAR, Types.NVARCHAR, Types.OTHER ->
                first
                        ? "whose order is not that of arrival; use a number that grows, or a time with this as second key"
                        : "";
            default -> "";
        };
    }

    boolean isTime() {
        int type = columns.get(0).jdbcType();
        return type == Types.TIMESTAMP || type == Types.TIMESTAMP_WITH_TIMEZONE || type == Types.DATE;
    }

    String names() {
        return columns.stream().map(StagingColumn::name).collect(Collectors.joining(", "));
    }

    String quoted(String suffix) {
        return columns.stream()
                .map(column -> dialect.quote(column.name()) + suffix)
                .collect(Collectors.joining(", "));
    }

    String first() {
        return dialect.quote(columns.get(0).name());
    }

    int count() {
        return columns.size();
    }

    static String bound(List<String> values) {
        return Json.text(values);
    }

    /** The rows behind a bound and up to another. */
    String between(@Nullable String after, String upTo) {
        String below = compare(upTo, "<", "<=");
        return after == null ? below : "(" + behind(after) + ") AND (" + below + ")";
    }

    String behind(String bound) {
        return compare(bound, ">", ">");
    }

    /** Compares one key after the other, as not every database compares rows of values by an index. */
    private String compare(String bound, String operator, String lastOperator) {
        String[] values = Json.read(bound, String[].class);
        if (values.length != columns.size()) {
            throw new IllegalArgumentException("Bound " + bound + " is not of the keys " + names());
        }
        List<String> choices = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            List<String> parts = new ArrayList<>();
            for (int j = 0; j < i; j++) {
                parts.add(dialect.quote(columns.get(j).name()) + " = " + dialect.literal(columns.get(j), values[j]));
            }
            parts.add(dialect.quote(columns.get(i).name()) + " " + (i == values.length - 1 ? lastOperator : operator)
                    + " " + dialect.literal(columns.get(i), values[i]));
            choices.add("(" + String.join(" AND ", parts) + ")");
        }
        return String.join(" OR ", choices);
    }
}
