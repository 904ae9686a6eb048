package dev.mastic.crawler.crawl;

import dev.mastic.crawler.schedule.Schedules;
import dev.mastic.crawler.source.S3Location;
import dev.mastic.wire.GlueJson;
import dev.mastic.wire.rest.Json;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.CrawlerRunningException;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.NoScheduleException;
import software.amazon.awssdk.services.glue.model.RecrawlBehavior;
import software.amazon.awssdk.services.glue.model.S3Target;
import software.amazon.awssdk.services.glue.model.Schedule;
import software.amazon.awssdk.services.glue.model.SchedulerNotRunningException;
import software.amazon.awssdk.services.glue.model.SchedulerRunningException;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Definitions of crawlers in PostgreSQL. Thread-safe. */
final class CrawlerStore {
    private final Jdbi jdbi;

    CrawlerStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** @throws AlreadyExistsException when there is a crawler of that name */
    void create(Crawler crawler, String tags) {
        int inserted = jdbi.inTransaction(handle -> {
            int rows = handle.createUpdate("insert into crawler.crawler (name, definition, tags, next_start)"
                            + " values (:name, cast(:definition as json), cast(:tags as jsonb), :next)"
                            + " on conflict (name) do nothing")
                    .bind("name", crawler.name())
                    .bind("definition", GlueJson.write(crawler))
                    .bind("tags", tags)
                    .bind("next", first(crawler))
                    .execute();
            if (rows == 1) {
                writeEventTargets(handle, crawler);
            }
            return rows;
        });
        if (inserted == 0) {
            throw AlreadyExistsException.builder()
                    .message("Crawler " + crawler.name() + " already exists")
                    .build();
        }
    }

    Optional<CrawlerRecord> find(String name) {
        return records(List.of(name)).stream().findFirst();
    }

    /** @throws EntityNotFoundException when there is no such crawler */
    CrawlerRecord load(String name) {
        return find(name).orElseThrow(() -> notFound(name));
    }

    /** Those of some crawlers that there are, by name. */
    List<CrawlerRecord> records(List<String> names) {
        return jdbi.withHandle(handle -> {
            Map<String, CrawlRecord> active = new LinkedHashMap<>();
            Map<String, CrawlRecord> last = new LinkedHashMap<>();
            handle.createQuery("select * from crawler.crawl where crawler = any(:names) and ended_at is null")
                    .bindArray("names", String.class, names)
                    .map((row, context) -> CrawlStore.record(row))
                    .forEach(crawl -> active.put(crawl.crawler(), crawl));
            handle.createQuery("select distinct on (crawler) * from crawler.crawl"
                            + " where crawler = any(:names) and ended_at is not null and kind = 'CRAWL'"
                            + " order by crawler, started_at desc, id")
                    .bindArray("names", String.class, names)
                    .map((row, context) -> CrawlStore.record(row))
                    .forEach(crawl -> last.put(crawl.crawler(), crawl));
            return handle.createQuery(
                            "select name, definition, version, created_at, updated_at, next_start from crawler.crawler"
                                    + " where name = any(:names) order by name collate \"C\"")
                    .bindArray("names", String.class, names)
                    .map((row, context) ->
                            record(row, active.get(row.getString("name")), last.get(row.getString("name"))))
                    .list();
        });
    }

