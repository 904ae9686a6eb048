package dev.mastic.catalog.partition;

import dev.mastic.catalog.store.CatalogId;
import dev.mastic.catalog.store.Names;
import dev.mastic.catalog.store.Transactions;
import dev.mastic.catalog.table.RowLock;
import dev.mastic.catalog.table.TableEntity;
import dev.mastic.catalog.table.TableStore;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;

import java.util.function.BiFunction;

/** Transactions on the partitions of one table. Thread-safe. */
record PartitionTransactions(Transactions transactions, CatalogId catalogId) {
    /**
     * Runs work that reads, drops or keeps the values of partitions of the table that a request names.
     *
     * @throws EntityNotFoundException when there is no such catalog, database or table
     */
    <T> T run(
            @Nullable String catalog,
            @Nullable String databaseName,
            @Nullable String tableName,
            BiFunction<PartitionStore, PartitionedTable, T> work) {
        return run(catalog, databaseName, tableName, TableStore::load, work);
    }

    /**
     * Runs work that stores values, which depend on the types of the table's keys: those stay as they are meanwhile,
     * and no partition index is made that would not have seen the values.
     *
     * @throws EntityNotFoundException when there is no such catalog, database or table
     */
    <T> T change(
            @Nullable String catalog,
            @Nullable String databaseName,
            @Nullable String tableName,
            BiFunction<PartitionStore, PartitionedTable, T> work) {
        return run(catalog, databaseName, tableName, PartitionTransactions::loadWithFixedKeys, work);
    }

    private static TableEntity loadWithFixedKeys(TableStore tables, String database, String name) {
        return tables.load(database, name, RowLock.KEY_SHARE);
    }

    private <T> T run(
            @Nullable String catalog,
            @Nullable String databaseName,
            @Nullable String tableName,
            Load load,
            BiFunction<PartitionStore, PartitionedTable, T> work) {
        catalogId.check(catalog);
        String database = Names.fold(databaseName, "Database");
        String table = Names.fold(tableName, "Table");
        return transactions.run(session -> {
            TableEntity entity = load.load(new TableStore(session), database, table);
            return work.apply(new PartitionStore(session), PartitionedTable.of(database, table, entity));
        });
    }

    private interface Load {
        TableEntity load(TableStore tables, String database, String name);
    }
}
