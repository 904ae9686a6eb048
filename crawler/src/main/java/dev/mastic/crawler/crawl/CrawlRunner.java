package dev.mastic.crawler.crawl;

import dev.mastic.crawler.source.CancelledException;
import dev.mastic.crawler.source.SourceException;
import dev.mastic.wire.rest.Json;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.glue.GlueClient;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs crawls on a few threads, renews their leases, hears of stops that other servers were asked for, and fails crawls
 * whose server is gone. Thread-safe.
 */
public final class CrawlRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CrawlRunner.class);
    private static final int CRAWLS_AT_ONCE = 2;
    private static final int READERS = 8;
    private static final Duration BEAT = Duration.ofMillis(500);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration SWEEP = Duration.ofSeconds(5);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

    private final CrawlStore crawls;
    private final CrawlSources sources;
    private final GlueClient catalog;
    private final Map<UUID, Crawl> active = new ConcurrentHashMap<>();
    private final ExecutorService crawlers = Executors.newFixedThreadPool(CRAWLS_AT_ONCE, daemons("crawl"));
    private final ExecutorService readers = Executors.newFixedThreadPool(READERS, daemons("crawl-reader"));
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2, daemons("crawl-clock"));
    private final Clock time;
    private volatile boolean closing;

    CrawlRunner(CrawlStore crawls, CrawlSources sources, GlueClient catalog, Clock time) {
        this.crawls = crawls;
        this.sources = sources;
        this.catalog = catalog;
        this.time = time;
        clock.scheduleWithFixedDelay(this::beat, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Begins to look for crawls whose server is gone, and for schedules, at once and from then on. */
    public void start() {
        clock.scheduleWithFixedDelay(this::sweep, 0, SWEEP.toMillis(), TimeUnit.MILLISECONDS);
        clock.scheduleWithFixedDelay(this::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Takes a crawl on. */
    void submit(CrawlStore.Started started) {
        Crawl crawl =
                new Crawl(started, (cancellation, warn) -> sources.of(started, cancellation, warn), readers, catalog);
        active.put(started.id(), crawl);
        crawlers.execute(() -> run(crawl));
    }

    /** Stops a crawl if it is one of this server's; otherwise its own server hears of it by its next beat. */
    void cancel(UUID id) {
        Crawl crawl = active.get(id);
        if (crawl != null) {
            cancel(crawl);
        }
    }

    /** Crawls that go on in this server. */
    public List<CrawlProgress> progress() {
        return active.values().stream().map(Crawl::progress).toList();
    }

    private void cancel(Crawl crawl) {
        crawl.cancellation().cancel();
        if (crawl.begin()) {
            // It still waits for a thread: nobody else will end it.
            finish(crawl, CrawlState.STOPPED, null);
        }
    }

    private void run(Crawl crawl) {
        if (!crawl.begin()) {
            return;
        }
        CrawlProgress progress = crawl.progress();
        MDC.put("crawler", progress.crawler());
        MDC.put("crawl", progress.crawlId().toString());
        try {
            LOG.info("Crawl {} of crawler {} begins", progress.crawlId(), progress.crawler());
            crawl.cancellation().check();
            crawl.run();
            finish(crawl, CrawlState.COMPLETED, null);
        } catch (CancelledException e) {
            if (closing) {
                finish(crawl, CrawlState.FAILED, "The server was stopped before the crawl's end; start it again");
            } else {
                finish(crawl, CrawlState.STOPPED, null);
            }
        } catch (SourceException | CrawlFailure e) {
            finish(crawl, CrawlState.FAILED, e.getMessage());
        } catch (AwsServiceException e) {
            finish(crawl, CrawlState.FAILED, "The catalog refused: " + message(e));
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("Crawl {} of crawler {} failed", progress.crawlId(), progress.crawler(), e);
            finish(crawl, CrawlState.FAILED, "The crawl failed: " + e + "; the server's log has the cause");
        } finally {
            MDC.remove("crawler");
            MDC.remove("crawl");
        }
    }

    private static @Nullable String message(AwsServiceException e) {
        return e.awsErrorDetails() == null || e.awsErrorDetails().errorMessage() == null
                ? e.getMessage()
                : e.awsErrorDetails().errorMessage();
    }

    private void finish(Crawl crawl, CrawlState state, @Nullable String error) {
        CrawlProgress progress = crawl.progress();
        try {
            crawls.finish(new CrawlStore.End(
                    progress,
                    state,
                    error,
                    crawl.mode(),
                    crawl.counts(),
                    crawl.report().targets(),
                    wellFormed(Json.text(crawl.report().build())),
                    crawl.planned().map(plan -> wellFormed(Json.text(plan))).orElse(null)));
            CrawlCounts counts = crawl.counts();
            LOG.info(
                    "Crawl {} of crawler {} ended {} in mode {}: {} objects listed, {} read; tables {} created, {} updated,"
                            + " {} deleted; partitions {} created, {} updated, {} deleted{}",
                    progress.crawlId(),
                    progress.crawler(),
                    state,
                    crawl.mode(),
                    progress.objectsListed(),
                    progress.objectsSampled(),
                    counts.tablesCreated,
                    counts.tablesUpdated,
                    counts.tablesDeleted,
                    counts.partitionsCreated,
                    counts.partitionsUpdated,
                    counts.partitionsDeleted,
                    error == null ? "" : "; " + error);
        } catch (RuntimeException e) {
            // The lease runs out, and the sweep of any server marks the crawl FAILED.
            LOG.error("The end {} of crawl {} could not be written", state, progress.crawlId(), e);
        } finally {
            active.remove(progress.crawlId());
        }
    }

    /** Half of a character, cut from a value of a file for instance, cannot be stored. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private void beat() {
        if (active.isEmpty()) {
            return;
        }
        try {
            List<Crawl> running = List.copyOf(active.values());
            Map<UUID, CrawlState> states =
                    crawls.renew(running.stream().map(Crawl::progress).toList());
            for (Crawl crawl : running) {
                CrawlState state = states.get(crawl.progress().crawlId());
                if (state != CrawlState.RUNNING) {
                    // Asked to stop, or ended by another server because the lease ran out.
                    cancel(crawl);
                }
            }
        } catch (RuntimeException e) {
            LOG.warn("Leases of crawls could not be renewed; tried again in {} ms: {}", BEAT.toMillis(), e.toString());
        }
    }

    private void tick() {
        if (closing) {
            return;
        }
        try {
            crawls.startDue(time.instant()).forEach(this::submit);
        } catch (RuntimeException e) {
            LOG.warn("Schedules could not be looked at; tried again in {} s: {}", TICK.toSeconds(), e.toString());
        }
    }

    private void sweep() {
        try {
            crawls.failExpired();
            crawls.deleteOld();
        } catch (RuntimeException e) {
            LOG.warn(
                    "Lost and old crawls could not be looked for; tried again in {} s: {}",
                    SWEEP.toSeconds(),
                    e.toString());
        }
    }

    /** Stops the crawls that go on, marks them FAILED, and returns when that is done. */
    @Override
    public void close() {
        closing = true;
        active.values().forEach(crawl -> crawl.cancellation().cancel());
        crawlers.shutdown();
        try {
            if (!crawlers.awaitTermination(LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Crawls did not end in {} s; their leases will run out", LONGEST_CLOSE.toSeconds());
            }
            // A look that goes on may end, so that nobody closes the database under it.
            clock.shutdown();
            if (!clock.awaitTermination(BEAT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("A look at the database goes on and is cut off");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        clock.shutdownNow();
        readers.shutdownNow();
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
