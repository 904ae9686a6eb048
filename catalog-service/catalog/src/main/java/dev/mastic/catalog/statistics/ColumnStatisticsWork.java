package dev.mastic.catalog.statistics;

import dev.mastic.catalog.partition.PartitionedTable;
import dev.mastic.catalog.statistics.Owner.OfPartition;
import dev.mastic.catalog.statistics.Owner.OfTable;
import dev.mastic.catalog.store.CatalogId;
import dev.mastic.catalog.store.Errors;
import dev.mastic.catalog.store.Names;
import dev.mastic.catalog.store.Texts;
import dev.mastic.catalog.store.Transactions;
import dev.mastic.catalog.table.RowLock;
import dev.mastic.catalog.table.TableEntity;
import dev.mastic.catalog.table.TableStore;
import dev.mastic.wire.GlueJson;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.ColumnError;
import software.amazon.awssdk.services.glue.model.ColumnStatistics;
import software.amazon.awssdk.services.glue.model.ColumnStatisticsError;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.Table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the operations on statistics of tables and of partitions have in common. Thread-safe. */
record ColumnStatisticsWork(Transactions transactions, CatalogId catalogId) {
    private static final int MOST_READ = 100;
    private static final int MOST_WRITTEN = 25;

    /**
     * What a request is about.
     *
     * @param partition values of the partition; null for the table
     */
    record Target(
            @Nullable String catalog,
            @Nullable String database,
            @Nullable String table,
            @Nullable List<String> partition) {}

    /** What was found, and why the rest was not. */
    record Found(List<ColumnStatistics> statistics, List<ColumnError> errors) {}

    Found get(Target target, List<String> columns) {
        limit("ColumnNames", columns.size(), MOST_READ);
        return run(target, null, work -> {
            Map<String, String> asked = new LinkedHashMap<>();
            columns.forEach(column -> asked.put(fold(column), column));
            Map<String, String> definitions = work.store().find(work.owner(), asked.keySet());
            List<ColumnStatistics> found = new ArrayList<>();
            List<ColumnError> errors = new ArrayList<>();
            asked.forEach((folded, name) -> {
                String definition = work.has(folded) ? definitions.get(folded) : null;
                if (definition == null) {
                    EntityNotFoundException e = work.has(folded) ? work.noStatistics(name) : work.noColumn(name);
                    errors.add(ColumnError.builder()
                            .columnName(name)
                            .error(Errors.detail(e))
                            .build());
                } else {
                    found.add(GlueJson.read(definition, ColumnStatistics.class));
                }
            });
            return new Found(found, errors);
        });
    }

    List<ColumnStatisticsError> update(Target target, List<ColumnStatistics> statistics) {
        limit("ColumnStatisticsList", statistics.size(), MOST_WRITTEN);
        SortedMap<String, ColumnStatistics> wanted = new TreeMap<>();
        for (ColumnStatistics column : statistics) {
            ColumnFigures.check(column);
            // Of two for the same column the last one wins, as if they came one by one.
            wanted.put(fold(column.columnName()), ColumnFigures.withAverageLength(column));
        }
        // No update of the table can drop a column between the look at its columns and the write.
        return run(target, RowLock.SHARE, work -> {
            List<ColumnStatisticsError> errors = new ArrayList<>();
            SortedMap<String, String> definitions = new TreeMap<>();
            wanted.forEach((folded, column) -> {
                if (work.has(folded)) {
                    definitions.put(folded, Texts.definition(column, "The statistics of column " + folded));
                } else {
                    errors.add(ColumnStatisticsError.builder()
                            .columnStatistics(column)
                            .error(Errors.detail(work.noColumn(column.columnName())))
                            .build());
                }
            });
            work.store().replace(work.owner(), work.version(), definitions);
            return errors;
        });
    }

    void delete(Target target, @Nullable String column) {
        if (column == null) {
            throw Errors.invalid("ColumnName is missing");
        }
        String folded = fold(column);
        run(target, RowLock.SHARE, work -> {
            // Trino deletes those of every column of a new table, and takes an error for a table that is gone.
            if (!work.store().delete(work.owner(), folded) && !work.has(folded)) {
                throw work.noColumn(column);
            }
            return Boolean.TRUE;
        });
    }

    private interface Step<T> {
        T run(Work work);
    }

    private <T> T run(Target target, @Nullable RowLock lock, Step<T> step) {
        catalogId.check(target.catalog());
        String database = Names.fold(target.database(), "Database");
        String name = Names.fold(target.table(), "Table");
        return transactions.run(session -> {
            TableStore tables = new TableStore(session);
            TableEntity entity = lock == null ? tables.load(database, name) : tables.load(database, name, lock);
            return step.run(work(session, database, name, entity, target, lock != null));
        });
    }

    private static Work work(
            Session session, String database, String name, TableEntity entity, Target target, boolean writes) {
        StatisticsStore store = new StatisticsStore(session);
        Table table = TableStore.read(entity);
        String shown = "table " + database + "." + name;
        if (target.partition() == null) {
            return new Work(store, new OfTable(entity.id()), entity.version(), columns(table), shown);
        }
        PartitionedTable partitioned = PartitionedTable.of(database, name, entity);
        List<String> values = partitioned.values(target.partition());
        OfPartition owner = new OfPartition(entity.id(), values);
        if (!(writes ? store.hold(owner) : store.exists(owner))) {
            throw partitioned.missing(values);
        }
        return new Work(store, owner, entity.version(), columns(table), "partition " + values + " of " + shown);
    }

    /** Folded names; null where only a schema registry knows the columns. */
    private static @Nullable Set<String> columns(Table table) {
        boolean elsewhere = table.storageDescriptor() != null
                && table.storageDescriptor().schemaReference() != null
                && table.storageDescriptor().columns().isEmpty();
        return elsewhere
                ? null
                : TableStore.columns(table).stream()
                        .map(column -> fold(String.valueOf(column.name())))
                        .collect(Collectors.toSet());
    }

    /** One table or partition in a transaction. */
    private record Work(
            StatisticsStore store,
            Owner owner,
            long version,
            @Nullable Set<String> columns,
            String shown) {
        boolean has(String column) {
            return columns == null || columns.contains(column);
        }

        EntityNotFoundException noColumn(String column) {
            return Errors.missing("Column " + column + " of " + shown);
        }

        EntityNotFoundException noStatistics(String column) {
            return Errors.missing("Statistics of column " + column + " of " + shown);
        }
    }

    private static String fold(String column) {
        Texts.requireStorable(column, "A column name");
        return column.toLowerCase(Locale.ROOT);
    }

    private static void limit(String member, int size, int most) {
        if (size > most) {
            throw Errors.invalid(member + " has " + size + " elements; at most " + most + " are taken");
        }
    }
}
