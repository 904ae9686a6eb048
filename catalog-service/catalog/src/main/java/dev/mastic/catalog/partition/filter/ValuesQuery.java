package dev.mastic.catalog.partition.filter;

import java.util.List;

/**
 * Which values of a key can fulfil a filter; answered by one row: how many values were seen, and the sort keys of those
 * that can, as an array that is null for none.
 *
 * @param sql with a {@code ?} for each parameter
 * @param parameters texts and numbers
 */
public record ValuesQuery(String sql, List<Object> parameters) {
    /** Copies the parameters. */
    public ValuesQuery {
        parameters = List.copyOf(parameters);
    }
}
