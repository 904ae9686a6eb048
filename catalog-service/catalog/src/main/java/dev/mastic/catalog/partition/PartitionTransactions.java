package dev.mastic.catalog.partition;

import dev.mastic.catalog.store.CatalogId;
import dev.mastic.catalog.store.Names;
import dev.mastic.catalog.store.Transactions;
import dev.mastic.catalog.table.TableEntity;
import dev.mastic.catalog.table.TableStore;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;

import java.util.function.BiFunction;

/** Transactions on the partitions of one table. Thread-safe. */
record PartitionTransactions(Transactions transactions, CatalogId catalogId) {
    /**
     * Runs work on the partitions of the table that a request names.
     *
     * @throws EntityNotFoundException when there is no such catalog, database or table
     */
    <T> T run(
            @Nullable String catalog,
            @Nullable String databaseName,
            @Nullable String tableName,
            BiFunction<PartitionStore, PartitionedTable, T> work) {
        catalogId.check(catalog);
        String database = Names.fold(databaseName, "Database");
        String table = Names.fold(tableName, "Table");
        return transactions.run(session -> {
            TableEntity entity = new TableStore(session).load(database, table);
            return work.apply(new PartitionStore(session), PartitionedTable.of(database, table, entity));
        });
    }
}
