package dev.mastic.catalog.partition.filter;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A filter of partitions as SQL.
 *
 * @param sql a boolean expression over a row {@code p} of {@code catalog.partition}, with a {@code ?} for each parameter;
 *     it never holds text of the caller
 * @param parameters in the order of their places; all of them are texts
 * @param ranges where on a key the partitions lie, when they are to be read in the order of its index
 */
public record CompiledFilter(String sql, List<String> parameters, Optional<KeyRanges> ranges) {
    /** Holds for all partitions. */
    static final CompiledFilter ALL = new CompiledFilter("true", List.of(), Optional.empty());

    /** Copies the parameters. */
    public CompiledFilter {
        parameters = List.copyOf(parameters);
    }

    /**
     * The queries that find what is behind a partition, to be asked one after the other until a page is full.
     *
     * @param after values of the last partition of the page before, as an array for JDBC; null at the start
     * @param afterKeys its sort keys
     */
    public List<PageQuery> pages(String @Nullable [] after, List<@Nullable String> afterKeys) {
        if (ranges.isPresent()) {
            return ranges.get().slices(after, afterKeys).stream()
                    .map(slice ->
                            query(slice.sql(), slice.parameters(), ranges.get().order(), true))
                    .toList();
        }
        boolean all = equals(ALL);
        return after == null
                ? List.of(query("true", List.of(), "p.values", all))
                : List.of(query("p.values > cast(? as text[])", List.of((Object) after), "p.values", all));
    }

    /**
     * A query to be asked before {@link #pages}, which then find what the filter selects without reading the partitions
     * of other values.
     *
     * @param table id of the table
     * @param afterKeys sort keys of the last partition of the page before; empty at the start
     * @param most how many values it may see; when it has seen as many, its answer is of no use
     * @return empty when the pages need none
     */
    public Optional<ValuesQuery> values(long table, List<@Nullable String> afterKeys, int most) {
        return ranges.flatMap(known -> known.values(table, sql, parameters, afterKeys, most));
    }

    /** This filter, which selects nothing but partitions with one of those sort keys: the answer to {@link #values}. */
    public CompiledFilter only(List<String> sortKeys) {
        return new CompiledFilter(sql, parameters, ranges.map(known -> known.only(sortKeys)));
    }

    private PageQuery query(String slice, List<Object> more, String order, boolean inOrder) {
        List<Object> all = new ArrayList<>(parameters);
        all.addAll(more);
        return new PageQuery("(" + sql + ") and " + slice, all, order, inOrder);
    }
}
