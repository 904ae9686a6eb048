package dev.mastic.warehouse.load;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What a write step asks of a warehouse.
 *
 * @param run the run's id; run and step are what a load is known by
 * @param table {@code schema.table}
 * @param keys columns by which rows are the same row; empty unless the mode is {@link LoadMode#MERGE}
 * @param whenMissing what to do when there is no such table
 * @param refusedTable where rows go that the warehouse refuses; null to fail the run by the first of them
 * @param mostRefused how many rows may be refused before the run fails
 */
public record LoadRequest(
        String run,
        String step,
        String table,
        LoadMode mode,
        List<String> keys,
        WhenMissing whenMissing,
        @Nullable String refusedTable,
        int mostRefused) {
    public LoadRequest {
        keys = List.copyOf(keys);
    }

    /** What to do when there is no table. */
    public enum WhenMissing {
        FAIL,
        CREATE
    }
}
