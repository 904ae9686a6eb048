package dev.mastic.crawler.crawl;

import dev.mastic.crawler.find.ListedTarget;
import dev.mastic.crawler.find.Sampled;

import java.util.ArrayList;
import java.util.List;

/** Collects a crawl's report while it goes on. Not thread-safe. */
final class ReportBuilder {
    private static final int MOST_FILES = 200;
    private static final int MOST_WARNINGS = 200;

    private final String database;
    private final List<ListedTarget> targets = new ArrayList<>();
    private final List<CrawlReport.Table> tables = new ArrayList<>();
    private final List<Sampled> files = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private long filesNotShown;
    private long warningsNotShown;

    ReportBuilder(String database) {
        this.database = database;
    }

    void add(ListedTarget target) {
        targets.add(target);
    }

    void add(CrawlReport.Table table) {
        tables.add(table);
    }

    void warn(String warning) {
        if (warnings.size() < MOST_WARNINGS) {
            warnings.add(warning);
        } else {
            warningsNotShown++;
        }
    }

    void add(Sampled sample) {
        if (!sample.problem().isEmpty()) {
            warn(sample.uri() + " is left out: " + sample.problem());
        }
        sample.warnings().forEach(warning -> warn(sample.uri() + ": " + warning));
        if (files.size() < MOST_FILES) {
            files.add(sample);
        } else {
            filesNotShown++;
        }
    }

    /** Tells what was done, where nothing is wrong. */
    void note(String note) {
        notes.add(note);
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    List<ListedTarget> targets() {
        return List.copyOf(targets);
    }

    CrawlReport build() {
        return new CrawlReport(database, targets, tables, files, filesNotShown, warnings, warningsNotShown, notes);
    }
}
