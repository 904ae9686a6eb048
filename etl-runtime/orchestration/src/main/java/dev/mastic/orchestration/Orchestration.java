package dev.mastic.orchestration;

import dev.mastic.bookmarks.postgres.BookmarksSchema;
import dev.mastic.orchestration.bookmark.BookmarkRoutes;
import dev.mastic.orchestration.event.BucketEvents;
import dev.mastic.orchestration.event.EventDeliveries;
import dev.mastic.orchestration.event.EventRoutes;
import dev.mastic.orchestration.job.JobOperations;
import dev.mastic.orchestration.job.JobStore;
import dev.mastic.orchestration.launch.DriverLauncher;
import dev.mastic.orchestration.launch.ProcessDriverLauncher;
import dev.mastic.orchestration.launch.RunFolders;
import dev.mastic.orchestration.loop.BackgroundLoop;
import dev.mastic.orchestration.run.RunService;
import dev.mastic.orchestration.run.RunStarter;
import dev.mastic.orchestration.trigger.TriggerFiring;
import dev.mastic.orchestration.trigger.TriggerOperations;
import dev.mastic.wire.rest.RestRoute;
import dev.mastic.wire.tag.TagColumn;
import dev.mastic.wire.tag.TaggedResources;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jdbi.v3.core.Jdbi;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;

import javax.sql.DataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Jobs, runs, bookmarks, triggers and bucket events of one server. Several servers may share one PostgreSQL. Thread-safe.
 */
public final class Orchestration implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PRUNE = Duration.ofHours(1);

    private final BucketEvents events;
    private final EventRoutes eventRoutes;
    private final BookmarkRoutes bookmarkRoutes;
    private final RunService runs;
    private final JobOperations jobs;
    private final TriggerOperations triggers;
    private final BackgroundLoop firing;
    private final BackgroundLoop pruning;
    private final OrchestrationMetrics metrics;
    private final List<TaggedResources> taggedResources;

    private Orchestration(
            OrchestrationSettings settings,
            DataSource dataSource,
            S3Client s3,
            GlueClient catalog,
            DriverLauncher launcher,
            RunFolders folders) {
        this.taggedResources = List.of(
                TagColumn.named(dataSource, "job", "orchestration.job", UnaryOperator.identity()),
                TagColumn.named(dataSource, "trigger", "orchestration.trigger", UnaryOperator.identity()));
        Jdbi jdbi = Jdbi.create(dataSource);
        JobStore jobStore = new JobStore();
        EventDeliveries deliveries = new EventDeliveries(settings.times().eventBackoff());
        RunStarter starter = new RunStarter(jobStore);
        this.runs = new RunService(
                new RunService.Settings(
                        serverId(settings.dataFolder()),
                        settings.maxDrivers(),
                        settings.times().heartbeat(),
                        settings.times().lease()),
                jdbi,
                s3,
                catalog,
                jobStore,
                starter,
                deliveries,
                launcher,
                folders,
                this::wakeFiring);
        this.metrics = new OrchestrationMetrics(jdbi, runs.endedRuns());
        TriggerFiring triggerFiring = new TriggerFiring(jdbi, jobStore, starter, deliveries, runs::wake);
        this.firing = new BackgroundLoop("fire-triggers", POLL, triggerFiring::fire);
        this.events = new BucketEvents(jdbi, this::wakeFiring);
        this.pruning = new BackgroundLoop("prune", PRUNE, () -> {
            events.prune();
            folders.sweep(runs::isOver);
            return false;
        });
        this.eventRoutes = new EventRoutes(jdbi, events, deliveries, this::wakeFiring, settings.webhookToken());
        this.bookmarkRoutes = new BookmarkRoutes(jdbi, s3, jobStore, runs::openRuns);
        this.jobs = new JobOperations(jdbi, jobStore, runs.deletion());
        this.triggers = new TriggerOperations(jdbi, starter, () -> {
            wakeFiring();
            runs.wake();
        });
    }

    /**
     * Brings the schemas to the newest version and composes the parts; nothing runs before {@link #start()}.
     *
     * @param dataSource with at least eight connections: each of the background threads may hold one while the catalog
     *     needs others
     * @param s3 the store that jobs write to; not closed by this object
     * @param catalog where outputs are registered; not closed by this object
     */
    public static Orchestration open(
            OrchestrationSettings settings, DataSource dataSource, S3Client s3, GlueClient catalog) {
        RunFolders folders = new RunFolders(settings.dataFolder());
        return open(
                settings,
                dataSource,
                s3,
                catalog,
                ProcessDriverLauncher.ofHome(settings.driverEnvironment(), folders, settings.driverHome()));
    }

    /** As the other, with drivers started in another way. */
    public static Orchestration open(
            OrchestrationSettings settings,
            DataSource dataSource,
            S3Client s3,
            GlueClient catalog,
            DriverLauncher launcher) {
        BookmarksSchema.migrate(dataSource);
        OrchestrationSchema.migrate(dataSource);
        return new Orchestration(settings, dataSource, s3, catalog, launcher, new RunFolders(settings.dataFolder()));
    }

    /** A server that is started again on the same folder is the same server: its drivers still count as its own. */
    private static String serverId(Path dataFolder) {
        Path file = dataFolder.resolve("server-id");
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(dataFolder);
                Files.writeString(file, UUID.randomUUID() + "\n");
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("The server's id " + file + " can be neither read nor written", e);
        }
    }

    private void wakeFiring() {
        // The parts are told of each other while they are composed; by the time one of them calls, all are there.
        firing.wake();
    }

    /** The parts that answer Glue's operations on jobs, runs, bookmarks and triggers. */
    public List<GlueClient> operations() {
        return List.of(jobs, runs.operations(), triggers);
    }

    /** Tags of jobs and triggers. */
    public List<TaggedResources> taggedResources() {
        return taggedResources;
    }

    /** The REST routes of runs, drivers, events and bookmarks. */
    public List<RestRoute> routes() {
        return Stream.of(runs.routes(), eventRoutes.routes(), bookmarkRoutes.routes())
                .flatMap(List::stream)
                .toList();
    }

    /** Figures of runs, events and publications. */
    public MeterBinder metrics() {
        return metrics;
    }

    /** Where events of buckets come in that do not come by the webhook. */
    public BucketEvents events() {
        return events;
    }

    /** Starts taking runs, firing triggers and publishing; the routes must be reachable by then. */
    public void start() {
        runs.start();
        firing.start();
        pruning.start();
    }

    /** Takes no more runs, puts the runs of this server's drivers back into the queue, and kills the drivers. */
    @Override
    public void close() {
        firing.close();
        pruning.close();
        runs.close();
    }
}
