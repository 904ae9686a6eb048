package dev.mastic.orchestration.bookmark;

import dev.mastic.bookmarks.SourceLocation;
import dev.mastic.bookmarks.postgres.BookmarkExport;
import dev.mastic.bookmarks.postgres.BookmarkImport;
import dev.mastic.bookmarks.postgres.BookmarkImport.Existing;
import dev.mastic.bookmarks.postgres.Bookmarks;
import dev.mastic.bookmarks.postgres.PostgresLedger;
import dev.mastic.bookmarks.postgres.SourceBookmarks;
import dev.mastic.bookmarks.postgres.SourceBookmarks.SourceProgress;
import dev.mastic.orchestration.job.JobStore;
import dev.mastic.wire.rest.Json;
import dev.mastic.wire.rest.RestException;
import dev.mastic.wire.rest.RestRequest;
import dev.mastic.wire.rest.RestResponse;
import dev.mastic.wire.rest.RestRoute;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.JobBookmarkEntry;
import software.amazon.awssdk.services.s3.S3Client;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** The REST routes {@code /api/v1/jobs/{job}/bookmark...}. Thread-safe. */
public final class BookmarkRoutes {
    private static final String BASE = "/api/v1/jobs/{job}/bookmark";
    private static final int OBJECTS_OF_AN_EXPORT_PAGE = 5_000;
    private static final int MOST_LINES = 20_000;

    private final Jdbi jdbi;
    private final JobStore jobs;
    private final BiFunction<Handle, String, List<String>> openRuns;
    private final PresentObjects present;
    private final InputPlans plans;
    private final Bookmarks bookmarks = new Bookmarks(new PostgresLedger());
    private final SourceBookmarks sources = new SourceBookmarks();
    private final BookmarkExport exports = new BookmarkExport();
    private final BookmarkImport imports = new BookmarkImport();

    /**
     * @param s3 where the sources' objects are; not closed by this object
     * @param openRuns the runs of a job that have not ended
     */
    public BookmarkRoutes(Jdbi jdbi, S3Client s3, JobStore jobs, BiFunction<Handle, String, List<String>> openRuns) {
        this.jdbi = jdbi;
        this.jobs = jobs;
        this.openRuns = openRuns;
        this.present = new PresentObjects(s3);
        this.plans = new InputPlans(jdbi, present);
    }

    /** The routes. */
    public List<RestRoute> routes() {
        return List.of(
                route("GET", "", (request, job) -> inTransaction(job, handle -> view(handle, job))),
                route("GET", "/plan", this::plan),
                route("POST", "/rewind", this::rewind),
                route("POST", "/reset", this::reset),
                route("POST", "/set-to-now", this::setToNow),
                route("GET", "/export", this::export),
                route(
                        "POST",
                        "/imports",
                        (request, job) -> locked(
                                job, handle -> Map.of("importId", imports.begin(handle, job, existing(request))))),
                route("POST", "/imports/{importId}/lines", this::addLines),
                route(
                        "POST",
                        "/imports/{importId}/finish",
                        (request, job) -> locked(
                                job,
                                handle -> Map.of(
                                        "objects",
                                        imports.finish(handle, job, request.path("importId"), existing(request))))));
    }

    private static RestRoute route(String method, String path, Call call) {
        return new RestRoute(method, BASE + path, RestRoute.Access.SIGNED, request -> {
            try {
                return RestResponse.json(call.answer(request, request.path("job")));
            } catch (GlueException e) {
                throw refusal(e);
            }
        });
    }

    /** Glue's own errors have the same names here. */
    private static RestException refusal(GlueException e) {
        String code = e.getClass().getSimpleName();
        int status = switch (code) {
            case "EntityNotFoundException" -> 404;
            case "AlreadyExistsException", "ConcurrentModificationException" -> 409;
            default -> 400;
        };
        return new RestException(status, code, String.valueOf(e.getMessage()));
    }

    private Object inTransaction(String job, Work work) {
        return jdbi.<Object, RuntimeException>inTransaction(handle -> {
            jobs.load(handle, job);
            return work.on(handle);
        });
    }

    /** With the job locked, so that no run of it begins, and refused while one is open. */
    private Object locked(String job, Work work) {
        return jdbi.<Object, RuntimeException>inTransaction(handle -> {
            if (jobs.lock(handle, job).isEmpty()) {
                throw JobStore.notFound(job);
            }
            List<String> open = openRuns.apply(handle, job);
            if (!open.isEmpty()) {
                throw new RestException(
                        409,
                        "JobIsRunning",
                        "Job " + job + " has runs that have not ended: "
                                + String.join(", ", open.subList(0, Math.min(3, open.size())))
                                + "; stop them or wait for their end, then import");
            }
            return work.on(handle);
        });
    }

    private BookmarkView view(Handle handle, String job) {
        return BookmarkView.of(bookmarks.counters(handle, job), sources.progress(handle, job));
    }

    private Object plan(RestRequest request, String job) {
        String source = required(request, "source");
        int limit = number(request, "limit", 1_000, 10_000);
        String after = request.query().getOrDefault("after", "");
        jdbi.useHandle(handle -> jobs.load(handle, job));
        SourceLocation location = location(request, job, source);
        return plans.page(job, source, location, after, limit);
    }

