package dev.mastic.crawler;

import dev.mastic.crawler.crawl.CrawlProgress;
import dev.mastic.crawler.crawl.CrawlerParts;
import dev.mastic.crawler.crawl.TargetStores;
import dev.mastic.wire.rest.RestRoute;
import dev.mastic.wire.tag.TagColumn;
import dev.mastic.wire.tag.TaggedResources;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;

import javax.sql.DataSource;
import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;

/** The crawlers of one server. Thread-safe. */
public final class Crawlers implements AutoCloseable {
    private final CrawlerParts parts;
    private final List<TaggedResources> taggedResources;

    private Crawlers(CrawlerParts parts, DataSource dataSource) {
        this.parts = parts;
        this.taggedResources =
                List.of(TagColumn.named(dataSource, "crawler", "crawler.crawler", UnaryOperator.identity()));
    }

    /**
     * Brings the schema {@code crawler} up to date and makes the crawlers ready. Several servers may do so on one
     * database.
     *
     * @param s3 reads the targets; stays the caller's
     * @param catalog gets the tables: this process's own, or one that is called by HTTP; stays the caller's
     */
    public static Crawlers open(DataSource dataSource, S3Client s3, GlueClient catalog) {
        return open(dataSource, TargetStores.of(s3), catalog, Clock.systemUTC());
    }

    /**
     * As the other, with more stores than S3, and schedules that go by another clock.
     *
     * @param stores where the targets are
     */
    public static Crawlers open(DataSource dataSource, TargetStores stores, GlueClient catalog, Clock clock) {
        CrawlerSchema.migrate(dataSource);
        return new Crawlers(CrawlerParts.of(dataSource, stores, catalog, clock), dataSource);
    }

    /** The implementation of the Glue API's operations on crawlers and classifiers. */
    public List<GlueClient> operations() {
        return parts.operations();
    }

    /** Tags of crawlers. */
    public List<TaggedResources> taggedResources() {
        return taggedResources;
    }

    /** The routes of the REST API. */
    public List<RestRoute> routes() {
        return parts.routes();
    }

    /**
     * Takes in that objects came, went or changed, for crawlers in CRAWL_EVENT_MODE without a queue of their own; when this
     * returns it is durable. The same event twice, or late, does no harm: it only says where to look.
     *
     * @throws RuntimeException of the database when nothing was stored: the sender must send again
     */
    public void touched(List<TouchedObject> objects) {
        parts.folders()
                .touch(
                        objects.stream().map(TouchedObject::bucket).toList(),
                        objects.stream().map(TouchedObject::key).toList());
    }

    /** An object that an event of its bucket named. */
    public record TouchedObject(String bucket, String key) {}

    /** Begins to follow schedules, and to look for crawls whose server is gone so that they can be started again. */
    public void start() {
        parts.runner().start();
    }

    /** Crawls that go on in this server, with objects listed and read so far. */
    public List<CrawlProgress> progress() {
        return parts.runner().progress();
    }

    /** Stops the crawls that go on and marks them FAILED. */
    @Override
    public void close() {
        parts.runner().close();
    }
}
