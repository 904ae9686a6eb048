package dev.mastic.crawler.crawl;

import dev.mastic.crawler.find.ListedTarget;
import dev.mastic.crawler.plan.PlanReport;
import dev.mastic.crawler.schedule.GlueCron;
import dev.mastic.crawler.schedule.Schedules;
import dev.mastic.wire.GlueJson;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.CrawlerNotRunningException;
import software.amazon.awssdk.services.glue.model.CrawlerStoppingException;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Runs of crawlers in PostgreSQL: those that go on, with their leases, and the history. Thread-safe. */
final class CrawlStore {
    /** Longer than any pause of a living server, short enough that nobody waits long for a dead one. */
    static final Duration LEASE = Duration.ofSeconds(20);

    private static final int LONGEST_ERROR = 2000;
    private static final String SERVER_DIED =
            "The server that ran this crawl stopped before its end, or lost its database; tables that were written are"
                    + " whole, start it again";

    private final Jdbi jdbi;

    CrawlStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * A run that was begun, and what to do in it.
     *
     * @param applies the plan that it must write, and nothing else; null when it writes whatever it finds
     */
    record Started(
            UUID id,
            Crawler crawler,
            RunKind kind,
            @Nullable PlanReport applies) {}

    /**
     * Begins a crawl, or a plan of one.
     *
     * @throws software.amazon.awssdk.services.glue.model.EntityNotFoundException when there is no such crawler
     * @throws software.amazon.awssdk.services.glue.model.CrawlerRunningException when it runs
     */
    Started start(String name, RunKind kind) {
        return start(name, kind, null, null);
    }

    /**
     * Begins a crawl that writes a plan.
     *
     * @throws software.amazon.awssdk.services.glue.model.EntityNotFoundException when there is no such crawler
     * @throws software.amazon.awssdk.services.glue.model.CrawlerRunningException when it runs
     */
    Started apply(String name, UUID planId, PlanReport plan) {
        return start(name, RunKind.CRAWL, planId, plan);
    }

    private Started start(String name, RunKind kind, @Nullable UUID planId, @Nullable PlanReport plan) {
        return jdbi.inTransaction(handle -> {
            Crawler crawler = CrawlerStore.lock(handle, name);
            failExpired(handle);
            return begin(handle, crawler, kind, planId, plan).orElseThrow(() -> CrawlerStore.running(name));
        });
    }

    /**
     * Begins the crawls whose time has come by their schedules: each tick once, whichever server looks. A tick that was
     * missed because no server ran is made up for once; one that finds the crawler running is left out.
     */
    List<Started> startDue(Instant now) {
        return jdbi.inTransaction(handle -> {
            List<Started> started = new ArrayList<>();
            List<Crawler> due = handle.createQuery("select definition from crawler.crawler where next_start <= :now"
                            + " order by next_start, name limit 20 for update skip locked")
                    .bind("now", Timestamp.from(now))
                    .mapTo(String.class)
                    .map(json -> GlueJson.read(json, Crawler.class))
                    .list();
            if (!due.isEmpty()) {
                failExpired(handle);
            }
            for (Crawler crawler : due) {
                Optional<Instant> next = Schedules.expression(crawler)
                        .flatMap(text -> GlueCron.parse(text).next(now));
                handle.createUpdate("update crawler.crawler set next_start = :next where name = :name")
                        .bind("next", next.map(Timestamp::from).orElse(null))
                        .bind("name", crawler.name())
                        .execute();
                begin(handle, crawler, RunKind.CRAWL, null, null).ifPresent(started::add);
            }
            return started;
        });
    }

    private static Optional<Started> begin(
            Handle handle, Crawler crawler, RunKind kind, @Nullable UUID planId, @Nullable PlanReport plan) {
        UUID id = UUID.randomUUID();
        int inserted = handle.createUpdate("insert into crawler.crawl"
                        + " (id, crawler, kind, applies, state, started_at, lease_until)"
                        + " values (:id, :name, :kind, cast(:applies as uuid), 'RUNNING', clock_timestamp(),"
                        + " now() + :lease * interval '1 second')"
                        + " on conflict (crawler) where ended_at is null do nothing")
                .bind("id", id)
                .bind("name", crawler.name())
                .bind("kind", kind.name())
                .bind("applies", planId == null ? null : planId.toString())
                .bind("lease", LEASE.toSeconds())
                .execute();
        return inserted == 0 ? Optional.empty() : Optional.of(new Started(id, crawler, kind, plan));
    }

