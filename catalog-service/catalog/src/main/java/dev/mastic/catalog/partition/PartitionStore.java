package dev.mastic.catalog.partition;

import dev.mastic.catalog.partition.filter.CompiledFilter;
import dev.mastic.catalog.partition.filter.PageQuery;
import dev.mastic.catalog.table.TableEntity;
import org.hibernate.Session;
import org.hibernate.query.MutationQuery;
import org.hibernate.query.NativeQuery;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Partitions in PostgreSQL, in the transaction of the given session. Rows are keyed by arrays and come in thousands, so
 * this is SQL: no entity is tracked.
 */
final class PartitionStore {
    private final Session session;

    PartitionStore(Session session) {
        this.session = session;
    }

    /**
     * A stored partition.
     *
     * @param definition the model's {@code Partition} as JSON
     */
    record Stored(List<String> values, String definition) {}

    /** Adds those that are not there; gives back the values of those that were added. */
    Set<List<String>> add(PartitionedTable table, List<Stored> partitions) {
        if (partitions.isEmpty()) {
            return new HashSet<>();
        }
        return change(
                "insert into catalog.partition (table_id, values, keys, definition) select :table, n.v, n.k, n.d from "
                        + given(partitions.size()) + " on conflict do nothing returning values",
                table,
                partitions);
    }

    /** Replaces those that are there, under the values that they have; gives back their values. */
    Set<List<String>> replaceAll(PartitionedTable table, List<Stored> partitions) {
        if (partitions.isEmpty()) {
            return new HashSet<>();
        }
        return change(
                "update catalog.partition p set definition = n.d from " + given(partitions.size())
                        + " where p.table_id = :table and p.values = n.v returning p.values",
                table,
                partitions);
    }

    private static String given(int partitions) {
        return IntStream.range(0, partitions)
                .mapToObj(i -> "(cast(:v" + i + " as text[]), cast(:k" + i + " as text[]), cast(:d" + i + " as text))")
                .collect(Collectors.joining(", ", "(values ", ") n (v, k, d)"));
    }

    /** In one order, so that two who change the same partitions wait for each other and do not lock each other out. */
    private Set<List<String>> change(String sql, PartitionedTable table, List<Stored> partitions) {
        List<Stored> ordered = partitions.stream()
                .sorted(Comparator.comparing(partition -> String.join("\0", partition.values())))
                .toList();
        NativeQuery<Object> change = session.createNativeQuery(sql, Object.class);
        change.setParameter("table", table.entity().id());
        for (int i = 0; i < ordered.size(); i++) {
            List<String> values = ordered.get(i).values();
            change.setParameter("v" + i, array(values), String[].class);
            change.setParameter("k" + i, array(table.sortKeys().encode(values)), String[].class);
            change.setParameter("d" + i, ordered.get(i).definition());
        }
        Set<List<String>> changed = new HashSet<>();
        change.list().forEach(values -> changed.add(values(values)));
        return changed;
    }

    List<Stored> find(TableEntity table, List<List<String>> keys) {
        if (keys.isEmpty()) {
            return List.of();
        }
        return stored(ofKeys(
                "select p.values, p.definition from " + wanted(keys)
                        + " join catalog.partition p on p.table_id = :table and p.values = n.v",
                Object[].class,
                table,
                keys));
    }

    /** Gives back the values of those that were there. */
    Set<List<String>> deleteAll(TableEntity table, List<List<String>> keys) {
        if (keys.isEmpty()) {
            return new HashSet<>();
        }
        Set<List<String>> deleted = new HashSet<>();
        ofKeys(
                        "delete from catalog.partition p using " + wanted(keys)
                                + " where p.table_id = :table and p.values = n.v returning p.values",
                        Object.class,
                        table,
                        keys)
                .list()
                .forEach(values -> deleted.add(values(values)));
        return deleted;
    }

    /** To be joined, as an IN over arrays would be a thousand ORs to plan. */
    private static String wanted(List<List<String>> keys) {
        return IntStream.range(0, keys.size())
                .mapToObj(i -> "(cast(:v" + i + " as text[]))")
                .collect(Collectors.joining(", ", "(values ", ") n (v)"));
    }

    private <T> NativeQuery<T> ofKeys(String sql, Class<T> type, TableEntity table, List<List<String>> keys) {
        NativeQuery<T> query = session.createNativeQuery(sql, type);
        query.setParameter("table", table.id());
        for (int i = 0; i < keys.size(); i++) {
            query.setParameter("v" + i, array(keys.get(i)), String[].class);
        }
        return query;
    }

