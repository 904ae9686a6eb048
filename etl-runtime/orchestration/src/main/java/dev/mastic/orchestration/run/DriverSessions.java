package dev.mastic.orchestration.run;

import dev.mastic.bookmarks.Claim;
import dev.mastic.bookmarks.Failpoint;
import dev.mastic.bookmarks.KeyClaim;
import dev.mastic.bookmarks.KeyClaimRequest;
import dev.mastic.bookmarks.Ledger;
import dev.mastic.bookmarks.RunCommit;
import dev.mastic.bookmarks.driver.ClaimRequest;
import dev.mastic.bookmarks.driver.HeartbeatAnswer;
import dev.mastic.bookmarks.driver.RunAssignment;
import dev.mastic.bookmarks.driver.RunConnection;
import dev.mastic.bookmarks.driver.RunFailure;
import dev.mastic.bookmarks.driver.StageRequest;
import dev.mastic.bookmarks.driver.StageTableRequest;
import dev.mastic.bookmarks.postgres.BookmarkRange;
import dev.mastic.bookmarks.postgres.KeyClaims;
import dev.mastic.bookmarks.postgres.PostgresLedger;
import dev.mastic.bookmarks.postgres.Publications;
import dev.mastic.bookmarks.postgres.StagedTables;
import dev.mastic.bookmarks.publish.Publisher;
import dev.mastic.orchestration.event.EventDeliveries;
import dev.mastic.wire.rest.RestException;
import org.jdbi.v3.core.Jdbi;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.JobRunState;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the driver of an attempt may say. It keeps its lease by fetching its assignment, by its start and by its heartbeats;
 * no call is obeyed once the attempt has ended or was given to another driver ({@code 409 AttemptLost}). Thread-safe.
 */
final class DriverSessions {
    private final Jdbi jdbi;
    private final RunStore runs;
    private final RunLifecycle lifecycle;
    private final PostgresLedger ledger;
    private final Publications publications;
    private final StagedTables stagedTables = new StagedTables();
    private final KeyClaims keyClaims = new KeyClaims();
    private final EventDeliveries deliveries;
    private final Publisher publisher;
    private final Lease lease;
    private final Runnable committed;

    /** @param committed called after a run has committed */
    DriverSessions(
            Jdbi jdbi,
            RunStore runs,
            RunLifecycle lifecycle,
            PostgresLedger ledger,
            Publications publications,
            EventDeliveries deliveries,
            Publisher publisher,
            Lease lease,
            Runnable committed) {
        this.jdbi = jdbi;
        this.runs = runs;
        this.lifecycle = lifecycle;
        this.ledger = ledger;
        this.publications = publications;
        this.deliveries = deliveries;
        this.publisher = publisher;
        this.lease = lease;
        this.committed = committed;
    }

    RunAssignment assignment(String runId, String token) {
        return jdbi.inTransaction(handle -> {
            RunRecord run = active(authentic(runs.lock(handle, runId), runId, token));
            runs.assigned(handle, runId);
            runs.renewLease(handle, runId, lease.length());
            return new RunAssignment(
                    run.jobName(),
                    runId,
                    run.attempt(),
                    run.arguments(),
                    run.scriptLocation(),
                    run.bookmarkOption(),
                    run.fromEvents() ? Optional.of(deliveries.manifest(handle, runId)) : Optional.empty(),
                    (int) Math.max(1, lease.heartbeat().toSeconds()),
                    (int) Math.max(1, lease.length().toSeconds()));
        });
    }

    void started(String runId, String token) {
        jdbi.useTransaction(handle -> {
            active(authentic(runs.lock(handle, runId), runId, token));
            runs.started(handle, runId);
            runs.renewLease(handle, runId, lease.length());
        });
    }

    HeartbeatAnswer heartbeat(String runId, String token) {
        return jdbi.inTransaction(handle -> {
            RunRecord run = authentic(runs.lock(handle, runId), runId, token);
            if (run.committedOn() == null) {
                active(run);
                runs.renewLease(handle, runId, lease.length());
            }
            return new HeartbeatAnswer(run.state() == JobRunState.STOPPING);
        });
    }

    Claim claim(String runId, String token, ClaimRequest request) {
        Failpoint.SERVER_BEFORE_CLAIM.reach();
        Claim claim = jdbi.inTransaction(handle -> {
            RunRecord run = active(authentic(runs.hold(handle, runId), runId, token));
            Optional<BookmarkRange> range = BookmarkRange.of(run.arguments());
            if (range.isPresent()) {
                return range.get().claim(handle, run.jobName(), request.source(), request.candidates());
            }
            return ledger.claim(
                    handle,
                    run.jobName(),
                    runId,
                    run.bookmarkOption(),
                    request.source(),
                    request.candidates(),
                    request.termsOrAll());
        });
        Failpoint.SERVER_AFTER_CLAIM.reach();
        return claim;
    }

