package dev.mastic.bookmarks.postgres;

import dev.mastic.bookmarks.StagedOutput;
import dev.mastic.warehouse.load.TableLoad;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * A committed run and the outputs that it makes visible.
 *
 * @param attempts how often publishing has failed
 * @param lastError why it failed last
 */
public record Publication(
        String runId,
        String jobName,
        State state,
        List<StagedOutput> outputs,
        List<TableLoad> loads,
        int attempts,
        @Nullable String lastError,
        Instant committedOn) {
    public Publication {
        outputs = List.copyOf(outputs);
        loads = List.copyOf(loads);
    }

    /** How far a publication is. */
    public enum State {
        /** Decided; not everything is visible yet. */
        COMMITTED,
        /** Everything is visible. */
        PUBLISHED
    }
}