    Map<List<String>, Stored> findByValues(TableEntity table, List<List<String>> keys) {
        return find(table, keys).stream().collect(Collectors.toMap(Stored::values, Function.identity()));
    }

    /**
     * The partition of those values.
     *
     * @throws EntityNotFoundException when there is none
     */
    Stored load(PartitionedTable table, List<String> values) {
        return find(table.entity(), List.of(values)).stream().findFirst().orElseThrow(() -> table.missing(values));
    }

    /**
     * A page in an order that stays: that of the values, or that of the key that the filter is about.
     *
     * @param after values of the last partition of the page before
     * @param segment which part of how many; null for all
     */
    List<Stored> page(
            PartitionedTable table,
            CompiledFilter filter,
            @Nullable List<String> after,
            @Nullable Segment segment,
            int most) {
        List<@Nullable String> keys =
                after == null ? List.of() : table.sortKeys().encode(after);
        List<Stored> page = new ArrayList<>();
        for (PageQuery query : filter.pages(after == null ? null : array(after), keys)) {
            if (page.size() < most) {
                page.addAll(page(table.entity(), query, segment, most - page.size()));
            }
        }
        return page;
    }

    private List<Stored> page(TableEntity table, PageQuery query, @Nullable Segment segment, int most) {
        StringBuilder sql = new StringBuilder("select p.values, p.definition from catalog.partition p"
                + " where p.table_id = ? and " + query.condition());
        List<Object> parameters = new ArrayList<>(List.of(table.id()));
        parameters.addAll(query.parameters());
        if (segment != null) {
            // As a CASE it is taken for half of the partitions; as a comparison for so few that all would be sorted.
            sql.append(" and case when mod(hashtextextended(array_to_string(p.values, chr(1)), 0)"
                    + " & 9223372036854775807, ?) = ? then true else false end");
            parameters.addAll(List.of(segment.total(), segment.number()));
        }
        sql.append(" order by ").append(query.order()).append(" limit ").append(most);
        return session.doReturningWork(connection -> page(connection, sql.toString(), parameters));
    }

    private static List<Stored> page(Connection connection, String sql, List<Object> parameters) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            // Never kept as a plan for any value: that would not know how many partitions these values select.
            select.unwrap(PGStatement.class).setPrepareThreshold(0);
            for (int i = 0; i < parameters.size(); i++) {
                Object parameter = parameters.get(i);
                select.setObject(
                        i + 1,
                        parameter instanceof String[] values ? connection.createArrayOf("text", values) : parameter);
            }
            List<Stored> page = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    page.add(new Stored(values(rows.getArray(1).getArray()), rows.getString(2)));
                }
            }
            return page;
        }
    }

    /** One part of a parallel scan. */
    record Segment(long number, long total) {}

    /** Replaces a partition, under new values if they changed; tells whether it was there. */
    boolean replace(PartitionedTable table, List<String> key, Stored partition) {
        MutationQuery update = session.createNativeMutationQuery("update catalog.partition set"
                + " values = cast(:values as text[]), keys = cast(:keys as text[]), definition = :definition"
                + " where table_id = :table and values = cast(:key as text[])");
        return update.setParameter("table", table.entity().id())
                        .setParameter("key", array(key), String[].class)
                        .setParameter("values", array(partition.values()), String[].class)
                        .setParameter("keys", array(table.sortKeys().encode(partition.values())), String[].class)
                        .setParameter("definition", partition.definition())
                        .executeUpdate()
                == 1;
    }

    boolean delete(TableEntity table, List<String> key) {
        MutationQuery delete = session.createNativeMutationQuery(
                "delete from catalog.partition where table_id = :table and values = cast(:key as text[])");
        return delete.setParameter("table", table.id())
                        .setParameter("key", array(key), String[].class)
                        .executeUpdate()
                == 1;
    }

    private static List<Stored> stored(NativeQuery<Object[]> query) {
        List<Stored> found = new ArrayList<>();
        for (Object[] row : query.list()) {
            found.add(new Stored(values(row[0]), (String) row[1]));
        }
        return found;
    }

    private static String[] array(List<? extends @Nullable String> values) {
        return values.toArray(String[]::new);
    }

    private static List<String> values(Object array) {
        return Arrays.stream((Object[]) array).map(String.class::cast).toList();
    }
}
