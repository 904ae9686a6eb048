package dev.mastic.catalog.partition;

import dev.mastic.catalog.partition.filter.CompiledFilter;
import dev.mastic.catalog.partition.filter.PageQuery;
import dev.mastic.catalog.partition.filter.ValuesQuery;
import dev.mastic.catalog.table.TableEntity;
import org.hibernate.Session;
import org.hibernate.query.MutationQuery;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Partitions in PostgreSQL, in the transaction of the given session. Rows are keyed by arrays and come in thousands, so
 * this is SQL: no entity is tracked.
 */
final class PartitionStore {
    /**
     * To be sent along with a statement that finds partitions by an index: one plan for all values, kept by PostgreSQL, as
     * planning takes longer than reading a hundred partitions. Other ways are set off, so that a plan made while the table
     * was empty is as good when it is full.
     */
    private static final String BY_INDEX = Stream.of("seqscan", "bitmapscan", "sort", "hashjoin", "mergejoin")
            .map(way -> ", set_config('enable_" + way + "', 'off', true)")
            .collect(Collectors.joining("", "select set_config('plan_cache_mode', 'force_generic_plan', true)", "; "));

    /** Going from value to value takes a few microseconds each, about as long as reading a few partitions. */
    private static final int MOST_VALUES = 10_000;