    /**
     * Asks a crawl to stop.
     *
     * @throws software.amazon.awssdk.services.glue.model.EntityNotFoundException when there is no such crawler
     * @throws CrawlerNotRunningException when it does not run
     * @throws CrawlerStoppingException when it was asked already
     */
    UUID stop(String name) {
        return jdbi.inTransaction(handle -> {
            CrawlerStore.lock(handle, name);
            Optional<UUID> stopped = handle.createQuery("update crawler.crawl set state = 'STOPPING'"
                            + " where crawler = :name and state = 'RUNNING' returning id")
                    .bind("name", name)
                    .mapTo(UUID.class)
                    .findOne();
            if (stopped.isPresent()) {
                return stopped.get();
            }
            boolean stopping = handle.createQuery(
                            "select exists (select 1 from crawler.crawl where crawler = :name and state = 'STOPPING')")
                    .bind("name", name)
                    .mapTo(Boolean.class)
                    .one();
            if (stopping) {
                throw CrawlerStoppingException.builder()
                        .message("Crawler " + name + " is stopping already")
                        .build();
            }
            throw CrawlerNotRunningException.builder()
                    .message("Crawler " + name + " is not running")
                    .build();
        });
    }

    /**
     * Renews the leases of crawls and notes their progress.
     *
     * @return the states of those that this server may go on with
     */
    Map<UUID, CrawlState> renew(Collection<CrawlProgress> crawls) {
        return jdbi.inTransaction(handle -> {
            Map<UUID, CrawlState> states = new LinkedHashMap<>();
            for (CrawlProgress crawl : crawls) {
                handle.createQuery("update crawler.crawl set lease_until = now() + :lease * interval '1 second',"
                                + " objects_listed = :listed, objects_sampled = :sampled, phase = :phase,"
                                + " samples_found = :toSample, tables_found = :found, tables_written = :written"
                                + " where id = :id and ended_at is null returning state")
                        .bind("lease", LEASE.toSeconds())
                        .bind("listed", crawl.objectsListed())
                        .bind("sampled", crawl.objectsSampled())
                        .bind("phase", crawl.phase().name())
                        .bind("toSample", crawl.samplesFound())
                        .bind("found", crawl.tablesFound())
                        .bind("written", crawl.tablesWritten())
                        .bind("id", crawl.crawlId())
                        .mapTo(String.class)
                        .findOne()
                        .ifPresent(state -> states.put(crawl.crawlId(), CrawlState.valueOf(state)));
            }
            return states;
        });
    }

    /** Marks crawls FAILED whose server is gone. */
    void failExpired() {
        jdbi.useHandle(CrawlStore::failExpired);
    }

    /** Forgets crawls that ended more than twelve months ago, as Glue does, and plans of more than thirty days. */
    void deleteOld() {
        jdbi.useHandle(
                handle -> handle.execute("delete from crawler.crawl where ended_at < now() - interval '12 months'"
                        + " or (kind = 'PLAN' and ended_at < now() - interval '30 days')"));
    }

    private static void failExpired(Handle handle) {
        handle.createUpdate("update crawler.crawl set state = 'FAILED', error = :error,"
                        + " ended_at = greatest(now(), started_at)"
                        + " where ended_at is null and lease_until < now()")
                .bind("error", SERVER_DIED)
                .execute();
    }

    /** What is written when a crawl ends. */
    record End(
            CrawlProgress progress,
            CrawlState state,
            @Nullable String error,
            CrawlMode mode,
            CrawlCounts counts,
            List<ListedTarget> targets,
            String report,
            @Nullable String plan) {}

    /** Ends a crawl, once: an end that another server wrote before is kept. */
    void finish(End end) {
        String error = end.error();
        jdbi.useTransaction(handle -> {
            CrawlCounts counts = end.counts();
            int updated = handle.createUpdate(
                            "update crawler.crawl set state = :state, error = :error,"
                                    + " ended_at = greatest(clock_timestamp(), started_at),"
                                    + " objects_listed = :listed, objects_sampled = :sampled,"
                                    + " tables_created = :tc, tables_updated = :tu, tables_deleted = :td,"
                                    + " partitions_created = :pc, partitions_updated = :pu, partitions_deleted = :pd,"
                                    + " samples_found = :toSample, tables_found = :found, tables_written = :written, phase = 'ENDED', mode = :mode,"
                                    + " report = cast(:report as json), plan = cast(:plan as json) where id = :id and ended_at is null")
                    .bind("state", end.state().name())
                    .bind(
                            "error",
                            error != null && error.length() > LONGEST_ERROR ? error.substring(0, LONGEST_ERROR) : error)
                    .bind("listed", end.progress().objectsListed())
                    .bind("sampled", end.progress().objectsSampled())
                    .bind("tc", counts.tablesCreated)
                    .bind("tu", counts.tablesUpdated)
                    .bind("td", counts.tablesDeleted)
                    .bind("pc", counts.partitionsCreated)
                    .bind("pu", counts.partitionsUpdated)
                    .bind("pd", counts.partitionsDeleted)
                    .bind("toSample", end.progress().samplesFound())
                    .bind("found", end.progress().tablesFound())
                    .bind("written", end.progress().tablesWritten())
                    .bind("report", end.report())
                    .bind("plan", end.plan())
                    .bind("mode", end.mode().name())
                    .bind("id", end.progress().crawlId())
                    .execute();
            if (updated == 1 && !end.targets().isEmpty()) {
                insertTargets(handle, end);
            }
        });
    }

