package dev.mastic.warehouse.dialect;

import org.postgresql.PGConnection;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** PostgreSQL 12 and newer; rows go in by COPY. */
record PostgreSql() implements Dialect {
    @Override
    public String quote(String identifier) {
        return "\"" + identifier.replace("\"", "\"\"") + "\"";
    }

    @Override
    public Map<String, String> driverProperties(int secondsToConnect) {
        String seconds = Integer.toString(secondsToConnect);
        return Map.of(
                "connectTimeout",
                seconds,
                "loginTimeout",
                seconds,
                "tcpKeepAlive",
                "true",
                "ApplicationName",
                "mastic");
    }

    @Override
    public Map<String, String> enforceSsl() {
        return Map.of("sslmode", "require");
    }

    @Override
    public List<String> sessionSettings(Duration lockWait) {
        return List.of("SET lock_timeout = " + lockWait.toMillis(), utcSession(), "SET DateStyle = 'ISO'");
    }

    @Override
    public String utcSession() {
        return "SET TIME ZONE 'UTC'";
    }

    @Override
    public boolean schemasAreCatalogs() {
        return false;
    }

    @Override
    public String typeOf(ColumnKind kind, int precision, int scale, Use use) {
        return switch (kind) {
            case BOOLEAN -> "boolean";
            case SMALLINT -> "smallint";
            case INTEGER -> "integer";
            case BIGINT -> "bigint";
            case DECIMAL -> "numeric(" + precision + "," + scale + ")";
            case FLOAT -> "real";
            case DOUBLE -> "double precision";
            case TEXT -> "text";
            case DATE -> "date";
            case TIMESTAMP -> "timestamptz";
            case LOCAL_TIMESTAMP -> "timestamp";
            case BINARY -> "bytea";
            case JSON -> "jsonb";
        };
    }

    /** Checks and NOT NULL come along, so that COPY refuses what the target would. */
    @Override
    public List<String> createStaging(LoadNames names, List<String> unloaded) {
        List<String> statements = new ArrayList<>();
        statements.add("CREATE TABLE " + names.staging() + " (LIKE " + names.target() + " INCLUDING CONSTRAINTS)");
        unloaded.forEach(
                column -> statements.add("ALTER TABLE " + names.staging() + " DROP COLUMN " + column + " CASCADE"));
        statements.add("ALTER TABLE " + names.staging() + " ADD COLUMN " + LoadNames.ROW + " bigint");
        return statements;
    }

    @Override
    public RowWriter writer(Connection connection, String staging, List<StagingColumn> columns) {
        String names = columns.stream().map(column -> quote(column.name())).collect(Collectors.joining(", "));
        String copy = "COPY " + staging + " (" + LoadNames.ROW + ", " + names + ") FROM STDIN";
        return rows -> {
            byte[] text = CopyText.of(rows).getBytes(StandardCharsets.UTF_8);
            try {
                connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copy, new ByteArrayInputStream(text));
            } catch (IOException e) {
                throw new SQLException("The connection broke while rows were copied: " + e.getMessage(), "08006", e);
            }
        };
    }

    @Override
    public List<String> lock(String target) {
        return List.of("LOCK TABLE " + target + " IN SHARE ROW EXCLUSIVE MODE");
    }

    @Override
    public String update(LoadNames names, String range) {
        String set =
                names.others().stream().map(column -> column + " = s." + column).collect(Collectors.joining(", "));
        return "UPDATE " + names.target() + " AS t SET " + set + " FROM " + names.staging() + " s WHERE "
                + names.sameKeys("t", "s") + " AND " + range;
    }

    @Override
    public String literal(StagingColumn column, String text) {
        if (Literals.isNumber(column.jdbcType())) {
            return Literals.number(text);
        }
        return "CAST('" + text.replace("'", "''") + "' AS " + column.typeName() + ")";
    }

    @Override
    public String clock(int secondsAgo) {
        return "(CURRENT_TIMESTAMP - INTERVAL '" + secondsAgo + " seconds')";
    }

    @Override
    public String bucket(String column, int buckets) {
        return "MOD(hashtext(CAST(" + column + " AS text)) & 2147483647, " + buckets + ")";
    }

    /** Triggers raise errors of class P0. */
    @Override
    public boolean refusesRow(SQLException failure) {
        return Dialect.super.refusesRow(failure) || "P0001".equals(failure.getSQLState());
    }

    @Override
    public boolean isLockTimeout(SQLException failure) {
        return "55P03".equals(failure.getSQLState());
    }
}
