package dev.mastic.crawler.jdbc;

import dev.mastic.crawler.partition.Stats;

import java.util.List;

/**
 * A table as its database describes it.
 *
 * @param schema empty in engines without schemas
 * @param kind the driver's word: {@code TABLE}, {@code VIEW}
 * @param comment empty when it has none
 * @param primaryKey column names in the order of the key
 * @param estimate rows and bytes as the database's statistics have them; none when it keeps none
 */
record NativeTable(
        String schema,
        String name,
        String kind,
        String comment,
        List<NativeColumn> columns,
        List<String> primaryKey,
        List<ForeignKey> foreignKeys,
        Stats estimate) {

    NativeTable {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
        foreignKeys = List.copyOf(foreignKeys);
    }

    /** Whether rows come from a query. */
    boolean isView() {
        return kind.contains("VIEW");
    }

    /** Another table that columns refer to. */
    record ForeignKey(List<String> columns, String table, List<String> referencedColumns) {
        ForeignKey {
            columns = List.copyOf(columns);
            referencedColumns = List.copyOf(referencedColumns);
        }
    }
}
