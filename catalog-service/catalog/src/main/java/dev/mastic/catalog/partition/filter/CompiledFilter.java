package dev.mastic.catalog.partition.filter;

import java.util.List;

/**
 * A filter of partitions as SQL.
 *
 * @param sql a boolean expression over a row {@code p} of {@code catalog.partition}, with a {@code ?} for each parameter;
 *     it never holds text of the caller
 * @param parameters in the order of their places; all of them are texts
 */
public record CompiledFilter(String sql, List<String> parameters) {
    /** Copies the parameters. */
    public CompiledFilter {
        parameters = List.copyOf(parameters);
    }
}
