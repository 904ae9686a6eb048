package dev.mastic.crawler.crawl;

import dev.mastic.crawler.crawl.CrawlSources.Inputs;
import dev.mastic.crawler.find.CrawlScope;
import dev.mastic.crawler.find.CrawlSource;
import dev.mastic.crawler.find.Findings;
import dev.mastic.crawler.find.Sampled;
import dev.mastic.crawler.plan.CrawlPlan;
import dev.mastic.crawler.plan.PlanReport;
import dev.mastic.crawler.plan.PlanReports;
import dev.mastic.crawler.plan.Planner;
import dev.mastic.crawler.source.Cancellation;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Crawler;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * One run of a crawler: looks through the targets, plans, and only then writes into the catalog, so that a target that
 * fails leaves the catalog as it was. Run by one thread; others may cancel it and look at its progress.
 */
final class Crawl {
    private final CrawlStore.Started started;
    private final Crawler crawler;
    private final Opening open;
    private final ExecutorService readers;
    private final GlueClient catalog;
    private final Cancellation cancellation = new Cancellation();
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicLong listed = new AtomicLong();
    private final AtomicLong toSample = new AtomicLong();
    private final AtomicLong sampled = new AtomicLong();
    private volatile CrawlMode mode = CrawlMode.EVERYTHING;
    private volatile Phase phase = Phase.WAITING;
    private volatile int tablesFound;
    private volatile int tablesWritten;
    private volatile @Nullable PlanReport planned;
    private final CrawlCounts counts = new CrawlCounts();
    private final ReportBuilder report;

    /** Opens the targets of a run. */
    @FunctionalInterface
    interface Opening {
        Inputs open(Cancellation cancellation, Consumer<String> warn);
    }

    /**
     * @param open opens the targets, in the crawl's own thread
     * @param readers threads that wait for stores
     */
    Crawl(CrawlStore.Started started, Opening open, ExecutorService readers, GlueClient catalog) {
        this.started = started;
        this.crawler = started.crawler();
        this.open = open;
        this.readers = readers;
        this.catalog = catalog;
        this.report = new ReportBuilder(CrawlRules.database(crawler));
    }

    Cancellation cancellation() {
        return cancellation;
    }

    CrawlProgress progress() {
        return new CrawlProgress(
                started.id(),
                crawler.name(),
                phase,
                listed.get(),
                toSample.get(),
                sampled.get(),
                tablesFound,
                tablesWritten);
    }

    CrawlCounts counts() {
        return counts;
    }

    ReportBuilder report() {
        return report;
    }

    /** How much of the targets it looks at. */
    CrawlMode mode() {
        return mode;
    }

    /** What the run would write; empty unless it is a plan that came to its end. */
    Optional<PlanReport> planned() {
        return Optional.ofNullable(planned);
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
        Planner planner = new Planner(catalog, CrawlRules.of(crawler, started.id()), cancellation);
        phase = Phase.LISTING;
        Inputs inputs = open.open(cancellation, report::warn);
        mode = inputs.mode();
        report.note("Mode " + mode);
        if (inputs.sources().stream().allMatch(CrawlSource::idle)) {
            report.note("No events since the last crawl: nothing was looked at");
            return;
        }
        List<Findings> all = find(inputs.sources());
        phase = Phase.PLANNING;
        CrawlPlan plan = planner.plan(all);
        plan.warnings().forEach(report::warn);
        PlanReport applies = started.applies();
        if (applies != null) {
            CrawlRules.checkPlan(applies, PlanReports.of(plan, all, List.of()));
        }
        if (started.kind() == RunKind.PLAN) {
            planned = PlanReports.of(plan, all, report.warnings());
        } else {
            phase = Phase.WRITING;
            new CatalogWriter(catalog, planner, cancellation, counts, report)
                    .write(plan, applies == null ? OnRace.PLAN_ANEW : OnRace.FAIL, () -> tablesWritten++);
            inputs.completed();
        }
    }

    private List<Findings> find(List<CrawlSource> sources) {
        Scope scope = new Scope();
        List<Findings> all = new ArrayList<>();
        for (CrawlSource source : sources) {
            cancellation.check();
            if (source.idle()) {
                continue;
            }
            Findings findings = source.find(scope);
            report.add(findings.target());
            tablesFound += findings.tables().size();
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
            phase = Phase.LISTING;
            listed.addAndGet(objects);
        }

        @Override
        public void toSample(long samples) {
            phase = Phase.READING;
            toSample.addAndGet(samples);
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
