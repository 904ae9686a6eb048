package dev.mastic.spark.jdbc;

import dev.mastic.job.Jdbc;
import dev.mastic.spark.failure.JobFailure;
import dev.mastic.warehouse.connection.WarehouseConnection;
import dev.mastic.warehouse.dialect.Dialect;
import dev.mastic.warehouse.dialect.StagingColumn;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.Statement;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Conditions that share the rows of a source among sessions: each row fulfils one of them. */
final class Parts {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");
    private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);

    private final String step;
    private final Jdbc source;
    private final SqlSource sql;
    private final WarehouseConnection connection;
    private final Dialect dialect;

    Parts(String step, Jdbc source, SqlSource sql, WarehouseConnection connection) {
        this.step = step;
        this.source = source;
        this.sql = sql;
        this.connection = connection;
        this.dialect = connection.dialect();
    }

    /** @param within the condition of all rows that are read */
    List<String> conditions(String within) {
        String name = source.partitionColumn();
        if (name == null || source.partitions() == 1) {
            return List.of(within);
        }
        StagingColumn column = sql.column(step, name).type();
        List<String> parts = switch (source.partitioning()) {
            case NONE -> List.of();
            case HASH -> buckets(column);
            case RANGE -> ranges(column, within);
        };
        return parts.isEmpty()
                ? List.of(within)
                : parts.stream()
                        .map(part -> "(" + part + ") AND (" + within + ")")
                        .toList();
    }

    private List<String> buckets(StagingColumn column) {
        String quoted = dialect.quote(column.name());
        String bucket = dialect.bucket(quoted, source.partitions());
        if (bucket.isEmpty()) {
            throw new JobFailure("Read '" + step + "': the database of connection " + connection.name()
                    + " has no hash function; use partitionedBy(\"" + column.name() + "\", " + source.partitions()
                    + ")");
        }
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < source.partitions(); i++) {
            parts.add(bucket + " = " + i + (i == 0 ? " OR " + quoted + " IS NULL" : ""));
        }
        return parts;
    }

    private List<String> ranges(StagingColumn column, String within) {
        BigDecimal[] bounds = bounds(column, within);
        if (bounds.length == 0) {
            return List.of();
        }
        String quoted = dialect.quote(column.name());
        BigDecimal stride =
                bounds[1].subtract(bounds[0]).divide(BigDecimal.valueOf(source.partitions()), MathContext.DECIMAL64);
        List<String> cuts = new ArrayList<>();
        for (int i = 1; i < source.partitions(); i++) {
            String cut = text(column, bounds[0].add(stride.multiply(BigDecimal.valueOf(i))));
            if (!cuts.contains(cut)) {
                cuts.add(cut);
            }
        }
        List<String> parts = new ArrayList<>();
        for (int i = 0; i <= cuts.size(); i++) {
            String from = i == 0 ? "" : quoted + " >= " + dialect.literal(column, cuts.get(i - 1));
            String to = i == cuts.size() ? "" : quoted + " < " + dialect.literal(column, cuts.get(i));
            String both = from + (from.isEmpty() || to.isEmpty() ? "" : " AND ") + to;
            parts.add(i == 0 ? both + " OR " + quoted + " IS NULL" : both);
        }
        return parts;
    }

    /** Begin and end as numbers; empty when there are no rows. */
    private BigDecimal[] bounds(StagingColumn column, String within) {
        String lower = source.lowerBound();
        String upper = source.upperBound();
        if (lower != null && upper != null) {
            return new BigDecimal[] {position(column, lower), position(column, upper)};
        }
        String quoted = dialect.quote(column.name());
        String query = "SELECT MIN(" + quoted + "), MAX(" + quoted + ") FROM " + sql.from() + " WHERE " + within;
        return connection.call("does not tell the bounds of '" + column.name() + "'", session -> {
            try (Statement statement = session.createStatement();
                    ResultSet found = statement.executeQuery(query)) {
                found.next();
                @Nullable String least = found.getString(1);
                @Nullable String most = found.getString(2);
                return least == null || most == null
                        ? new BigDecimal[0]
                        : new BigDecimal[] {position(column, least), position(column, most)};
            }
        });
    }

    private BigDecimal position(StagingColumn column, String text) {
        try {
            return switch (column.jdbcType()) {
                case Types.DATE -> BigDecimal.valueOf(LocalDate.parse(text).toEpochDay());
                case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE ->
                    BigDecimal.valueOf(EPOCH.until(
                            LocalDateTime.parse(text.replace(' ', 'T').replaceFirst("(Z|[+-]\\d\\d(:?\\d\\d)?)$", "")),
                            ChronoUnit.MICROS));
                case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.NUMERIC, Types.DECIMAL ->
                    new BigDecimal(text);
                default ->
                    throw new JobFailure("Read '" + step
                            + "': parts by ranges are of a number, a date or a timestamp, and '"
                            + column.name() + "' is " + column.typeName() + "; use hashedBy(\"" + column.name() + "\", "
                            + source.partitions() + ")");
            };
        } catch (DateTimeException | NumberFormatException e) {
            throw new JobFailure(
                    "Read '" + step + "': '" + text + "' is no bound of '" + column.name() + "', which is "
                            + column.typeName(),
                    e);
        }
    }

    private static String text(StagingColumn column, BigDecimal position) {
        long whole = position.setScale(0, RoundingMode.FLOOR).longValue();
        return switch (column.jdbcType()) {
            case Types.DATE -> LocalDate.ofEpochDay(whole).toString();
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE ->
                TIME.format(EPOCH.plus(whole, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
            default -> position.setScale(0, RoundingMode.FLOOR).toPlainString();
        };
    }
}
