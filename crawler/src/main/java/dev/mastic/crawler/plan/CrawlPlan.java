package dev.mastic.crawler.plan;

import java.util.List;

/**
 * All that one crawl would change in the catalog. Immutable; making it writes nothing.
 *
 * @param database that the tables are in; made when it is missing
 * @param newDatabase whether it was missing
 * @param tables in the order in which they are written
 * @param warnings what a person should know
 */
public record CrawlPlan(String database, boolean newDatabase, List<TableChange> tables, List<String> warnings) {
    public CrawlPlan {
        tables = List.copyOf(tables);
        warnings = List.copyOf(warnings);
    }

    /** Whether applying it would write nothing. */
    public boolean isEmpty() {
        return tables.stream()
                .allMatch(table -> (table.action() == Action.KEEP || table.action() == Action.LEAVE)
                        && table.after() == null
                        && table.partitions().isEmpty());
    }
}
