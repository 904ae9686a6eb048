package dev.mastic.orchestration.run;

import dev.mastic.bookmarks.postgres.Bookmarks;
import dev.mastic.bookmarks.postgres.PostgresLedger;
import dev.mastic.bookmarks.postgres.Publications;
import dev.mastic.bookmarks.publish.Leftovers;
import dev.mastic.bookmarks.publish.Publisher;
import dev.mastic.orchestration.event.EventDeliveries;
import dev.mastic.orchestration.job.JobOperations;
import dev.mastic.orchestration.job.JobStore;
import dev.mastic.orchestration.launch.DriverLauncher;
import dev.mastic.orchestration.launch.RunFolders;
import dev.mastic.orchestration.loop.BackgroundLoop;
import dev.mastic.wire.rest.RestRoute;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything about runs, composed: their operations, their routes and their background work. Thread-safe. */
public final class RunService implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration DROP_PAUSE = Duration.ofSeconds(5);
    private static final int PUBLISHERS = 2;

    private final RunStore runs = new RunStore();
    private final RunLifecycle lifecycle;
    private final Bookmarks bookmarks;
    private final Publisher publisher;
    private final DriverDispatch dispatch;
    private final DriverRoutes driverRoutes;
    private final RunRoutes runRoutes;
    private final RunOperations operations;
    private final BackgroundLoop launching;
    private final BackgroundLoop sweeping;
    private final BackgroundLoop dropping;
    private final List<BackgroundLoop> publishing;
    private final Jdbi jdbi;
    private final Duration lease;

    /**
     * @param settings how this server runs drivers
     * @param roomMade called when a run has ended, so that what waits for room may be looked at
     */
    public RunService(
            Settings settings,
            Jdbi jdbi,
            S3Client s3,
            GlueClient catalog,
            JobStore jobs,
            RunStarter starter,
            EventDeliveries deliveries,
            DriverLauncher launcher,
            RunFolders folders,
            Runnable roomMade) {
        this.jdbi = jdbi;
        this.lease = settings.lease();
        PostgresLedger ledger = new PostgresLedger();
        Publications publications = new Publications();
        this.bookmarks = new Bookmarks(ledger);
        this.publisher = new Publisher(s3, catalog);
        Runnable changed = () -> {
            wake();
            roomMade.run();
        };
        this.lifecycle = new RunLifecycle(jdbi, runs, starter, ledger, bookmarks, publications, deliveries, changed);
        this.dispatch = new DriverDispatch(
                jdbi,
                jobs,
                runs,
                starter,
                lifecycle,
                launcher,
                folders,
                settings.serverId(),
                settings.maxDrivers(),
                settings.lease(),
                changed);
        LeaseSweep sweep = new LeaseSweep(jdbi, runs, lifecycle, ledger, new Leftovers(s3), settings.lease());
        PublicationLoop publicationLoop = new PublicationLoop(jdbi, runs, lifecycle, publications, publisher, changed);
        this.launching = new BackgroundLoop("launch-drivers", POLL, () -> {
            dispatch.killDecided();
            return dispatch.launchNext();
        });
        this.sweeping = new BackgroundLoop("sweep-leases", sweepPause(settings.lease()), () -> {
            sweep.sweep();
            return false;
        });
        StagedTableSweep tables = new StagedTableSweep(jdbi, publisher, this::isOver);
        this.dropping = new BackgroundLoop("drop-staged-tables", DROP_PAUSE, () -> {
            tables.sweep();
            return false;
        });
        this.publishing = Stream.iterate(1, number -> number + 1)
                .limit(PUBLISHERS)
                .map(number -> new BackgroundLoop("publish-runs-" + number, POLL, publicationLoop::publishNext))
                .toList();
        this.driverRoutes = new DriverRoutes(new DriverSessions(
                jdbi,
                runs,
                lifecycle,
                ledger,
                publications,
                deliveries,
                publisher,
                new DriverSessions.Lease(settings.heartbeat(), settings.lease()),
                () -> publishing.forEach(BackgroundLoop::wake)));
        this.runRoutes = new RunRoutes(jdbi, runs, publications, deliveries, folders);
        this.operations = new RunOperations(jdbi, jobs, runs, starter, lifecycle, bookmarks, changed);
    }

    /** Whether a run has ended so long ago that its driver must have ended too; a run that nobody knows is over. */
    public boolean isOver(String runId) {
        return jdbi.<Boolean, RuntimeException>withHandle(handle -> runs.find(handle, runId)
                .map(run -> run.completedOn() != null
                        && run.completedOn().plus(lease.multipliedBy(2)).isBefore(Instant.now()))
                .orElse(true));
    }

    private static Duration sweepPause(Duration lease) {
        Duration tenth = lease.dividedBy(10);
        return tenth.compareTo(Duration.ofSeconds(1)) > 0 ? Duration.ofSeconds(1) : tenth;
    }

    /** The runs of a job that have not ended, by id. */
    public List<String> openRuns(Handle handle, String jobName) {
        return runs.notEnded(handle, jobName);
    }

    /** Glue's operations on runs and bookmarks. */
    public GlueClient operations() {
        return operations;
    }

    /** How many runs this server has seen to their end. */
    public EndedRuns endedRuns() {
        return lifecycle.endedRuns();
    }

    /** The REST routes of runs, for users and for drivers. */
    public List<RestRoute> routes() {
        return Stream.concat(driverRoutes.routes().stream(), runRoutes.routes().stream())
                .toList();
    }

    /** What goes with a deleted job: its bookmark, its queued runs; its active runs are asked to stop. */
    public JobOperations.Deletion deletion() {
        return this::jobDeleted;
    }

    private void jobDeleted(Handle handle, String jobName) {
        for (String id : runs.notEnded(handle, jobName)) {
            Optional<RunRecord> open = runs.lock(handle, id).filter(RunRecord::isOpen);
            open.ifPresent(run -> lifecycle.stop(handle, run, "job " + jobName + " was deleted"));
        }
        bookmarks.delete(handle, jobName);
    }

    /** Starts the background work. */
    public void start() {
        launching.start();
        sweeping.start();
        dropping.start();
        publishing.forEach(BackgroundLoop::start);
    }

    /** Looks at the queue now instead of soon. */
    public void wake() {
        launching.wake();
    }

    /** Takes no more runs, puts those of this server's drivers back into the queue, and kills the drivers. */
    @Override
    public void close() {
        launching.close();
        dispatch.stopAll();
        sweeping.close();
        dropping.close();
        publishing.forEach(BackgroundLoop::close);
        publisher.close();
    }

    /**
     * How this server runs drivers.
     *
     * @param serverId the same for all servers that run on one data folder, one after the other
     * @param maxDrivers how many drivers at once
     * @param heartbeat how often a driver speaks
     * @param lease how long a driver may be silent
     */
    public record Settings(String serverId, int maxDrivers, Duration heartbeat, Duration lease) {}
}
