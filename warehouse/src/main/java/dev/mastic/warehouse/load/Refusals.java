package dev.mastic.warehouse.load;

import dev.mastic.warehouse.dialect.Dialect;
import dev.mastic.warehouse.dialect.LoadNames;
import dev.mastic.warehouse.table.TablePath;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** Refused rows in the tables of a load. */
final class Refusals {
    private Refusals() {}

    /** Notes refused rows beside the staged ones. */
    static void insert(Connection session, Dialect dialect, TablePath refusals, List<Refusal> refused)
            throws SQLException {
        String sql = "INSERT INTO " + refusals.quoted(dialect) + " (" + LoadNames.ROW
                + ", reason, row_content) VALUES (?, ?, ?)";
        try (PreparedStatement insert = session.prepareStatement(sql)) {
            for (Refusal refusal : refused) {
                insert.setLong(1, refusal.row());
                insert.setString(2, RowText.shortened(refusal.reason()));
                insert.setString(3, refusal.content());
                insert.executeUpdate();
            }
        }
    }

    /** Takes a staged row out, and notes it as refused. */
    static Refusal move(
            Connection session, Dialect dialect, TablePath staging, List<String> columns, long row, String reason)
            throws SQLException {
        Refusal refusal = new Refusal(row, reason, content(session, dialect, staging, columns, row));
        insert(session, dialect, LoadTables.refusals(staging), List.of(refusal));
        String sql = "DELETE FROM " + staging.quoted(dialect) + " WHERE " + LoadNames.ROW + " = ?";
        try (PreparedStatement delete = session.prepareStatement(sql)) {
            delete.setLong(1, row);
            delete.executeUpdate();
        }
        return refusal;
    }

    static String content(Connection session, Dialect dialect, TablePath staging, List<String> columns, long row)
            throws SQLException {
        String list = columns.stream().map(dialect::quote).collect(Collectors.joining(", "));
        String sql = "SELECT " + list + " FROM " + staging.quoted(dialect) + " WHERE " + LoadNames.ROW + " = ?";
        try (PreparedStatement select = session.prepareStatement(sql)) {
            select.setLong(1, row);
            try (ResultSet found = select.executeQuery()) {
                if (!found.next()) {
                    throw new SQLException("Row " + row + " of " + staging + " is gone");
                }
                Object[] values = new Object[columns.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = found.getString(i + 1);
                }
                return RowText.of(columns, values);
            }
        }
    }
}
