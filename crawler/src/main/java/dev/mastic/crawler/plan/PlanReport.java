package dev.mastic.crawler.plan;

import dev.mastic.crawler.find.ListedTarget;

import java.util.List;

/**
 * A plan as it is kept and shown: what a crawl would change, and why. Of partitions it has counts and examples.
 *
 * @param newDatabase whether the database would be made
 * @param fingerprints of each target's objects (keys, sizes and etags), empty for targets that have none
 */
public record PlanReport(
        String database,
        boolean newDatabase,
        List<ListedTarget> targets,
        List<String> fingerprints,
        List<Table> tables,
        List<String> warnings) {

    public PlanReport {
        targets = List.copyOf(targets);
        fingerprints = List.copyOf(fingerprints);
        tables = List.copyOf(tables);
        warnings = List.copyOf(warnings);
    }

    /**
     * What would be done with one table.
     *
     * @param versionId of the table that the plan was made against; empty when the table is new
     * @param sampled how many files were read for it
     * @param samples addresses of some of them
     * @param confidence from 0 to 1 that this is the table that its owner means
     * @param rejected other tables or schemas that were considered
     * @param changes of the definition
     * @param notes what was seen and is left alone
     * @param digest of all that would be written, partitions included
     */
    public record Table(
            String name,
            String location,
            Action action,
            String format,
            String versionId,
            List<Column> columns,
            List<String> partitionKeys,
            Partitions partitions,
            long objects,
            long bytes,
            long records,
            long sampled,
            List<String> samples,
            double confidence,
            List<String> reasons,
            List<String> rejected,
            List<String> changes,
            List<String> notes,
            String digest) {}

    /**
     * A column before and after.
     *
     * @param before its type; empty when it is new
     * @param after its type; empty when it would go
     * @param why the evidence in the files
     * @param owner {@code crawler}, or {@code person} when somebody edited it, so that no crawl changes it
     */
    public record Column(String name, String before, String after, String why, String owner) {}

    /**
     * Partitions by what would happen to them.
     *
     * @param found in the folders
     * @param examples the first of each kind, as {@code + year=2001/month=01}
     */
    public record Partitions(
            long found, long added, long changed, long deprecated, long deleted, List<String> examples) {}
}