    private Object rewind(RestRequest request, String job) {
        String run = required(request, "to");
        return inTransaction(job, handle -> {
            bookmarks.rewind(handle, job, run);
            return view(handle, job);
        });
    }

    private Object reset(RestRequest request, String job) {
        String source = request.query().get("source");
        return inTransaction(job, handle -> {
            if (source == null) {
                bookmarks.reset(handle, job);
            } else {
                sources.reset(handle, job, source);
            }
            return view(handle, job);
        });
    }

    private Object setToNow(RestRequest request, String job) {
        String source = required(request, "source");
        SourceLocation location = location(request, job, source);
        return inTransaction(job, handle -> {
            long marked = sources.markDone(
                    handle, job, source, present.pages(location, "").flatMap(page -> page.objects().stream()));
            return Map.of("source", source, "location", location.uri(), "marked", marked);
        });
    }

    private Object export(RestRequest request, String job) {
        Optional<BookmarkExport.Position> after =
                Optional.ofNullable(request.query().get("after")).map(BookmarkRoutes::position);
        return inTransaction(job, handle -> {
            BookmarkExport.Page page = exports.page(handle, job, after, OBJECTS_OF_AN_EXPORT_PAGE);
            return new Lines(
                    page.lines(),
                    page.next() == null
                            ? null
                            : Base64.getUrlEncoder().withoutPadding().encodeToString(Json.write(page.next())));
        });
    }

    private static BookmarkExport.Position position(String token) {
        try {
            return Json.read(Base64.getUrlDecoder().decode(token), BookmarkExport.Position.class);
        } catch (IllegalArgumentException | RestException e) {
            throw new RestException(
                    400, "InvalidToken", "after is '" + token + "'; use the member next of the page before");
        }
    }

    private Object addLines(RestRequest request, String job) {
        List<String> lines =
                new String(request.body(), StandardCharsets.UTF_8).lines().toList();
        if (lines.size() > MOST_LINES) {
            throw new RestException(
                    400, "TooManyLines", lines.size() + " lines; send at most " + MOST_LINES + " at once");
        }
        int first = number(request, "first", 1, Integer.MAX_VALUE);
        return inTransaction(job, handle -> {
            imports.add(handle, job, request.path("importId"), first, lines);
            return Map.of("lines", lines.size());
        });
    }

    private SourceLocation location(RestRequest request, String job, String source) {
        String asked = request.query().get("location");
        if (asked != null) {
            try {
                return SourceLocation.parse(asked);
            } catch (IllegalArgumentException e) {
                throw new RestException(400, "InvalidLocation", String.valueOf(e.getMessage()));
            }
        }
        List<SourceProgress> known = jdbi.<List<SourceProgress>, RuntimeException>inTransaction(handle -> {
            jobs.load(handle, job);
            return sources.progress(handle, job);
        });
        List<String> locations = known.stream()
                .filter(found -> found.source().equals(source))
                .flatMap(found -> found.locations().stream())
                .toList();
        if (locations.size() != 1) {
            throw new RestException(
                    400,
                    "LocationUnknown",
                    "Where source '" + source + "' of job " + job + " is "
                            + (locations.isEmpty()
                                    ? "not known, as no run has read it (known: "
                                            + known.stream()
                                                    .map(SourceProgress::source)
                                                    .toList() + ")"
                                    : "not one place: " + locations)
                            + "; name its location: --source " + source + "=s3://bucket/prefix/");
        }
        return SourceLocation.parse(locations.get(0));
    }

    private static Existing existing(RestRequest request) {
        return switch (request.query().getOrDefault("replace", "false")) {
            case "true" -> Existing.REPLACE;
            case "false" -> Existing.REFUSE;
            default -> throw new RestException(400, "InvalidReplace", "replace is neither true nor false");
        };
    }

    private static String required(RestRequest request, String name) {
        String value = request.query().get(name);
        if (value == null || value.isEmpty()) {
            throw new RestException(400, "ParameterMissing", "The query parameter " + name + " is missing");
        }
        return value;
    }

    private static int number(RestRequest request, String name, int preset, int most) {
        String text = request.query().getOrDefault(name, String.valueOf(preset));
        if (!text.matches("\\d{1,10}") || Long.parseLong(text) < 1 || Long.parseLong(text) > most) {
            throw new RestException(400, "InvalidNumber", name + " is '" + text + "'; use 1 to " + most);
        }
        return Integer.parseInt(text);
    }

    @FunctionalInterface
    private interface Call {
        Object answer(RestRequest request, String job);
    }

    @FunctionalInterface
    private interface Work {
        Object on(Handle handle);
    }

    /** A page of an export. */
    record Lines(List<String> lines, @Nullable String next) {}

    /** A bookmark as {@code GET /api/v1/jobs/{job}/bookmark} shows it. */
    record BookmarkView(
            String jobName,
            int version,
            int run,
            int attempt,
            @Nullable String runId,
            @Nullable String previousRunId,
            List<SourceProgress> sources) {
        static BookmarkView of(JobBookmarkEntry entry, List<SourceProgress> sources) {
            return new BookmarkView(
                    entry.jobName(),
                    entry.version(),
                    entry.run(),
                    entry.attempt(),
                    entry.runId(),
                    entry.previousRunId(),
                    sources);
        }
    }
}