    /**
     * Names of crawlers, ordered.
     *
     * @param after names beyond this one
     * @param tags tags that the crawlers must have
     */
    List<String> names(String after, int limit, Map<String, String> tags) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select name from crawler.crawler where name collate \"C\" > :after"
                                + " and tags @> cast(:tags as jsonb) order by name collate \"C\" limit :limit")
                        .bind("after", after)
                        .bind("tags", Json.text(tags))
                        .bind("limit", limit)
                        .mapTo(String.class)
                        .list());
    }

    /**
     * Changes a definition.
     *
     * @throws EntityNotFoundException when there is no such crawler
     * @throws CrawlerRunningException while it runs
     */
    void update(String name, UnaryOperator<Crawler> change) {
        jdbi.useTransaction(handle -> {
            Crawler before = lockIdle(handle, name);
            Crawler after = change.apply(before);
            handle.createUpdate("update crawler.crawler set definition = cast(:definition as json),"
                            + " version = version + 1, updated_at = now() where name = :name")
                    .bind("name", name)
                    .bind("definition", GlueJson.write(after))
                    .execute();
            if (!Schedules.expression(after).equals(Schedules.expression(before))) {
                writeNextStart(handle, name, first(after));
            }
            writeEventTargets(handle, after);
        });
    }

    /** When a crawler's schedule begins to start it; null when it has none. */
    private static @Nullable Timestamp first(Crawler crawler) {
        return Schedules.first(crawler, Instant.now()).map(Timestamp::from).orElse(null);
    }

    private static void writeNextStart(Handle handle, String name, @Nullable Timestamp next) {
        handle.createUpdate("update crawler.crawler set next_start = :next where name = :name")
                .bind("name", name)
                .bind("next", next)
                .execute();
    }

    /**
     * Gives a crawler another schedule, also while it runs.
     *
     * @param expression empty to take it away
     * @throws EntityNotFoundException when there is no such crawler
     */
    void reschedule(String name, String expression) {
        jdbi.useTransaction(handle -> {
            Crawler after = lock(handle, name).toBuilder()
                    .schedule(
                            expression.isBlank()
                                    ? null
                                    : Schedule.builder()
                                            .scheduleExpression(expression)
                                            .build())
                    .build();
            handle.createUpdate("update crawler.crawler set definition = cast(:definition as json),"
                            + " version = version + 1, updated_at = now() where name = :name")
                    .bind("name", name)
                    .bind("definition", GlueJson.write(after))
                    .execute();
            writeNextStart(handle, name, first(after));
        });
    }

    /**
     * Begins to follow a schedule that was paused.
     *
     * @throws NoScheduleException when the crawler has none
     * @throws SchedulerRunningException when it is followed already
     */
    void resume(String name) {
        jdbi.useTransaction(handle -> {
            Crawler crawler = lock(handle, name);
            if (Schedules.expression(crawler).isEmpty()) {
                throw NoScheduleException.builder()
                        .message("Crawler " + name + " has no schedule; give it one by UpdateCrawlerSchedule")
                        .build();
            } else if (scheduled(handle, name)) {
                throw SchedulerRunningException.builder()
                        .message("The schedule of crawler " + name + " is SCHEDULED already")
                        .build();
            }
            writeNextStart(handle, name, first(crawler));
        });
    }

    /**
     * Pauses a schedule; a crawl that goes on is left alone.
     *
     * @throws SchedulerNotRunningException when it is not followed
     */
    void pause(String name) {
        jdbi.useTransaction(handle -> {
            lock(handle, name);
            if (!scheduled(handle, name)) {
                throw SchedulerNotRunningException.builder()
                        .message("Crawler " + name + " has no schedule that is SCHEDULED")
                        .build();
            }
            writeNextStart(handle, name, null);
        });
    }

    private static boolean scheduled(Handle handle, String name) {
        return handle.createQuery("select next_start is not null from crawler.crawler where name = :name")
                .bind("name", name)
                .mapTo(Boolean.class)
                .one();
    }

    /** Notes which events the crawler is to be told of: those of targets that name no queue. */
    private static void writeEventTargets(Handle handle, Crawler crawler) {
        handle.createUpdate("delete from crawler.event_target where crawler = :name")
                .bind("name", crawler.name())
                .execute();
        if (CrawlSources.behavior(crawler) == RecrawlBehavior.CRAWL_EVENT_MODE) {
            for (S3Target target : crawler.targets().s3Targets()) {
                if (target.eventQueueArn() == null) {
                    S3Location location = S3Location.parse(target.path());
                    handle.createUpdate("insert into crawler.event_target values (:name, :bucket, :prefix)"
                                    + " on conflict do nothing")
                            .bind("name", crawler.name())
                            .bind("bucket", location.bucket())
                            .bind("prefix", location.prefix())
                            .execute();
                }
            }
        }
    }

    /**
     * Deletes a crawler and its history.
     *
     * @throws EntityNotFoundException when there is no such crawler
     * @throws CrawlerRunningException while it runs
     */
    void delete(String name) {
        jdbi.useTransaction(handle -> {
            lockIdle(handle, name);
            handle.createUpdate("delete from crawler.crawler where name = :name")
                    .bind("name", name)
                    .execute();
        });
    }

    /** Holds a crawler's row until the transaction ends; whoever starts or changes it must have it. */
    static Crawler lock(Handle handle, String name) {
        return handle.createQuery("select definition from crawler.crawler where name = :name for update")
                .bind("name", name)
                .mapTo(String.class)
                .findOne()
                .map(json -> GlueJson.read(json, Crawler.class))
                .orElseThrow(() -> notFound(name));
    }

    private static Crawler lockIdle(Handle handle, String name) {
        Crawler crawler = lock(handle, name);
        boolean active = handle.createQuery(
                        "select exists (select 1 from crawler.crawl where crawler = :name and ended_at is null)")
                .bind("name", name)
                .mapTo(Boolean.class)
                .one();
        if (active) {
            throw running(name);
        }
        return crawler;
    }

    static CrawlerRunningException running(String name) {
        return CrawlerRunningException.builder()
                .message("Crawler " + name + " is running; wait until it is READY or stop it")
                .build();
    }

    static EntityNotFoundException notFound(String name) {
        return EntityNotFoundException.builder()
                .message("Crawler " + name + " not found")
                .build();
    }

    private static CrawlerRecord record(ResultSet row, @Nullable CrawlRecord active, @Nullable CrawlRecord last)
            throws SQLException {
        Timestamp next = row.getTimestamp("next_start");
        return new CrawlerRecord(
                GlueJson.read(row.getString("definition"), Crawler.class),
                row.getLong("version"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant(),
                next == null ? null : next.toInstant(),
                active,
                last);
    }

    /** Names that were asked for and are not there. */
    static List<String> missing(List<String> asked, List<CrawlerRecord> found) {
        List<String> missing = new ArrayList<>(asked);
        found.forEach(crawler -> missing.removeIf(crawler.definition().name()::equals));
        return missing;
    }
}
