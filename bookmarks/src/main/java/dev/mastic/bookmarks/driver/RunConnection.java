package dev.mastic.bookmarks.driver;

import dev.mastic.bookmarks.Claim;
import dev.mastic.bookmarks.ClaimTerms;
import dev.mastic.bookmarks.KeyClaim;
import dev.mastic.bookmarks.KeyClaimRequest;
import dev.mastic.bookmarks.Ledger;
import dev.mastic.bookmarks.ObjectVersion;
import dev.mastic.bookmarks.OutputAccess;
import dev.mastic.bookmarks.RunCommit;
import dev.mastic.warehouse.table.TablePath;
import dev.mastic.wire.rest.Json;
import dev.mastic.wire.rest.RestException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A driver's line to the server that launched it: one run, one bearer token, and the {@link Ledger} over HTTP. A server
 * that does not answer, or answers 5xx, is asked again with growing pauses until the run's lease is over. Every call may
 * be repeated without harm. Thread-safe.
 */
public final class RunConnection implements Ledger {
    /** The error code of an answer that another run excludes this one from a location. */
    public static final String OUTPUT_BUSY = "OutputBusy";

    private static final int CLAIM_CHUNK = 1_000;
    private static final Duration FIRST_LEASE = Duration.ofSeconds(60);
    private static final Logger LOG = LoggerFactory.getLogger(RunConnection.class);
    private static final int UNAVAILABLE = 503;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIME = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String base;
    private final String runId;
    private final String token;
    private volatile Duration lease = FIRST_LEASE;
    private volatile long lastAnswer = System.nanoTime();

    /**
     * @param server the server's base address, {@code http://127.0.0.1:7700}
     * @param token the run's bearer token
     */
    public RunConnection(URI server, String runId, String token) {
        String address = server.toString();
        this.base = (address.endsWith("/") ? address.substring(0, address.length() - 1) : address) + "/api/v1/runs/"
                + runId + "/driver/";
        this.runId = runId;
        this.token = token;
    }

    /** What to run. */
    public RunAssignment assignment() {
        RunAssignment assignment = Json.read(call("assignment", null), RunAssignment.class);
        lease = Duration.ofSeconds(assignment.leaseSeconds());
        return assignment;
    }

    /** Tells the server that the driver has begun. */
    public void started() {
        call("started", Map.of());
    }

    /** Keeps the run alive and asks whether it is to stop. */
    public HeartbeatAnswer heartbeat() {
        return Json.read(call("heartbeat", Map.of()), HeartbeatAnswer.class);
    }

    /** Reports that this attempt failed. */
    public void failed(String message) {
        call("failed", new RunFailure(message));
    }

    @Override
    public Claim claim(String source, List<ObjectVersion> candidates, ClaimTerms terms) {
        List<ObjectVersion> granted = new ArrayList<>();
        List<ObjectVersion> changed = new ArrayList<>();
        long processed = 0;
        long held = 0;
        long left = 0;
        for (int from = 0; from < candidates.size(); from += CLAIM_CHUNK) {
            ClaimTerms rest = terms.without(granted);
            if (rest.mostObjects() == 0 || rest.mostBytes() == 0) {
                left += candidates.size() - from;
                break;
            }
            List<ObjectVersion> chunk = candidates.subList(from, Math.min(from + CLAIM_CHUNK, candidates.size()));
            Claim claim = Json.read(call("claims", new ClaimRequest(source, chunk, rest)), Claim.class);
            granted.addAll(claim.granted());
            changed.addAll(claim.changedObjects());
            left += claim.left();
            processed += claim.alreadyProcessed();
            held += claim.heldByOtherRuns();
        }
        return new Claim(granted, processed, held, changed, left);
    }

    @Override
    public void stage(String output, String location, OutputAccess access) {
        call("outputs", new StageRequest(output, location, access));
    }

    @Override
    public void stageTable(String output, String connection, TablePath table) {
        call("tables", new StageTableRequest(output, connection, table));
    }

    @Override
    public KeyClaim claimKeys(KeyClaimRequest request) {
        return Json.read(call("key-claims", request), KeyClaim.class);
    }

    @Override
    public void commit(RunCommit commit) {
        call("commit", commit);
    }

    private byte[] call(String path, @Nullable Object body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(ANSWER_TIME)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json");
        if (body == null) {
            request.GET();
        } else {
            request.header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(body)));
        }
        long firstTry = System.nanoTime();
        Duration pause = FIRST_PAUSE;
        while (true) {
            String trouble;
            boolean fault = false;
            @Nullable IOException cause = null;
            try {
                HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
                if (response.statusCode() < 500) {
                    lastAnswer = System.nanoTime();
                    return bodyOf(path, response);
                }
                trouble = "status " + response.statusCode() + " " + text(response);
                fault = response.statusCode() != UNAVAILABLE;
            } catch (IOException e) {
                trouble = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
                cause = e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while asking the server for " + path, e);
            }
            if (leaseIsOver(firstTry)) {
                throw new ServerSilentException(
                        "The server at " + base + " has not answered for " + lease.toSeconds() + " s: " + trouble,
                        cause);
            }
            if (fault && System.nanoTime() - firstTry > lease.toNanos()) {
                // Heartbeats are answered all the while: what fails for so long will not pass by itself.
                throw new RefusedException("The server at " + base + " has failed to answer " + path + " for "
                        + lease.toSeconds() + " s: " + trouble + "; its log has the cause");
            }
            LOG.warn("The server does not answer {} and is asked again: {}", path, trouble);
            pause(path, pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    /** Counts from the last answer, but gives even the first call after a long silence a chance of one pause. */
    private boolean leaseIsOver(long firstTry) {
        long now = System.nanoTime();
        return now - lastAnswer > lease.toNanos() && now - firstTry > FIRST_PAUSE.toNanos();
    }

    private byte[] bodyOf(String path, HttpResponse<byte[]> response) {
        if (response.statusCode() < 300) {
            return response.body();
        }
        String code = "";
        String message = text(response);
        try {
            Map<String, Object> error = Json.readObject(response.body());
            code = String.valueOf(error.getOrDefault("error", ""));
            message = String.valueOf(error.getOrDefault("message", message));
        } catch (RestException e) {
            message = message + " (" + e.getMessage() + ")";
        }
        if (response.statusCode() == 409 && code.equals("AttemptLost")) {
            throw new AttemptLostException(message.isBlank() ? "Run " + runId + " has another attempt" : message);
        }
        if (response.statusCode() == 409 && code.equals(OUTPUT_BUSY)) {
            throw new OutputBusyException(message);
        }
        throw new RefusedException("The server refused " + path + " of run " + runId + ": " + response.statusCode()
                + " " + code + " " + message);
    }

    private static String text(HttpResponse<byte[]> response) {
        String text = new String(response.body(), StandardCharsets.UTF_8).replaceAll("\\s+", " ");
        return text.length() > 300 ? text.substring(0, 300) : text;
    }

    private static void pause(String path, Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting to ask the server again for " + path, e);
        }
    }

    /** The server has not answered for as long as the run's lease: another attempt may have begun. */
    public static final class ServerSilentException extends RuntimeException {
        ServerSilentException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The server answered that it will not do what was asked. */
    public static final class RefusedException extends RuntimeException {
        RefusedException(String message) {
            super(message);
        }
    }
}
