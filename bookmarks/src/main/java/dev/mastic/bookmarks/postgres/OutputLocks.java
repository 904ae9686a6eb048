package dev.mastic.bookmarks.postgres;

import dev.mastic.bookmarks.Ledger;
import dev.mastic.bookmarks.OutputAccess;
import org.jdbi.v3.core.Handle;

/**
 * Which runs write where: a run that replaces what is at a location has it, all that is below and all that is above alone,
 * from its announcement until it is published or ended. Stateless and thread-safe.
 */
final class OutputLocks {

    /**
     * @param location {@code s3://bucket/prefix/}
     * @throws Ledger.OutputBusyException when another run excludes this one
     */
    void acquire(Handle handle, String runId, String location, OutputAccess access) {
        // One announcement at a time: two that exclude each other must not both look before the other has written.
        handle.execute("LOCK TABLE bookmarks.output_lock IN SHARE ROW EXCLUSIVE MODE");
        handle.createQuery("SELECT run_id, location, access FROM bookmarks.output_lock WHERE run_id <> :run "
                        + "AND (access = 'EXCLUSIVE' OR :access = 'EXCLUSIVE') "
                        + "AND (starts_with(location, :location) OR starts_with(:location, location)) "
                        + "ORDER BY locked_on LIMIT 1")
                .bind("run", runId)
                .bind("access", access.name())
                .bind("location", location)
                .map((row, context) -> new Ledger.OutputBusyException("Run " + row.getString("run_id")
                        + (row.getString("access").equals("EXCLUSIVE") ? " is replacing " : " is adding to ")
                        + row.getString("location") + ", so this run cannot "
                        + (access == OutputAccess.EXCLUSIVE ? "replace " : "add to ") + location
                        + " now; start it again when that run has ended, or let one job do both"))
                .findOne()
                .ifPresent(busy -> {
                    throw busy;
                });
        handle.createUpdate("INSERT INTO bookmarks.output_lock (run_id, location, access) "
                        + "VALUES (:run, :location, :access) ON CONFLICT DO NOTHING")
                .bind("run", runId)
                .bind("location", location)
                .bind("access", access.name())
                .execute();
    }

    /** Ends what a run excludes. Harmless when repeated. */
    void release(Handle handle, String runId) {
        handle.createUpdate("DELETE FROM bookmarks.output_lock WHERE run_id = :run")
                .bind("run", runId)
                .execute();
    }
}
