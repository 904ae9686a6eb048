package dev.mastic.bookmarks.postgres;

import dev.mastic.warehouse.table.TablePath;
import org.jdbi.v3.core.Handle;

import java.util.List;

/** Where runs stage rows in databases. Every operation runs on the caller's handle. Stateless and thread-safe. */
public final class StagedTables {

    /** A staging table that a run announced. */
    public record StagedTable(String runId, String output, String connection, TablePath table) {}

    /** Announces a staging table; see {@link dev.mastic.bookmarks.Ledger#stageTable}. Harmless when repeated. */
    public void add(Handle handle, StagedTable staged) {
        bind(
                        handle,
                        "INSERT INTO bookmarks.staged_table (run_id, output, connection_name, schema_name, table_name) "
                                + "VALUES (:run, :output, :connection, :schema, :table) ON CONFLICT DO NOTHING",
                        staged)
                .execute();
    }

    /** All that were announced and not {@linkplain #forget forgotten}, the oldest first. */
    public List<StagedTable> list(Handle handle) {
        return handle.createQuery("SELECT run_id, output, connection_name, schema_name, table_name "
                        + "FROM bookmarks.staged_table ORDER BY staged_on LIMIT 1000")
                .map((row, context) -> new StagedTable(
                        row.getString("run_id"),
                        row.getString("output"),
                        row.getString("connection_name"),
                        new TablePath(row.getString("schema_name"), row.getString("table_name"))))
                .list();
    }

    /** Forgets a table that is dropped. */
    public void forget(Handle handle, StagedTable staged) {
        bind(
                        handle,
                        "DELETE FROM bookmarks.staged_table WHERE run_id = :run AND output = :output "
                                + "AND connection_name = :connection AND schema_name = :schema AND table_name = :table",
                        staged)
                .execute();
    }

    private static org.jdbi.v3.core.statement.Update bind(Handle handle, String sql, StagedTable staged) {
        return handle.createUpdate(sql)
                .bind("run", staged.runId())
                .bind("output", staged.output())
                .bind("connection", staged.connection())
                .bind("schema", staged.table().schema())
                .bind("table", staged.table().name());
    }
}
