package dev.mastic.catalog.statistics;

import dev.mastic.catalog.statistics.Owner.OfPartition;
import dev.mastic.catalog.statistics.Owner.OfTable;
import org.hibernate.Session;
import org.hibernate.query.CommonQueryContract;
import org.hibernate.query.MutationQuery;
import org.hibernate.query.NativeQuery;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;

/**
 * Column statistics in PostgreSQL, in the transaction of the given session. Columns are named by their folded names. What
 * a partition keeps of a column is void once an update of the table has dropped the column.
 */
final class StatisticsStore {
    private static final String OF_PARTITION = " s.table_id = :table and s.values = cast(:values as text[])";
    private static final String NOT_DROPPED = " not exists (select 1 from catalog.dropped_column d"
            + " where d.table_id = s.table_id and d.column_name = c.key"
            + " and d.version > cast(c.value ->> 'version' as bigint))";

    private final Session session;

    StatisticsStore(Session session) {
        this.session = session;
    }

    /** Tells whether a partition is there. */
    boolean exists(OfPartition partition) {
        return partitionRow(partition, "");
    }

    /** As {@link #exists}, and it stays until the transaction ends. */
    boolean hold(OfPartition partition) {
        return partitionRow(partition, " for key share");
    }

    private boolean partitionRow(OfPartition partition, String lock) {
        return of(
                        partition,
                        session.createNativeQuery(
                                "select true from catalog.partition s where" + OF_PARTITION + lock, Boolean.class))
                .uniqueResultOptional()
                .isPresent();
    }

    /** Definitions, the model's {@code ColumnStatistics} as JSON, of those of the columns that have some. */
    Map<String, String> find(Owner owner, Collection<String> columns) {
        NativeQuery<Object[]> query;
        if (owner instanceof OfPartition partition) {
            query = of(
                    partition,
                    session.createNativeQuery(
                            "select c.key, c.value ->> 'definition' from catalog.partition_column_statistics s,"
                                    + " jsonb_each(s.columns) c where" + OF_PARTITION
                                    + " and c.key = any(cast(:columns as text[])) and" + NOT_DROPPED,
                            Object[].class));
        } else if (owner instanceof OfTable) {
            query = session.createNativeQuery(
                            "select s.column_name, s.definition from catalog.table_column_statistics s"
                                    + " where s.table_id = :table and s.column_name = any(cast(:columns as text[]))",
                            Object[].class)
                    .setParameter("table", owner.table());
        } else {
            throw new IllegalStateException("No statistics of " + owner);
        }
        Map<String, String> found = new HashMap<>();
        query.setParameter("columns", columns.toArray(String[]::new), String[].class)
                .list()
                .forEach(row -> found.put((String) row[0], (String) row[1]));
        return found;
    }

    /**
     * Writes statistics in the place of those that are there.
     *
     * @param version of the table, whose row must be locked
     * @param definitions by column, in their order: so two who write the same columns wait for each other and do not lock
     *     each other out
     */
    void replace(Owner owner, long version, SortedMap<String, String> definitions) {
        if (definitions.isEmpty()) {
            return;
        }
        String[] columns = definitions.keySet().toArray(String[]::new);
        String[] texts = definitions.values().toArray(String[]::new);
        MutationQuery write;
        if (owner instanceof OfPartition partition) {
            write = of(
                            partition,
                            session.createNativeMutationQuery(
                                    "insert into catalog.partition_column_statistics as s (table_id, values, columns)"
                                            + " select :table, cast(:values as text[]), jsonb_object_agg(n.c,"
                                            + " jsonb_build_object('version', cast(:version as bigint), 'definition', n.d))"
                                            + " from unnest(cast(:columns as text[]), cast(:texts as text[])) n (c, d)"
                                            + " on conflict (table_id, values)"
                                            + " do update set columns = s.columns || excluded.columns"))
                    .setParameter("version", version);
        } else if (owner instanceof OfTable) {
            write = session.createNativeMutationQuery(
                            "insert into catalog.table_column_statistics (table_id, column_name, definition)"
                                    + " select :table, n.c, n.d"
                                    + " from unnest(cast(:columns as text[]), cast(:texts as text[])) n (c, d)"
                                    + " on conflict (table_id, column_name) do update set definition = excluded.definition")
                    .setParameter("table", owner.table());
        } else {
            throw new IllegalStateException("No statistics of " + owner);
        }
        write.setParameter("columns", columns, String[].class)
                .setParameter("texts", texts, String[].class)
                .executeUpdate();
    }

    /** Tells whether the column had statistics. */
    boolean delete(Owner owner, String column) {
        MutationQuery delete;
        if (owner instanceof OfPartition partition) {
            delete = of(
                    partition,
                    session.createNativeMutationQuery("update catalog.partition_column_statistics s"
                            + " set columns = s.columns - cast(:column as text) where" + OF_PARTITION
                            + " and exists (select 1 from jsonb_each(s.columns) c where c.key = :column and"
                            + NOT_DROPPED + ")"));
        } else if (owner instanceof OfTable) {
            delete = session.createNativeMutationQuery("delete from catalog.table_column_statistics"
                            + " where table_id = :table and column_name = :column")
                    .setParameter("table", owner.table());
        } else {
            throw new IllegalStateException("No statistics of " + owner);
        }
        return delete.setParameter("column", column).executeUpdate() == 1;
    }

    private static <Q extends CommonQueryContract> Q of(OfPartition partition, Q query) {
        query.setParameter("table", partition.table());
        query.setParameter("values", partition.valueArray(), String[].class);
        return query;
    }
}
