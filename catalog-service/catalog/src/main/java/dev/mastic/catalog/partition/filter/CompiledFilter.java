package dev.mastic.catalog.partition.filter;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A filter of partitions as SQL.
 *
 * @param sql a boolean expression over a row {@code p} of {@code catalog.partition}, with parameters {@code :f1},
 *     {@code :f2} and so on; it never holds text of the caller
 * @param parameters values by name, without the colon; all of them strings
 */
public record CompiledFilter(String sql, Map<String, Object> parameters) {
    /** Copies the parameters, in their order. */
    public CompiledFilter {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
