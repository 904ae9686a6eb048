package dev.mastic.orchestration.run;

import dev.mastic.bookmarks.Failpoint;
import dev.mastic.orchestration.job.JobStore;
import dev.mastic.orchestration.launch.DriverLauncher;
import dev.mastic.orchestration.launch.RunFolders;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.glue.model.Job;
import software.amazon.awssdk.services.glue.model.JobRunState;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes runs from the queue while this server has capacity, starts their drivers, and kills those whose run has been
 * ended. Thread-safe.
 */
final class DriverDispatch {
    private static final Logger LOG = LoggerFactory.getLogger(DriverDispatch.class);
    /** Until its first word a driver has at least this long: a JVM with Spark takes its time on a busy machine. */
    private static final Duration SHORTEST_FIRST_LEASE = Duration.ofSeconds(60);
    /** How long a driver may take to exit after its run was decided. */
    private static final Duration EXIT_GRACE = Duration.ofSeconds(30);
    /** How long the end of killed drivers is waited for. */
    private static final Duration KILL_PATIENCE = Duration.ofSeconds(5);
    /** Runs of jobs at MaxConcurrentRuns stand in the way of later ones only beyond this many. */
    private static final int LOOK_AHEAD = 50;

    private final Jdbi jdbi;
    private final JobStore jobs;
    private final RunStore runs;
    private final RunStarter starter;
    private final RunLifecycle lifecycle;
    private final DriverLauncher launcher;
    private final RunFolders folders;
    private final String serverId;
    private final int maxDrivers;
    private final Duration lease;
    private final Runnable changed;
    private final Map<String, Started> drivers = new ConcurrentHashMap<>();

    DriverDispatch(
            Jdbi jdbi,
            JobStore jobs,
            RunStore runs,
            RunStarter starter,
            RunLifecycle lifecycle,
            DriverLauncher launcher,
            RunFolders folders,
            String serverId,
            int maxDrivers,
            Duration lease,
            Runnable changed) {
        this.jdbi = jdbi;
        this.jobs = jobs;
        this.runs = runs;
        this.starter = starter;
        this.lifecycle = lifecycle;
        this.launcher = launcher;
        this.folders = folders;
        this.serverId = serverId;
        this.maxDrivers = maxDrivers;
        this.lease = lease;
        this.changed = changed;
    }

    /** Starts the next driver, if a run waits and there is capacity; tells whether it did. */
    boolean launchNext() {
        Taken taken = jdbi.inTransaction(this::take);
        if (taken == null) {
            return false;
        }
        RunRecord run = taken.run();
        int launch = run.launches() + 1;
        try (RunLogContext context = RunLogContext.of(run)) {
            // Known before it runs: it may be over before launch() returns.
            Started started = new Started(launch);
            drivers.put(run.id(), started);
            started.driver = launcher.launch(
                    new DriverLauncher.Launch(
                            run.id(), taken.token().text(), run.request().workerTypeAsString()),
                    code -> exited(run.id(), launch, code));
            LOG.info("Run {} of job {} has its driver", run.id(), run.jobName());
        } catch (IOException | RuntimeException e) {
            LOG.error("The driver of run {} could not be started", run.id(), e);
            drivers.remove(run.id());
            lifecycle.end(
                    run.id(),
                    RunRecord::isActive,
                    JobRunState.FAILED,
                    "The driver could not be started: " + e.getMessage());
        }
        Failpoint.SERVER_AFTER_LAUNCH.reach();
        return true;
    }

    private @Nullable Taken take(Handle handle) {
        Set<String> busy = new HashSet<>(runs.activeOf(handle, serverId));
        busy.addAll(drivers.keySet());
        if (busy.size() >= maxDrivers) {
            return null;
        }
        Set<String> fullJobs = new HashSet<>();
        for (RunRecord run : runs.lockQueued(handle, LOOK_AHEAD)) {
            if (drivers.containsKey(run.id()) || fullJobs.contains(run.jobName())) {
                continue;
            }
            if (run.state() == JobRunState.WAITING && !hasRoom(handle, run.jobName())) {
                fullJobs.add(run.jobName());
                continue;
            }
            AttemptToken token = AttemptToken.create();
            Duration first = lease.compareTo(SHORTEST_FIRST_LEASE) > 0 ? lease : SHORTEST_FIRST_LEASE;
            runs.launched(handle, run.id(), serverId, token.hash(), first);
            return new Taken(run, token);
        }
        return null;
    }

