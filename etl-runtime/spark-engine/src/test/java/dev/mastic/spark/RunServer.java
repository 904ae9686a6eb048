package dev.mastic.spark;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mastic.bookmarks.RunCommit;
import dev.mastic.bookmarks.driver.ClaimRequest;
import dev.mastic.bookmarks.driver.HeartbeatAnswer;
import dev.mastic.bookmarks.driver.RunAssignment;
import dev.mastic.bookmarks.driver.RunFailure;
import dev.mastic.bookmarks.driver.StageRequest;
import dev.mastic.bookmarks.postgres.Bookmarks;
import dev.mastic.bookmarks.postgres.BookmarksSchema;
import dev.mastic.bookmarks.postgres.PostgresLedger;
import dev.mastic.testing.TestPostgres;
import dev.mastic.wire.rest.Json;
import org.jdbi.v3.core.Jdbi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** The server's side of the driver protocol for one run, over the real ledger, with the ways in which it can fail. */
final class RunServer implements AutoCloseable {
    static final String TOKEN = "the-token";

    /** How the server behaves. */
    enum Mood {
        WELL,
        STOPPING,
        ATTEMPT_LOST,
        SILENT
    }

    final List<RunCommit> commits = new CopyOnWriteArrayList<>();
    final List<String> failures = new CopyOnWriteArrayList<>();
    final List<String> calls = new CopyOnWriteArrayList<>();
    volatile Mood mood = Mood.WELL;
    /** The mood to fall into when outputs are announced. */
    volatile Mood moodOnStage = Mood.WELL;

    private final RunAssignment assignment;
    private final HttpServer http;
    private final Jdbi jdbi;
    private final PostgresLedger claims = new PostgresLedger();

    RunServer(RunAssignment assignment) {
        this.assignment = assignment;
        TestPostgres.TestDatabase database = TestPostgres.newDatabase();
        BookmarksSchema.migrate(database.dataSource());
        this.jdbi = Jdbi.create(database.dataSource());
        try {
            this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.setExecutor(Executors.newCachedThreadPool());
        http.createContext("/api/v1/runs/" + assignment.runId() + "/driver/", this::handle);
        http.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String call = path.substring(path.lastIndexOf('/') + 1);
        byte[] body = exchange.getRequestBody().readAllBytes();
        int status = 200;
        Object answer = Map.of();
        if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            status = 401;
            answer = Map.of("error", "Unauthorized", "message", "No token");
        } else if (mood == Mood.SILENT) {
            status = 503;
        } else if (mood == Mood.ATTEMPT_LOST) {
            status = 409;
            answer = Map.of("error", "AttemptLost", "message", "Attempt 1 has begun");
        } else {
            calls.add(call);
            answer = answer(call, body);
        }
        byte[] json = Json.write(answer);
        exchange.sendResponseHeaders(status, json.length);
        exchange.getResponseBody().write(json);
        exchange.close();
    }

    private Object answer(String call, byte[] body) {
        String run = assignment.runId();
        switch (call) {
            case "assignment":
                return assignment;
            case "heartbeat":
                return new HeartbeatAnswer(mood == Mood.STOPPING);
            case "claims":
                ClaimRequest claim = Json.read(body, ClaimRequest.class);
                return jdbi.inTransaction(handle -> claims.claim(
                        handle,
                        assignment.jobName(),
                        run,
                        assignment.bookmarkOption(),
                        claim.source(),
                        claim.candidates(),
                        claim.termsOrAll()));
            case "outputs":
                StageRequest stage = Json.read(body, StageRequest.class);
                jdbi.useTransaction(
                        handle -> claims.stage(handle, run, stage.output(), stage.location(), stage.accessOrShared()));
                mood = moodOnStage;
                return Map.of();
            case "commit":
                jdbi.useTransaction(handle ->
                        new Bookmarks(claims).commit(handle, assignment.jobName(), run, assignment.bookmarkOption()));
                commits.add(Json.read(body, RunCommit.class));
                return Map.of();
            case "failed":
                failures.add(Json.read(body, RunFailure.class).message());
                return Map.of();
            default:
                return Map.of();
        }
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
