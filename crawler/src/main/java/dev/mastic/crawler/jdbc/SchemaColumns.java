package dev.mastic.crawler.jdbc;

import dev.mastic.crawler.jdbc.DatabaseReader.Question;
import org.jspecify.annotations.Nullable;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Reads the columns of all tables of a schema at once. */
final class SchemaColumns {
    private SchemaColumns() {}

    /**
     * A type as the database itself writes it.
     *
     * @param resolved with domains replaced by what they are made of
     */
    record RawType(String declared, String resolved) {}

    /** Types by {@code table}, a zero character and {@code column}; empty when the engine has no query for them. */
    static Map<String, RawType> rawTypes(Question question, @Nullable String sql) throws SQLException {
        Map<String, RawType> types = new HashMap<>();
        if (sql != null) {
            question.ask(
                    sql,
                    row -> types.put(
                            key(row.getString(1), row.getString(2)), new RawType(row.getString(3), row.getString(4))));
        }
        return types;
    }

    /** @param columns gets the table and each of its columns, in their order */
    static void read(
            DatabaseMetaData metaData,
            @Nullable String catalog,
            @Nullable String schemaPattern,
            String tablePattern,
            Map<String, RawType> raw,
            BiConsumer<String, NativeColumn> columns)
            throws SQLException {
        try (ResultSet rows = metaData.getColumns(catalog, schemaPattern, tablePattern, "%")) {
            while (rows.next()) {
                String table = rows.getString("TABLE_NAME");
                String name = rows.getString("COLUMN_NAME");
                int jdbcType = rows.getInt("DATA_TYPE");
                String typeName = rows.getString("TYPE_NAME");
                int size = rows.getInt("COLUMN_SIZE");
                int scale = rows.getInt("DECIMAL_DIGITS");
                boolean nullable = rows.getInt("NULLABLE") != DatabaseMetaData.columnNoNulls;
                String comment = rows.getString("REMARKS");
                String declared = declared(typeName == null ? "" : typeName, jdbcType, size, scale);
                RawType type = raw.getOrDefault(key(table, name), new RawType(declared, declared));
                columns.accept(
                        table,
                        new NativeColumn(
                                name,
                                type.declared(),
                                type.resolved(),
                                jdbcType,
                                size,
                                scale,
                                nullable,
                                comment == null ? "" : comment));
            }
        }
    }

    /** Drivers give a type's name and its numbers apart. */
    static String declared(String typeName, int jdbcType, int size, int scale) {
        if (typeName.contains("()")) {
            return typeName.replace("()", "(" + size + ")").replace(" (", "(");
        } else if (typeName.indexOf('(') >= 0 || typeName.endsWith(" ARRAY") || size <= 0) {
            return typeName;
        }
        return switch (jdbcType) {
            case Types.DECIMAL, Types.NUMERIC -> typeName + "(" + size + "," + scale + ")";
            case Types.CHAR, Types.VARCHAR, Types.NCHAR, Types.NVARCHAR, Types.BINARY, Types.VARBINARY, Types.BIT ->
                typeName + "(" + size + ")";
            default -> typeName;
        };
    }

    private static String key(String table, String column) {
        return table + '\0' + column;
    }
}
