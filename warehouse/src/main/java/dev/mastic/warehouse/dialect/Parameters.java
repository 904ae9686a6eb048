package dev.mastic.warehouse.dialect;

import org.jspecify.annotations.Nullable;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Values of rows as parameters of JDBC statements. */
final class Parameters {
    private Parameters() {}

    /** @param jdbcType of the column, from {@link Types} */
    static void set(PreparedStatement statement, int place, @Nullable Object value, int jdbcType) throws SQLException {
        if (value == null) {
            statement.setNull(place, jdbcType);
        } else if (value instanceof Instant instant) {
            if (jdbcType == Types.TIMESTAMP_WITH_TIMEZONE) {
                statement.setObject(place, instant.atOffset(ZoneOffset.UTC));
            } else {
                statement.setObject(place, LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
            }
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(place, bytes);
        } else {
            statement.setObject(place, value);
        }
    }

    /** For drivers that do not know the types of java.time. */
    static void setOld(PreparedStatement statement, int place, @Nullable Object value, int jdbcType)
            throws SQLException {
        if (value instanceof Instant instant) {
            statement.setTimestamp(place, Timestamp.valueOf(LocalDateTime.ofInstant(instant, ZoneOffset.UTC)));
        } else if (value instanceof LocalDateTime time) {
            statement.setTimestamp(place, Timestamp.valueOf(time));
        } else if (value instanceof LocalDate date) {
            statement.setDate(place, java.sql.Date.valueOf(date));
        } else {
            set(statement, place, value, jdbcType);
        }
    }
}
