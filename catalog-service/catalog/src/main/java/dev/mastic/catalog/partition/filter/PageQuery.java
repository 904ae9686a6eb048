package dev.mastic.catalog.partition.filter;

import java.util.List;

/**
 * Where partitions of a page are and in which order they come, over rows {@code p} of {@code catalog.partition}.
 *
 * @param condition SQL with a {@code ?} for each parameter
 * @param parameters texts, and arrays of texts
 * @param order SQL of the ORDER BY
 * @param inOrder whether an index has the partitions in that order, and little else between them, so that PostgreSQL need
 *     not know the parameters to plan the query
 */
public record PageQuery(String condition, List<Object> parameters, String order, boolean inOrder) {
    /** Copies the parameters. */
    public PageQuery {
        parameters = List.copyOf(parameters);
    }
}
