package dev.mastic.warehouse.table;

import dev.mastic.warehouse.dialect.ColumnKind;

import java.sql.Types;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether rows fit a table, told before the first of them moves. */
public final class ColumnFit {
    private ColumnFit() {}

    /**
     * What speaks against writing columns into a table; each problem names the column and the fix.
     */
    public static List<String> problems(List<FrameColumn> frame, WarehouseTable table) {
        List<String> problems = new ArrayList<>();
        Set<String> given = new HashSet<>();
        for (FrameColumn column : frame) {
            Optional<TargetColumn> target = table.column(column.name());
            if (target.isEmpty()) {
                problems.add("there is no column '" + column.name() + "' in table " + table.path() + ", which has "
                        + table.columns().stream().map(TargetColumn::name).collect(Collectors.joining(", "))
                        + ": rename or drop it");
                continue;
            }
            if (!given.add(target.get().name())) {
                problems.add("two columns go to column '" + target.get().name() + "' of table " + table.path());
            }
            if (!fits(column.kind(), target.get())) {
                problems.add("column '" + column.name() + "' is " + words(column.kind()) + ", and "
                        + target.get().typeName() + " in table " + table.path() + ": cast it to "
                        + castOf(target.get()));
            }
        }
        for (TargetColumn column : table.columns()) {
            if (!column.nullable() && !column.filled() && !given.contains(column.name())) {
                problems.add("column '" + column.name() + "' of table " + table.path()
                        + " takes no nulls and has no default, and the rows lack it: derive it");
            }
        }
        return problems;
    }

    /** The key columns that rows lack, in words. */
    public static List<String> missingKeys(List<FrameColumn> frame, List<String> keys) {
        return keys.stream()
                .filter(key -> frame.stream().noneMatch(column -> column.name().equalsIgnoreCase(key)))
                .map(key -> "the rows have no key column '" + key + "'")
                .toList();
    }

    private static boolean fits(ColumnKind kind, TargetColumn target) {
        int type = target.jdbcType();
        boolean text = isText(type);
        return switch (kind) {
            case BOOLEAN -> type == Types.BOOLEAN || type == Types.BIT || type == Types.TINYINT;
            case SMALLINT, INTEGER, BIGINT -> isInteger(type) || isExact(type) || isFloat(type);
            case DECIMAL -> isExact(type) || isFloat(type);
            case FLOAT, DOUBLE -> isFloat(type);
            case TEXT -> text || type == Types.OTHER || type == Types.SQLXML;
            case JSON -> text || type == Types.OTHER;
            case DATE -> type == Types.DATE || isTimestamp(type);
            case TIMESTAMP, LOCAL_TIMESTAMP -> isTimestamp(type);
            case BINARY ->
                type == Types.BINARY || type == Types.VARBINARY || type == Types.LONGVARBINARY || type == Types.BLOB;
        };
    }

    private static boolean isText(int type) {
        return switch (type) {
            case Types.CHAR,
                    Types.VARCHAR,
                    Types.LONGVARCHAR,
                    Types.NCHAR,
                    Types.NVARCHAR,
                    Types.LONGNVARCHAR,
                    Types.CLOB,
                    Types.NCLOB -> true;
            default -> false;
        };
    }

    private static boolean isInteger(int type) {
        return type == Types.TINYINT || type == Types.SMALLINT || type == Types.INTEGER || type == Types.BIGINT;
    }

    private static boolean isExact(int type) {
        return type == Types.NUMERIC || type == Types.DECIMAL;
    }

    private static boolean isFloat(int type) {
        return type == Types.REAL || type == Types.FLOAT || type == Types.DOUBLE;
    }

    private static boolean isTimestamp(int type) {
        return type == Types.TIMESTAMP || type == Types.TIMESTAMP_WITH_TIMEZONE;
    }

    private static String words(ColumnKind kind) {
        return kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }

    /** Spark's word for what fits a column. */
    private static String castOf(TargetColumn column) {
        int type = column.jdbcType();
        if (isInteger(type)) {
            return "bigint";
        }
        if (isExact(type)) {
            return "decimal(38,10) or what the column has";
        }
        if (isFloat(type)) {
            return "double";
        }
        if (type == Types.DATE) {
            return "date";
        }
        if (isTimestamp(type)) {
            return "timestamp";
        }
        return type == Types.BOOLEAN || type == Types.BIT ? "boolean" : "string";
    }
}
