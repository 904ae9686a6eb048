package dev.mastic.bookmarks;

import dev.mastic.warehouse.load.TableLoad;

import java.util.List;
import java.util.Map;

/**
 * Everything that becomes true together when a run commits. The claims of the run are committed with it and need not be
 * named.
 *
 * @param outputs one element for each write step of files
 * @param loads one element for each write step of a table in a database
 * @param metrics counts of the run by name, for instance {@code read.flights.rows} or {@code write.lake.files}
 */
public record RunCommit(List<StagedOutput> outputs, List<TableLoad> loads, Map<String, Long> metrics) {
    public RunCommit {
        outputs = List.copyOf(outputs);
        loads = loads == null ? List.of() : List.copyOf(loads);
        metrics = Map.copyOf(metrics);
    }

    /** A run that loads no tables of databases. */
    public RunCommit(List<StagedOutput> outputs, Map<String, Long> metrics) {
        this(outputs, List.of(), metrics);
    }
}
