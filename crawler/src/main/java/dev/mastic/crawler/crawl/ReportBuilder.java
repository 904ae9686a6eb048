package dev.mastic.crawler.crawl;

import dev.mastic.crawler.classify.ColumnProfile;
import dev.mastic.crawler.classify.FileProfile;
import dev.mastic.crawler.source.StoredObject;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects a crawl's report while it goes on. Not thread-safe. */
final class ReportBuilder {
    private static final int MOST_FILES = 200;
    private static final int MOST_WARNINGS = 200;

    private final String database;
    private final List<CrawlReport.Target> targets = new ArrayList<>();
    private final List<CrawlReport.Table> tables = new ArrayList<>();
    private final List<CrawlReport.File> files = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private long filesNotShown;
    private long warningsNotShown;

    ReportBuilder(String database) {
        this.database = database;
    }

    void add(CrawlReport.Target target) {
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

    void read(FileProfile file) {
        file.warnings().forEach(warning -> warn(file.object().uri() + ": " + warning));
        Map<String, String> columns = new LinkedHashMap<>();
        for (ColumnProfile column : file.columns()) {
            columns.put(column.name(), column.type().hive());
        }
        add(new CrawlReport.File(
                file.object().uri(),
                file.format().toString(),
                file.compression().word(),
                file.bytesRead(),
                file.records(),
                file.exact(),
                columns,
                file.evidence(),
                file.warnings(),
                ""));
    }

    void unreadable(StoredObject object, String problem) {
        warn(object.uri() + " is left out: " + problem);
        add(new CrawlReport.File(object.uri(), "", "", 0, 0, false, Map.of(), List.of(), List.of(), problem));
    }

    private void add(CrawlReport.File file) {
        if (files.size() < MOST_FILES) {
            files.add(file);
        } else {
            filesNotShown++;
        }
    }

    List<CrawlReport.Target> targets() {
        return List.copyOf(targets);
    }

    CrawlReport build() {
        return new CrawlReport(database, targets, tables, files, filesNotShown, warnings, warningsNotShown);
    }
}
