package dev.mastic.orchestration.run;

import dev.mastic.bookmarks.ObjectVersion;
import dev.mastic.bookmarks.PendingUpload;
import dev.mastic.bookmarks.StagedOutput;
import dev.mastic.bookmarks.postgres.Publication;
import dev.mastic.bookmarks.postgres.Publications;
import dev.mastic.orchestration.event.EventDeliveries;
import dev.mastic.orchestration.launch.RunFolders;
import dev.mastic.wire.rest.RestException;
import dev.mastic.wire.rest.RestRequest;
import dev.mastic.wire.rest.RestResponse;
import dev.mastic.wire.rest.RestRoute;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The REST routes of runs for users. Thread-safe. */
final class RunRoutes {
    private final Jdbi jdbi;
    private final RunStore runs;
    private final Publications publications;
    private final EventDeliveries deliveries;
    private final RunFolders folders;

    RunRoutes(Jdbi jdbi, RunStore runs, Publications publications, EventDeliveries deliveries, RunFolders folders) {
        this.jdbi = jdbi;
        this.runs = runs;
        this.publications = publications;
        this.deliveries = deliveries;
        this.folders = folders;
    }

    List<RestRoute> routes() {
        return List.of(
                new RestRoute("GET", "/api/v1/runs/{runId}", RestRoute.Access.SIGNED, this::show),
                new RestRoute("GET", "/api/v1/runs/{runId}/logs", RestRoute.Access.SIGNED, this::logs));
    }

    private RestResponse show(RestRequest request) {
        String runId = request.path("runId");
        return RestResponse.json(jdbi.<RunView, RuntimeException>withHandle(handle -> view(handle, runId)));
    }

    private RunView view(Handle handle, String runId) {
        RunRecord run = load(handle, runId);
        return new RunView(
                run.id(),
                run.jobName(),
                run.attempt(),
                run.state().toString(),
                run.triggerName(),
                run.arguments(),
                run.bookmarkOption().argument(),
                run.queuedOn(),
                run.launchedOn(),
                run.startedOn(),
                run.committedOn(),
                run.completedOn(),
                run.errorMessage(),
                run.stateDetail(),
                new TreeMap<>(run.metrics()),
                publications.find(handle, runId).map(RunRoutes::view).orElse(null),
                run.fromEvents() ? deliveries.manifest(handle, runId) : null);
    }

    private static PublicationView view(Publication publication) {
        return new PublicationView(
                publication.state().name(),
                publication.attempts(),
                publication.lastError(),
                publication.outputs().stream().map(RunRoutes::view).toList());
    }

    private static OutputView view(StagedOutput output) {
        return new OutputView(
                output.name(),
                output.location(),
                output.table()
                        .map(table -> table.database() + "." + table.table())
                        .orElse(null),
                output.uploads().size(),
                output.uploads().stream().mapToLong(PendingUpload::rows).sum(),
                output.uploads().stream().mapToLong(PendingUpload::size).sum());
    }

    private RestResponse logs(RestRequest request) {
        String runId = request.path("runId");
        String asked = request.query().getOrDefault("tail", String.valueOf(Integer.MAX_VALUE));
        if (!asked.matches("\\d{1,10}")) {
            throw new RestException(400, "InvalidTail", "tail is '" + asked + "'; use a number of lines");
        }
        // The run must exist before its id becomes part of a path.
        RunRecord run = jdbi.<RunRecord, RuntimeException>withHandle(handle -> load(handle, runId));
        List<String> lines = folders.tail(run.id(), Long.parseLong(asked)).orElse(List.of());
        return RestResponse.text(lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
    }

    private RunRecord load(Handle handle, String runId) {
        return runs.find(handle, runId)
                .orElseThrow(() -> new RestException(404, "RunNotFound", "Run " + runId + " not found"));
    }

    /** A run as {@code GET /api/v1/runs/{runId}} shows it. */
    record RunView(
            String runId,
            String jobName,
            int attempt,
            String state,
            @Nullable String trigger,
            Map<String, String> arguments,
            String bookmarkOption,
            Instant queuedOn,
            @Nullable Instant launchedOn,
            @Nullable Instant startedOn,
            @Nullable Instant committedOn,
            @Nullable Instant completedOn,
            @Nullable String errorMessage,
            @Nullable String stateDetail,
            Map<String, Long> metrics,
            @Nullable PublicationView publication,
            @Nullable List<ObjectVersion> manifest) {}

    /** What a run publishes. */
    record PublicationView(
            String state, int attempts, @Nullable String lastError, List<OutputView> outputs) {}

    /** One output of a run. */
    record OutputView(
            String name, String location, @Nullable String table, int files, long rows, long bytes) {}
}
