package dev.mastic.warehouse.dialect;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Any other database, by statements of SQL-92 and batches of JDBC.
 *
 * @param derby Derby has words of its own in few places
 * @param h2 H2 is told how long to wait
 */
record StandardSql(boolean derby, boolean h2) implements Dialect {
    private static final int BATCH = 1_000;

    @Override
    public String quote(String identifier) {
        return "\"" + identifier.replace("\"", "\"\"") + "\"";
    }

    /** H2 never makes a database that is not there. */
    @Override
    public Map<String, String> driverProperties(int secondsToConnect) {
        return h2 ? Map.of("IFEXISTS", "TRUE") : Map.of();
    }

    @Override
    public Map<String, String> enforceSsl() {
        return Map.of();
    }

    @Override
    public List<String> sessionSettings(Duration lockWait) {
        if (h2) {
            return List.of("SET LOCK_TIMEOUT " + lockWait.toMillis(), utcSession());
        }
        return List.of();
    }

    @Override
    public String utcSession() {
        return h2 ? "SET TIME ZONE 'UTC'" : "";
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
            case DECIMAL -> "decimal(" + (derby ? Math.min(precision, 31) : precision) + "," + scale + ")";
            case FLOAT -> "real";
            case DOUBLE -> "double precision";
            case TEXT, JSON -> use == Use.KEY ? "varchar(255)" : "varchar(32672)";
            case DATE -> "date";
            case TIMESTAMP, LOCAL_TIMESTAMP -> "timestamp";
            case BINARY -> derby ? "varchar(32672) for bit data" : "varbinary(32672)";
        };
    }

    @Override
    public List<String> createStaging(LoadNames names, List<String> unloaded) {
        String select = "CREATE TABLE " + names.staging() + " AS SELECT " + names.list("") + " FROM " + names.target();
        return List.of(
                select + (derby ? " WITH NO DATA" : " WHERE 1 = 0"),
                "ALTER TABLE " + names.staging() + " ADD COLUMN " + LoadNames.ROW + " BIGINT");
    }

    @Override
    public RowWriter writer(Connection connection, String staging, List<StagingColumn> columns) {
        String names = columns.stream().map(column -> quote(column.name())).collect(Collectors.joining(", "));
        String insert = "INSERT INTO " + staging + " (" + LoadNames.ROW + ", " + names + ") VALUES ("
                + "?,".repeat(columns.size()) + "?)";
        return rows -> {
            try (PreparedStatement statement = connection.prepareStatement(insert)) {
                int waiting = 0;
                for (StagedRow row : rows) {
                    bind(statement, row, columns);
                    statement.addBatch();
                    if (++waiting == BATCH) {
                        statement.executeBatch();
                        waiting = 0;
                    }
                }
                statement.executeBatch();
            } catch (BatchUpdateException e) {
                // The batch's own state says that a batch failed; the row's is behind it.
                throw e.getNextException() == null ? e : e.getNextException();
            }
        };
    }

    private void bind(PreparedStatement statement, StagedRow row, List<StagingColumn> columns) throws SQLException {
        statement.setLong(1, row.number());
        for (int i = 0; i < columns.size(); i++) {
            if (derby) {
                Parameters.setOld(
                        statement, i + 2, row.values()[i], columns.get(i).jdbcType());
            } else {
                Parameters.set(statement, i + 2, row.values()[i], columns.get(i).jdbcType());
            }
        }
    }

    @Override
    public List<String> lock(String target) {
        return derby ? List.of("LOCK TABLE " + target + " IN EXCLUSIVE MODE") : List.of();
    }

    @Override
    public String update(LoadNames names, String range) {
        String same = names.sameKeys("s", names.target()) + " AND " + range;
        String set = names.others().stream()
                .map(column ->
                        column + " = (SELECT s." + column + " FROM " + names.staging() + " s WHERE " + same + ")")
                .collect(Collectors.joining(", "));
        return "UPDATE " + names.target() + " SET " + set + " WHERE EXISTS (SELECT 1 FROM " + names.staging()
                + " s WHERE " + same + ")";
    }

    @Override
    public String literal(StagingColumn column, String text) {
        if (Literals.isNumber(column.jdbcType())) {
            return Literals.number(text);
        }
        String quoted = "'" + text.replace("'", "''") + "'";
        return switch (column.jdbcType()) {
            case Types.DATE -> derby ? "DATE(" + quoted + ")" : "DATE " + quoted;
            case Types.TIMESTAMP -> derby ? "TIMESTAMP(" + quoted + ")" : "TIMESTAMP " + quoted;
            case Types.TIMESTAMP_WITH_TIMEZONE -> "TIMESTAMP WITH TIME ZONE " + quoted;
            default -> quoted;
        };
    }

    @Override
    public String clock(int secondsAgo) {
        return derby
                ? "{fn TIMESTAMPADD(SQL_TSI_SECOND, -" + secondsAgo + ", CURRENT_TIMESTAMP)}"
                : "(LOCALTIMESTAMP - INTERVAL '" + secondsAgo + "' SECOND(9))";
    }

    @Override
    public String bucket(String column, int buckets) {
        return h2 ? "MOD(ORA_HASH(" + column + "), " + buckets + ")" : "";
    }

    /** H2 50200, Derby 40XL1 and 40XL2, Oracle ORA-00054 and ORA-30006, SQL Server 1222. */
    @Override
    public boolean isLockTimeout(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        int code = failure.getErrorCode();
        return state.startsWith("40XL") || code == 50200 || code == 54 || code == 30006 || code == 1222;
    }
}
