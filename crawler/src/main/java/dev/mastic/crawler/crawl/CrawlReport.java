package dev.mastic.crawler.crawl;

import dev.mastic.crawler.find.ListedTarget;
import dev.mastic.crawler.find.Sampled;

import java.util.List;

/**
 * Why a crawl ended with the tables that it ended with; kept as JSON with the crawl and handed out by the REST API.
 *
 * @param filesNotShown files that were read beyond those in the report
 * @param warnings what a person should know: files that could not be read, tables that were left alone
 * @param notes how the targets were looked through
 */
public record CrawlReport(
        String database,
        List<ListedTarget> targets,
        List<Table> tables,
        List<Sampled> files,
        long filesNotShown,
        List<String> warnings,
        long warningsNotShown,
        List<String> notes) {

    public CrawlReport {
        targets = List.copyOf(targets);
        tables = List.copyOf(tables);
        files = List.copyOf(files);
        warnings = List.copyOf(warnings);
        notes = List.copyOf(notes);
    }

    /**
     * A table.
     *
     * @param action what was done with it
     * @param confidence from 0 to 1 that it is the table that its owner means
     * @param changes what was changed, or would have been
     */
    public record Table(
            String name,
            String location,
            String action,
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
            double confidence,
            List<String> reasons,
            List<String> rejected,
            List<String> changes) {}

    /**
     * A column as the files have it.
     *
     * @param why the evidence
     */
    public record Column(String name, String type, String why) {}
}
