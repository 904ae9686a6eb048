package dev.mastic.warehouse.dialect;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** MySQL 8 and MariaDB 10.5, and newer; rows go in by statements of many rows, which both drivers send as they are. */
record MySql() implements Dialect {
    private static final int MOST_PARAMETERS = 16_000;
    private static final int MOST_ROWS = 1_000;
    private static final int LOCK_WAIT_TIMEOUT = 1205;

    /** Values that do not fit, under the general SQLSTATE HY000: truncated, wrong, or refused by a CHECK. */
    private static final Set<Integer> ROW_ERRORS = Set.of(1264, 1265, 1366, 1367, 1406, 1292, 1411, 3819, 4025, 4078);

    @Override
    public String quote(String identifier) {
        return "`" + identifier.replace("`", "``") + "`";
    }

    @Override
    public Map<String, String> driverProperties(int secondsToConnect) {
        return Map.of("connectTimeout", Integer.toString(secondsToConnect * 1000), "tcpKeepAlive", "true");
    }

    @Override
    public Map<String, String> enforceSsl() {
        return Map.of("sslMode", "REQUIRED");
    }

    /** Without strict mode values are cut to fit, and nobody learns of it. */
    @Override
    public List<String> sessionSettings(Duration lockWait) {
        return List.of(
                "SET SESSION innodb_lock_wait_timeout = " + lockWait.toSeconds(),
                "SET SESSION lock_wait_timeout = " + lockWait.toSeconds(),
                utcSession(),
                "SET SESSION sql_mode = CONCAT(@@sql_mode, ',STRICT_ALL_TABLES,NO_ZERO_DATE')");
    }

    @Override
    public String utcSession() {
        return "SET SESSION time_zone = '+00:00'";
    }

    @Override
    public boolean schemasAreCatalogs() {
        return true;
    }

    @Override
    public String typeOf(ColumnKind kind, int precision, int scale, Use use) {
        return switch (kind) {
            case BOOLEAN -> "boolean";
            case SMALLINT -> "smallint";
            case INTEGER -> "int";
            case BIGINT -> "bigint";
            case DECIMAL -> "decimal(" + precision + "," + scale + ")";
            case FLOAT -> "float";
            case DOUBLE -> "double";
            case TEXT -> use == Use.KEY ? "varchar(255)" : "longtext";
            case DATE -> "date";
            case TIMESTAMP, LOCAL_TIMESTAMP -> "datetime(6)";
            case BINARY -> use == Use.KEY ? "varbinary(255)" : "longblob";
            case JSON -> "json";
        };
    }

    @Override
    public List<String> createStaging(LoadNames names, List<String> unloaded) {
        return List.of("CREATE TABLE " + names.staging() + " (" + LoadNames.ROW
                + " bigint NOT NULL PRIMARY KEY) ENGINE=InnoDB AS SELECT 0 AS " + LoadNames.ROW + ", " + names.list("")
                + " FROM " + names.target() + " WHERE 1 = 0");
    }

    @Override
    public RowWriter writer(Connection connection, String staging, List<StagingColumn> columns) {
        String names = columns.stream().map(column -> quote(column.name())).collect(Collectors.joining(", "));
        String insert = "INSERT INTO " + staging + " (" + LoadNames.ROW + ", " + names + ") VALUES ";
        String one = "(" + "?,".repeat(columns.size()) + "?)";
        int most = Math.max(1, Math.min(MOST_ROWS, MOST_PARAMETERS / (columns.size() + 1)));
        return rows -> {
            for (int from = 0; from < rows.size(); from += most) {
                List<StagedRow> some = rows.subList(from, Math.min(rows.size(), from + most));
                List<String> places = new ArrayList<>();
                some.forEach(row -> places.add(one));
                try (PreparedStatement statement = connection.prepareStatement(insert + String.join(",", places))) {
                    int place = 1;
                    for (StagedRow row : some) {
                        statement.setLong(place++, row.number());
                        for (int i = 0; i < columns.size(); i++) {
                            @Nullable Object value = row.values()[i];
                            Parameters.set(
                                    statement, place++, value, columns.get(i).jdbcType());
                        }
                    }
                    statement.executeUpdate();
                }
            }
        };
    }

    /** InnoDB locks the rows and gaps that the statements read. */
    @Override
    public List<String> lock(String target) {
        return List.of();
    }

    @Override
    public String update(LoadNames names, String range) {
        String set = names.others().stream()
                .map(column -> "t." + column + " = s." + column)
                .collect(Collectors.joining(", "));
        return "UPDATE " + names.target() + " t JOIN " + names.staging() + " s ON " + names.sameKeys("t", "s") + " SET "
                + set + " WHERE " + range;
    }

    @Override
    public String literal(StagingColumn column, String text) {
        if (Literals.isNumber(column.jdbcType())) {
            return Literals.number(text);
        }
        String quoted = "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
        return switch (column.jdbcType()) {
            case Types.DATE -> "CAST(" + quoted + " AS DATE)";
            case Types.TIMESTAMP -> "CAST(" + quoted + " AS DATETIME(6))";
            default -> quoted;
        };
    }

    @Override
    public String firstRow() {
        return " LIMIT 1";
    }

    @Override
    public String clock(int secondsAgo) {
        return "(UTC_TIMESTAMP(6) - INTERVAL " + secondsAgo + " SECOND)";
    }

    @Override
    public String bucket(String column, int buckets) {
        return "MOD(CRC32(" + column + "), " + buckets + ")";
    }

    /** Spark quotes names for MySQL alone, and takes MariaDB's addresses for those of an unknown database. */
    @Override
    public String sparkUrl(String url) {
        if (!url.regionMatches(true, 0, "jdbc:mariadb:", 0, "jdbc:mariadb:".length())) {
            return url;
        }
        return "jdbc:mysql:" + url.substring("jdbc:mariadb:".length()) + (url.indexOf('?') < 0 ? "?" : "&")
                + "permitMysqlScheme";
    }

    @Override
    public boolean refusesRow(SQLException failure) {
        return !isLockTimeout(failure)
                && (Dialect.super.refusesRow(failure) || ROW_ERRORS.contains(failure.getErrorCode()));
    }

    @Override
    public boolean isLockTimeout(SQLException failure) {
        return failure.getErrorCode() == LOCK_WAIT_TIMEOUT;
    }
}
