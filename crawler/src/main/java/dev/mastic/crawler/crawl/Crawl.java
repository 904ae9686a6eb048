package dev.mastic.crawler.crawl;

import dev.mastic.crawler.find.CrawlScope;
import dev.mastic.crawler.find.CrawlSource;
import dev.mastic.crawler.find.Findings;
import dev.mastic.crawler.find.Sampled;
import dev.mastic.crawler.plan.CrawlPlan;
import dev.mastic.crawler.plan.Planner;
import dev.mastic.crawler.source.Cancellation;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Crawler;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One run of a crawler: looks through the targets, plans, and only then writes into the catalog, so that a target that
 * fails leaves the catalog as it was. Run by one thread; others may cancel it and look at its progress.
 */
final class Crawl {
    private final UUID id;
    private final Crawler crawler;
    private final List<CrawlSource> sources;
    private final ExecutorService readers;
    private final GlueClient catalog;
    private final Cancellation cancellation = new Cancellation();
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicLong listed = new AtomicLong();
    private final AtomicLong sampled = new AtomicLong();
    private final CrawlCounts counts = new CrawlCounts();
    private final ReportBuilder report;

    /** @param readers threads that wait for stores */
    Crawl(UUID id, Crawler crawler, List<CrawlSource> sources, ExecutorService readers, GlueClient catalog) {
        this.id = id;
        this.crawler = crawler;
        this.sources = List.copyOf(sources);
        this.readers = readers;
        this.catalog = catalog;
        this.report = new ReportBuilder(crawler.databaseName());
    }

    Cancellation cancellation() {
        return cancellation;
    }

    CrawlProgress progress() {
        return new CrawlProgress(id, crawler.name(), listed.get(), sampled.get());
    }

    CrawlCounts counts() {
        return counts;
    }

    ReportBuilder report() {
        return report;
    }

    /** Claims the crawl for the thread that runs or ends it; false when another has it. */
    boolean begin() {
        return begun.compareAndSet(false, true);
    }

    /**
     * Crawls.
     *
     * @throws dev.mastic.crawler.source.CancelledException when it was cancelled
     * @throws RuntimeException with a message for the crawl's history when it failed
     */
    void run() {
        Planner planner = new Planner(catalog, CrawlRules.of(crawler, id), cancellation);
        CrawlPlan plan = planner.plan(find());
        plan.warnings().forEach(report::warn);
        new CatalogWriter(catalog, planner, cancellation, counts, report).write(plan);
    }

    private List<Findings> find() {
        Scope scope = new Scope();
        List<Findings> all = new ArrayList<>();
        for (CrawlSource source : sources) {
            cancellation.check();
            Findings findings = source.find(scope);
            report.add(findings.target());
            all.add(findings);
        }
        CrawlRules.checkThreshold(
                crawler,
                all.stream().mapToLong(findings -> findings.tables().size()).sum());
        return all;
    }

    private final class Scope implements CrawlScope {
        @Override
        public Cancellation cancellation() {
            return cancellation;
        }

        @Override
        public ExecutorService readers() {
            return readers;
        }

        @Override
        public void listed(long objects) {
            listed.addAndGet(objects);
        }

        @Override
        public void sampled(Sampled sample) {
            sampled.incrementAndGet();
            report.add(sample);
        }

        @Override
        public void warn(String warning) {
            report.warn(warning);
        }
    }
}
