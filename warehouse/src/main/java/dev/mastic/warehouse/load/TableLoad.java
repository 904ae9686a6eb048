package dev.mastic.warehouse.load;

import dev.mastic.warehouse.table.TablePath;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Staged rows and how they become part of a table; what a run commits, and what its publication carries out.
 *
 * @param connection name of the connection in the catalog
 * @param staging the table with the staged rows; the tables of refused rows and of parts are named after it
 * @param columns all columns that are loaded, as the table spells them
 * @param rows how many rows are staged
 * @param refused how many rows were refused while they were staged
 * @param refusedTable where refused rows go; null when none may be refused
 */
public record TableLoad(
        String run,
        String step,
        String connection,
        TablePath table,
        TablePath staging,
        LoadMode mode,
        List<String> keys,
        List<String> columns,
        long rows,
        long refused,
        @Nullable TablePath refusedTable) {
    public TableLoad {
        keys = List.copyOf(keys);
        columns = List.copyOf(columns);
    }
}
