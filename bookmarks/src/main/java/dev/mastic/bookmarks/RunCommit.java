package dev.mastic.bookmarks;

import java.util.List;
import java.util.Map;

/**
 * Everything that becomes true together when a run commits. The claims of the run are committed with it and need not be
 * named.
 *
 * @param outputs one element for each write step
 * @param metrics counts of the run by name, for instance {@code read.flights.rows} or {@code write.lake.files}
 */
public record RunCommit(List<StagedOutput> outputs, Map<String, Long> metrics) {
    public RunCommit {
        outputs = List.copyOf(outputs);
        metrics = Map.copyOf(metrics);
    }
}