    void stage(String runId, String token, StageRequest request) {
        if (!request.location().matches("s3[an]?://[^/]+(/.*)?")) {
            throw new RestException(
                    400, "InvalidLocation", "location is '" + request.location() + "'; expected s3://bucket/prefix/");
        }
        try {
            jdbi.useTransaction(handle -> {
                active(authentic(runs.hold(handle, runId), runId, token));
                ledger.stage(handle, runId, request.output(), request.location(), request.accessOrShared());
            });
        } catch (Ledger.OutputBusyException e) {
            throw new RestException(409, RunConnection.OUTPUT_BUSY, String.valueOf(e.getMessage()));
        }
    }

    void stageTable(String runId, String token, StageTableRequest request) {
        jdbi.useTransaction(handle -> {
            active(authentic(runs.hold(handle, runId), runId, token));
            stagedTables.add(
                    handle,
                    new StagedTables.StagedTable(runId, request.output(), request.connection(), request.table()));
        });
    }

    KeyClaim claimKeys(String runId, String token, KeyClaimRequest request) {
        Failpoint.SERVER_BEFORE_CLAIM.reach();
        try {
            KeyClaim claim = jdbi.inTransaction(handle -> {
                RunRecord run = active(authentic(runs.hold(handle, runId), runId, token));
                if (BookmarkRange.of(run.arguments()).isPresent()) {
                    throw new RestException(
                            400,
                            "RangeNotOfKeys",
                            "Source " + request.source() + " is read by keys; " + BookmarkRange.FROM + " and "
                                    + BookmarkRange.TO + " are for sources of objects");
                }
                return keyClaims.claim(handle, run.jobName(), runId, run.bookmarkOption(), request);
            });
            Failpoint.SERVER_AFTER_CLAIM.reach();
            return claim;
        } catch (InvalidInputException e) {
            throw new RestException(400, "BookmarkOfAnotherSource", String.valueOf(e.getMessage()));
        }
    }

    void commit(String runId, String token, RunCommit commit) {
        Failpoint.SERVER_BEFORE_COMMIT.reach();
        if (isCommitted(runId, token)) {
            return;
        }
        List<String> problems = publisher.problems(commit.outputs());
        if (!problems.isEmpty()) {
            throw new RestException(400, "OutputRefused", String.join("; ", problems));
        }
        jdbi.useTransaction(handle -> {
            RunRecord run = authentic(runs.lock(handle, runId), runId, token);
            if (run.committedOn() == null) {
                if (active(run).state() == JobRunState.STOPPING) {
                    throw lost(run);
                }
                lifecycle.commit(handle, run, commit);
            }
        });
        Failpoint.SERVER_AFTER_COMMIT.reach();
        committed.run();
    }

    private boolean isCommitted(String runId, String token) {
        return jdbi.<Boolean, RuntimeException>withHandle(handle -> {
            RunRecord run = authentic(runs.find(handle, runId), runId, token);
            if (run.committedOn() != null) {
                return publications.find(handle, runId).isPresent();
            }
            active(run);
            return false;
        });
    }

    void failed(String runId, String token, RunFailure failure) {
        jdbi.useHandle(handle -> active(authentic(runs.find(handle, runId), runId, token)));
        lifecycle.end(
                runId,
                run -> run.state() == JobRunState.STOPPING && isOf(run, token),
                JobRunState.STOPPED,
                "stopped while running: " + failure.message());
        lifecycle.end(runId, run -> run.isActive() && isOf(run, token), JobRunState.FAILED, failure.message());
    }

    /** Asked again under the lock: the run may have been given to another driver since it was looked at. */
    private static boolean isOf(RunRecord run, String token) {
        byte[] hash = run.tokenHash();
        return hash != null && new AttemptToken(token).matches(hash);
    }

    private static RunRecord authentic(Optional<RunRecord> found, String runId, String token) {
        RunRecord run = found.orElseThrow(() -> new RestException(404, "RunNotFound", "Run " + runId + " not found"));
        byte[] hash = run.tokenHash();
        if (hash == null) {
            throw lost(run);
        }
        if (!new AttemptToken(token).matches(hash)) {
            throw new RestException(
                    403, "InvalidToken", "The bearer token is not that of the present driver of run " + runId);
        }
        return run;
    }

    private static RunRecord active(RunRecord run) {
        if (!run.isActive()) {
            throw lost(run);
        }
        return run;
    }

    private static RestException lost(RunRecord run) {
        String why = run.committedOn() != null
                ? "it has committed"
                : "it is " + run.state()
                        + Objects.requireNonNullElse(run.errorMessage(), "")
                                .transform(text -> text.isEmpty() ? "" : ": " + text);
        return new RestException(409, "AttemptLost", "Run " + run.id() + " is no longer this driver's: " + why);
    }

    /**
     * How long a driver may be silent.
     *
     * @param heartbeat how often it speaks
     * @param length how long it is believed to live without speaking
     */
    record Lease(Duration heartbeat, Duration length) {}
}