    private static final int ALWAYS_PREPARED = 1;
    private static final int NEVER_PREPARED = 0;

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
        int keys = table.keys().size();
        return change(
                table,
                partitions,
                rows -> "insert into catalog.partition (table_id, values, keys, definition) select ?, "
                        + TextRows.array(0, keys) + ", " + TextRows.array(keys, 2 * keys) + ", n.c" + 2 * keys
                        + " from "
                        + rows + " on conflict do nothing returning values");
    }

    /** Replaces those that are there, under the values that they have; gives back their values. */
    Set<List<String>> replaceAll(PartitionedTable table, List<Stored> partitions) {
        int keys = table.keys().size();
        return change(
                table,
                partitions,
                rows -> BY_INDEX
                        + "with given as (select ?::bigint as table_id) update catalog.partition p set definition = n.c"
                        + 2 * keys + " from given, " + rows + " where p.table_id = given.table_id and p.values = "
                        + TextRows.array(0, keys) + " returning p.values");
    }

    /** In one order, so that two who change the same partitions wait for each other and do not lock each other out. */
    private Set<List<String>> change(PartitionedTable table, List<Stored> partitions, UnaryOperator<String> sql) {
        if (partitions.isEmpty()) {
            return new HashSet<>();
        }
        TextRows rows = new TextRows(partitions.stream()
                .sorted(Comparator.comparing(partition -> String.join("\0", partition.values())))
                .map(partition -> row(table, partition))
                .toList());
        return new HashSet<>(values(sql.apply(rows.table()), table.entity(), rows));
    }

    /** Values, sort keys, definition. */
    private static List<@Nullable String> row(PartitionedTable table, Stored partition) {
        List<@Nullable String> row = new ArrayList<>(partition.values());
        row.addAll(table.sortKeys().encode(partition.values()));
        row.add(partition.definition());
        return row;
    }

    private List<Stored> find(TableEntity table, List<List<String>> keys) {
        if (keys.isEmpty()) {
            return List.of();
        }
        TextRows rows = rows(keys);
        return ofRows(
                BY_INDEX + "with given as (select ?::bigint as table_id) select p.values, p.definition from given, "
                        + rows.table()
                        + " join catalog.partition p on p.values = "
                        + TextRows.array(0, keys.get(0).size())
                        + " where p.table_id = given.table_id",
                table,
                rows,
                row -> new Stored(values(row.getArray(1).getArray()), row.getString(2)));
    }

    /** Gives back the values of those that were there. */
    Set<List<String>> deleteAll(TableEntity table, List<List<String>> keys) {
        if (keys.isEmpty()) {
            return new HashSet<>();
        }
        TextRows rows = rows(keys);
        String sql =
                BY_INDEX + "with given as (select ?::bigint as table_id) delete from catalog.partition p using given, "
                        + rows.table() + " where p.table_id = given.table_id and p.values = "
                        + TextRows.array(0, keys.get(0).size()) + " returning p.values";
        return new HashSet<>(values(sql, table, rows));
    }

    private static TextRows rows(List<List<String>> keys) {
        return new TextRows(
                keys.stream().<List<@Nullable String>>map(ArrayList::new).toList());
    }

    private List<List<String>> values(String sql, TableEntity table, TextRows rows) {
        return ofRows(sql, table, rows, row -> values(row.getArray(1).getArray()));
    }

    /** @param sql with the table's id as its first parameter, and the rows behind */
    private <T> List<T> ofRows(String sql, TableEntity table, TextRows rows, Reading<T> reading) {
        return session.doReturningWork(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setLong(1, table.id());
                rows.set(statement, 2);
                List<T> read = new ArrayList<>();
                try (ResultSet row = last(statement)) {
                    while (row.next()) {
                        read.add(reading.read(row));
                    }
                }
                return read;
            }
        });
    }

    /** The rows of the last of the statements that were sent together. */
    private static ResultSet last(PreparedStatement statements) throws SQLException {
        statements.execute();
        ResultSet rows = statements.getResultSet();
        while (statements.getMoreResults(Statement.KEEP_CURRENT_RESULT)) {
            rows = statements.getResultSet();
        }
        return rows;
    }

    private interface Reading<T> {
        T read(ResultSet row) throws SQLException;
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
        CompiledFilter narrowed = filter.values(table.entity().id(), keys, MOST_VALUES)
                .flatMap(this::candidates)
                .map(filter::only)
                .orElse(filter);
        List<Stored> page = new ArrayList<>();
        for (PageQuery query : narrowed.pages(after == null ? null : array(after), keys)) {
            if (page.size() < most) {
                page.addAll(page(table.entity(), query, segment, most - page.size()));
            }
        }
        return page;
    }

    /** Empty when there are too many to see them all. */
    private Optional<List<String>> candidates(ValuesQuery query) {
        return session.doReturningWork(connection -> {
            try (PreparedStatement select = connection.prepareStatement(BY_INDEX + query.sql())) {
                set(select, query.parameters());
                try (ResultSet row = last(select)) {
                    row.next();
                    Array fulfil = row.getArray(2);
                    return row.getLong(1) == MOST_VALUES
                            ? Optional.empty()
                            : Optional.of(fulfil == null ? List.of() : values(fulfil.getArray()));
                }
            }
        });
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
        return session.doReturningWork(connection -> page(connection, sql.toString(), parameters, query.inOrder()));
    }

    private static List<Stored> page(Connection connection, String sql, List<Object> parameters, boolean inOrder)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(inOrder ? BY_INDEX + sql : sql)) {
            // Other plans depend on how many partitions the values select: those are made for each.
            select.unwrap(PGStatement.class).setPrepareThreshold(inOrder ? ALWAYS_PREPARED : NEVER_PREPARED);
            set(select, parameters);
            List<Stored> page = new ArrayList<>();
            try (ResultSet rows = last(select)) {
                while (rows.next()) {
                    page.add(new Stored(values(rows.getArray(1).getArray()), rows.getString(2)));
                }
            }
            return page;
        }
    }

    private static void set(PreparedStatement statement, List<Object> parameters) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            Object parameter = parameters.get(i);
            statement.setObject(
                    i + 1,
                    parameter instanceof String[] values
                            ? statement.getConnection().createArrayOf("text", values)
                            : parameter);
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

    private static String[] array(List<? extends @Nullable String> values) {
        return values.toArray(String[]::new);
    }

    private static List<String> values(Object array) {
        return Arrays.stream((Object[]) array).map(String.class::cast).toList();
    }
}
