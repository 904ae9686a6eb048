package dev.mastic.crawler.crawl;

import dev.mastic.crawler.source.SkipReason;
import dev.mastic.crawler.source.TargetListing.Skipped;

import java.util.List;
import java.util.Map;

/**
 * Why a crawl ended with the tables that it ended with; kept as JSON with the crawl and handed out by the REST API.
 *
 * @param filesNotShown files that were read beyond those in the report
 * @param warnings what a person should know: files that could not be read, tables that were left alone
 */
public record CrawlReport(
        String database,
        List<Target> targets,
        List<Table> tables,
        List<File> files,
        long filesNotShown,
        List<String> warnings,
        long warningsNotShown) {

    public CrawlReport {
        targets = List.copyOf(targets);
        tables = List.copyOf(tables);
        files = List.copyOf(files);
        warnings = List.copyOf(warnings);
    }

    /**
     * A target and what was listed there.
     *
     * @param folders folders that hold data directly
     * @param bytes of the objects that are data
     * @param skipped objects that are no data, by reason
     * @param tables tables found
     */
    public record Target(
            String path,
            long objectsListed,
            long objectsSkipped,
            long folders,
            long bytes,
            long objectsSampled,
            Map<SkipReason, Skipped> skipped,
            int tables) {}

    /**
     * A file that was read.
     *
     * @param format what it was found to be; empty when it could not be read
     * @param records rows; an estimate unless {@code exact}
     * @param columns types by column
     * @param evidence what decided the format
     * @param problem why it could not be read; empty when it could
     */
    public record File(
            String uri,
            String format,
            String compression,
            long bytesRead,
            long records,
            boolean exact,
            Map<String, String> columns,
            List<String> evidence,
            List<String> warnings,
            String problem) {}

    /** What was done with a table. */
    public enum Action {
        CREATED,
        UPDATED,
        UNCHANGED,
        /** Left as it is: the policy says LOG, or it is of another kind than the files. */
        LEFT,
        DEPRECATED,
        DELETED
    }

    /**
     * A table.
     *
     * @param changes what was changed, or would have been
     */
    public record Table(
            String name,
            String location,
            Action action,
            String format,
            List<Column> columns,
            List<String> partitionKeys,
            long partitionsFound,
            long partitionsCreated,
            long partitionsUpdated,
            long partitionsDeleted,
            long objects,
            long bytes,
            long records,
            List<String> reasons,
            List<String> changes) {}

    /**
     * A column as the files have it.
     *
     * @param why the evidence
     */
    public record Column(String name, String type, String why) {}
}