    private static void insertTargets(Handle handle, End end) {
        PreparedBatch batch = handle.prepareBatch("insert into crawler.crawl_target values"
                + " (:crawl, :position, :path, :listed, :skipped, :sampled, :bytes, :tables)");
        for (int i = 0; i < end.targets().size(); i++) {
            ListedTarget target = end.targets().get(i);
            batch.bind("crawl", end.progress().crawlId())
                    .bind("position", i)
                    .bind("path", target.path())
                    .bind("listed", target.objectsListed())
                    .bind("skipped", target.objectsSkipped())
                    .bind("sampled", target.objectsSampled())
                    .bind("bytes", target.bytes())
                    .bind("tables", target.tables())
                    .add();
        }
        batch.execute();
    }

    Optional<CrawlRecord> find(String crawler, UUID id) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select * from crawler.crawl where crawler = :crawler and id = :id")
                        .bind("crawler", crawler)
                        .bind("id", id)
                        .map((row, context) -> record(row))
                        .findOne());
    }

    /** The plan of a run that made one; JSON. */
    Optional<String> findPlan(UUID id) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select plan from crawler.crawl where id = :id and plan is not null")
                        .bind("id", id)
                        .mapTo(String.class)
                        .findOne());
    }

    /** The crawl that began last. */
    Optional<CrawlRecord> findLatest(String crawler) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from crawler.crawl where crawler = :crawler"
                        + " and kind = 'CRAWL' order by started_at desc, id limit 1")
                .bind("crawler", crawler)
                .map((row, context) -> record(row))
                .findOne());
    }

    /** The report of a crawl that ended; JSON. */
    Optional<String> findReport(UUID id) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select report from crawler.crawl where id = :id and report is not null")
                        .bind("id", id)
                        .mapTo(String.class)
                        .findOne());
    }

    /** Crawls of a crawler that match, the newest first. */
    List<CrawlRecord> list(String crawler, CrawlFilters filters, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from crawler.crawl where crawler = :crawler"
                        + " and kind = 'CRAWL'" + filters.condition() + " order by started_at desc, id limit :limit")
                .bind("crawler", crawler)
                .bindMap(filters.bindings())
                .bind("limit", limit)
                .map((row, context) -> record(row))
                .list());
    }

    /**
     * What crawlers did and how long they took.
     *
     * @param medianSeconds of the crawls that completed; null when none did
     * @param lastSeconds of the last crawl that ended; null when none did
     */
    record Totals(
            long created,
            long updated,
            long deleted,
            @Nullable Double medianSeconds,
            @Nullable Double lastSeconds) {}

    Totals totals(String crawler) {
        return jdbi.withHandle(handle -> handle.createQuery("select coalesce(sum(tables_created), 0) as created,"
                        + " coalesce(sum(tables_updated), 0) as updated, coalesce(sum(tables_deleted), 0) as deleted,"
                        + " percentile_cont(0.5) within group (order by extract(epoch from ended_at - started_at))"
                        + " filter (where state = 'COMPLETED') as median,"
                        + " (array_agg(extract(epoch from ended_at - started_at)::float8 order by started_at desc)"
                        + " filter (where ended_at is not null))[1] as last"
                        + " from crawler.crawl where crawler = :crawler and kind = 'CRAWL'")
                .bind("crawler", crawler)
                .map((row, context) -> new Totals(
                        row.getLong("created"),
                        row.getLong("updated"),
                        row.getLong("deleted"),
                        (Double) row.getObject("median"),
                        (Double) row.getObject("last")))
                .one());
    }

    static CrawlRecord record(ResultSet row) throws SQLException {
        Timestamp ended = row.getTimestamp("ended_at");
        return new CrawlRecord(
                row.getObject("id", UUID.class),
                row.getString("crawler"),
                RunKind.valueOf(row.getString("kind")),
                row.getObject("applies", UUID.class),
                CrawlMode.valueOf(row.getString("mode")),
                CrawlState.valueOf(row.getString("state")),
                row.getTimestamp("started_at").toInstant(),
                ended == null ? null : ended.toInstant(),
                row.getString("error"),
                progress(row),
                row.getInt("tables_created"),
                row.getInt("tables_updated"),
                row.getInt("tables_deleted"),
                row.getLong("partitions_created"),
                row.getLong("partitions_updated"),
                row.getLong("partitions_deleted"));
    }

    private static CrawlProgress progress(ResultSet row) throws SQLException {
        return new CrawlProgress(
                row.getObject("id", UUID.class),
                row.getString("crawler"),
                Phase.valueOf(row.getString("phase")),
                row.getLong("objects_listed"),
                row.getLong("samples_found"),
                row.getLong("objects_sampled"),
                row.getInt("tables_found"),
                row.getInt("tables_written"));
    }
}