    private boolean hasRoom(Handle handle, String jobName) {
        // Whoever deletes the job holds it and then wants its runs, which are held here: not to wait is no deadlock.
        Optional<Job> job = jobs.lockIfFree(handle, jobName);
        return job.isPresent() && starter.hasRoom(handle, job.get());
    }

    private void exited(String runId, int launch, int code) {
        try (RunLogContext context = RunLogContext.of(runId)) {
            lifecycle.end(
                    runId,
                    run -> run.launches() == launch && run.state() == JobRunState.STOPPING,
                    JobRunState.STOPPED,
                    "stopped by request");
            lifecycle.end(
                    runId,
                    run -> run.launches() == launch && run.isActive(),
                    JobRunState.FAILED,
                    "driver ended with code " + code + " before it reported; last log line: "
                            + folders.lastLine(runId).orElse("(none)"));
        } catch (RuntimeException e) {
            LOG.warn("The end of run {}'s driver could not be noted; its lease will run out instead", runId, e);
        }
        folders.deleteScratch(runId);
        synchronized (drivers) {
            drivers.computeIfPresent(runId, (id, started) -> started.launch == launch ? null : started);
            drivers.notifyAll();
        }
        changed.run();
    }

    /** Kills drivers whose run was decided without them, and those that do not exit by themselves. */
    void killDecided() {
        if (drivers.isEmpty()) {
            return;
        }
        drivers.forEach((runId, started) -> {
            Optional<RunRecord> run =
                    jdbi.<Optional<RunRecord>, RuntimeException>withHandle(handle -> runs.find(handle, runId));
            if (run.isPresent() && run.get().isActive() && run.get().launches() == started.launch) {
                started.decidedAt = null;
                return;
            }
            long now = System.nanoTime();
            Long since = started.decidedAt;
            if (since == null) {
                started.decidedAt = now;
                since = now;
            }
            JobRunState state = run.map(RunRecord::state).orElse(JobRunState.STOPPED);
            boolean mayExitByItself =
                    state == JobRunState.RUNNING || state == JobRunState.SUCCEEDED || state == JobRunState.FAILED;
            if (!mayExitByItself || now - since > EXIT_GRACE.toNanos()) {
                kill(runId, started);
            }
        });
    }

    private static void kill(String runId, Started started) {
        DriverLauncher.Driver driver = started.driver;
        if (driver != null) {
            LOG.info("Killing the driver of run {}", runId);
            driver.kill();
        }
    }

    /** Puts the runs of this server's drivers back into the queue, as far as they have not committed, and kills them. */
    void stopAll() {
        List<Map.Entry<String, Started>> all = new ArrayList<>(drivers.entrySet());
        all.forEach(entry -> {
            int launch = entry.getValue().launch;
            try {
                lifecycle.end(
                        entry.getKey(),
                        run -> run.launches() == launch && run.state() == JobRunState.STOPPING,
                        JobRunState.STOPPED,
                        "stopped by request");
                lifecycle.requeue(
                        entry.getKey(), run -> run.launches() == launch, "waits again because the server was stopped");
            } catch (RuntimeException e) {
                LOG.warn("Run {} could not be put back; its lease will run out instead", entry.getKey(), e);
            }
            kill(entry.getKey(), entry.getValue());
        });
        awaitExits();
    }

    private void awaitExits() {
        long deadline = System.nanoTime() + KILL_PATIENCE.toNanos();
        synchronized (drivers) {
            try {
                while (!drivers.isEmpty() && System.nanoTime() < deadline) {
                    drivers.wait(100);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (!drivers.isEmpty()) {
            LOG.warn("The drivers of the runs {} were killed and have not ended yet", drivers.keySet());
        }
    }

    private record Taken(RunRecord run, AttemptToken token) {}

    private static final class Started {
        private final int launch;
        private volatile DriverLauncher.@Nullable Driver driver;
        private volatile @Nullable Long decidedAt;

        private Started(int launch) {
            this.launch = launch;
        }
    }
}
