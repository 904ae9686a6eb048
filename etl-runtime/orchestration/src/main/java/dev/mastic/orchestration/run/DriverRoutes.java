package dev.mastic.orchestration.run;

import dev.mastic.bookmarks.KeyClaimRequest;
import dev.mastic.bookmarks.RunCommit;
import dev.mastic.bookmarks.driver.ClaimRequest;
import dev.mastic.bookmarks.driver.RunFailure;
import dev.mastic.bookmarks.driver.StageRequest;
import dev.mastic.bookmarks.driver.StageTableRequest;
import dev.mastic.wire.rest.RestException;
import dev.mastic.wire.rest.RestRequest;
import dev.mastic.wire.rest.RestResponse;
import dev.mastic.wire.rest.RestRoute;

import java.util.List;
import java.util.Map;

/** The REST routes of drivers, {@code /api/v1/runs/{runId}/driver/...}. Thread-safe. */
final class DriverRoutes {
    private static final String BASE = "/api/v1/runs/{runId}/driver/";
    private static final RestResponse DONE = RestResponse.json(Map.of());

    private final DriverSessions sessions;

    DriverRoutes(DriverSessions sessions) {
        this.sessions = sessions;
    }

    List<RestRoute> routes() {
        return List.of(
                route("GET", "assignment", (request, run, token) -> RestResponse.json(sessions.assignment(run, token))),
                route("POST", "started", (request, run, token) -> {
                    sessions.started(run, token);
                    return DONE;
                }),
                route("POST", "heartbeat", (request, run, token) -> RestResponse.json(sessions.heartbeat(run, token))),
                route(
                        "POST",
                        "claims",
                        (request, run, token) ->
                                RestResponse.json(sessions.claim(run, token, request.json(ClaimRequest.class)))),
                route("POST", "outputs", (request, run, token) -> {
                    sessions.stage(run, token, request.json(StageRequest.class));
                    return DONE;
                }),
                route("POST", "tables", (request, run, token) -> {
                    sessions.stageTable(run, token, request.json(StageTableRequest.class));
                    return DONE;
                }),
                route(
                        "POST",
                        "key-claims",
                        (request, run, token) ->
                                RestResponse.json(sessions.claimKeys(run, token, request.json(KeyClaimRequest.class)))),
                route("POST", "commit", (request, run, token) -> {
                    sessions.commit(run, token, request.json(RunCommit.class));
                    return DONE;
                }),
                route("POST", "failed", (request, run, token) -> {
                    sessions.failed(run, token, request.json(RunFailure.class));
                    return DONE;
                }));
    }

    private static RestRoute route(String method, String name, Call call) {
        return new RestRoute(method, BASE + name, RestRoute.Access.TOKEN, request -> {
            String token = request.bearerToken()
                    .orElseThrow(() -> new RestException(
                            403, "InvalidToken", "The driver's token is missing: send Authorization: Bearer TOKEN"));
            String runId = request.path("runId");
            try (RunLogContext context = RunLogContext.of(runId)) {
                return call.answer(request, runId, token);
            }
        });
    }

    @FunctionalInterface
    private interface Call {
        RestResponse answer(RestRequest request, String runId, String token);
    }
}
