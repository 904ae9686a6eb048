package dev.mastic.orchestration.run;

import dev.mastic.bookmarks.postgres.StagedTables;
import dev.mastic.bookmarks.postgres.StagedTables.StagedTable;
import dev.mastic.bookmarks.publish.Publisher;
import dev.mastic.warehouse.connection.WarehouseException;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Drops what ended runs staged in databases, when their drivers must have ended too. A database that is away is asked again
 * later, and given up after a day with a line in the log. To be called by one thread, which may wait for databases.
 */
final class StagedTableSweep {
    private static final Logger LOG = LoggerFactory.getLogger(StagedTableSweep.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMinutes(5);
    private static final int MOST_FAILURES = 288;

    private final Jdbi jdbi;
    private final StagedTables tables = new StagedTables();
    private final Publisher publisher;
    private final Predicate<String> isOver;
    private final Map<StagedTable, Failure> failures = new HashMap<>();

    /** @param isOver whether a run has ended so long ago that its driver must have ended too */
    StagedTableSweep(Jdbi jdbi, Publisher publisher, Predicate<String> isOver) {
        this.jdbi = jdbi;
        this.publisher = publisher;
        this.isOver = isOver;
    }

    void sweep() {
        List<StagedTable> staged = jdbi.<List<StagedTable>, RuntimeException>withHandle(tables::list);
        failures.keySet().retainAll(staged);
        for (StagedTable table : staged) {
            Failure failure = failures.get(table);
            boolean due = failure == null || failure.again().isBefore(Instant.now());
            if (due && isOver.test(table.runId())) {
                drop(table, failure == null ? 0 : failure.count());
            }
        }
    }

    private void drop(StagedTable table, int failed) {
        try {
            publisher.drop(table.connection(), table.table());
        } catch (WarehouseException e) {
            if (failed < MOST_FAILURES) {
                LOG.warn("What run {} staged is not dropped yet: {}", table.runId(), e.getMessage());
                failures.put(table, new Failure(failed + 1, Instant.now().plus(PAUSE_AFTER_FAILURE)));
                return;
            }
            LOG.error(
                    "Staging table {} of run {} in connection {} is left to you to drop: {}",
                    table.table(),
                    table.runId(),
                    table.connection(),
                    e.getMessage());
        }
        jdbi.useHandle(handle -> tables.forget(handle, table));
    }

    private record Failure(int count, Instant again) {}
}
