package dev.mastic.catalog.partition;

import dev.mastic.catalog.partition.filter.SortKeys;
import dev.mastic.catalog.table.PartitionKeysChange;
import dev.mastic.catalog.table.TableEntity;
import dev.mastic.wire.GlueJson;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.hibernate.Session;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Table;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes the sort keys of partitions that are there: of all when the schema got them, of one table when its keys change. */
public final class StoredSortKeys implements PartitionKeysChange, JavaMigration {
    private static final int PARTITIONS_AT_ONCE = 2000;

    @Override
    public void changed(Session session, TableEntity table, List<Column> before, List<Column> after) {
        SortKeys keys = SortKeys.of(after);
        if (!keys.equals(SortKeys.of(before))) {
            session.doWork(connection -> write(connection, table.id(), keys));
        }
    }

    @Override
    public void migrate(Context context) throws SQLException {
        Connection connection = context.getConnection();
        try (PreparedStatement select =
                        connection.prepareStatement("select t.id, t.definition from catalog.table_entry t where exists"
                                + " (select 1 from catalog.partition p where p.table_id = t.id)");
                ResultSet tables = select.executeQuery()) {
            while (tables.next()) {
                Table table = GlueJson.read(tables.getString(2), Table.class);
                write(connection, tables.getLong(1), SortKeys.of(table.partitionKeys()));
            }
        }
    }

    private static void write(Connection connection, long table, SortKeys keys) throws SQLException {
        List<String[]> page = page(connection, table, new String[0]);
        while (!page.isEmpty()) {
            try (PreparedStatement update = connection.prepareStatement(
                    "update catalog.partition set keys = ? where table_id = ? and values = ?")) {
                for (String[] values : page) {
                    update.setArray(
                            1,
                            connection.createArrayOf(
                                    "text", keys.encode(Arrays.asList(values)).toArray()));
                    update.setLong(2, table);
                    update.setArray(3, connection.createArrayOf("text", values));
                    update.addBatch();
                }
                update.executeBatch();
            }
            page = page(connection, table, page.get(page.size() - 1));
        }
    }

    private static List<String[]> page(Connection connection, long table, String[] after) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select values from catalog.partition where table_id = ? and values > ?"
                        + " order by values limit " + PARTITIONS_AT_ONCE)) {
            select.setLong(1, table);
            select.setArray(2, connection.createArrayOf("text", after));
            List<String[]> page = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    page.add((String[]) rows.getArray(1).getArray());
                }
            }
            return page;
        }
    }

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("4");
    }

    @Override
    public String getDescription() {
        return "write partition sort keys";
    }

    @Override
    public Integer getChecksum() {
        return 1;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }
}
