package dev.mastic.server.cli;

import dev.mastic.server.bookmark.BookmarkView;
import dev.mastic.server.bookmark.PlanView;
import dev.mastic.server.config.ConfigException;
import dev.mastic.wire.rest.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** {@code mastic bookmark}. */
@Command(
        name = "bookmark",
        header = "Shows, plans and changes what a job has read and will read.",
        description = {
            "",
            "A source is the name of a read step of the job.",
            "Keys come from MASTIC_ACCESS_KEY and MASTIC_SECRET_KEY; without them the defaults are used.",
            ""
        },
        subcommands = {BookmarkExportCommand.class, BookmarkImportCommand.class, CommandLine.HelpCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class BookmarkCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(
            name = "show",
            header = "Shows the counters of a job's bookmark, and what is known of each source.",
            mixinStandardHelpOptions = true)
    int show(
            @Parameters(paramLabel = "JOB") String job,
            @Option(names = "--json", description = "Print JSON") boolean json,
            @Mixin Remote remote) {
        print(remote.client().get(BookmarkPaths.of(job, "", Map.of())), json);
        return 0;
    }

    @Command(
            name = "plan",
            header = "Shows which objects the next run would read, and why. Nothing is changed.",
            description = "Without --source, all sources that a run has read, where their objects are.",
            mixinStandardHelpOptions = true)
    int plan(
            @Parameters(paramLabel = "JOB") String job,
            @Option(
                            names = "--source",
                            paramLabel = "NAME[=s3://...]",
                            description =
                                    "This source alone, and its location if that is not the one of the files read")
                    @Nullable
                    List<String> sources,
            @Option(names = "--json", description = "Print one JSON object for each object") boolean json,
            @Mixin Remote remote) {
        ApiClient client = remote.client();
        List<String> asked = sources == null ? known(client, job) : sources;
        asked.forEach(source -> plan(client, job, source, json));
        return 0;
    }

    private static List<String> known(ApiClient client, String job) {
        BookmarkView bookmark = Json.read(client.get(BookmarkPaths.of(job, "", Map.of())), BookmarkView.class);
        if (bookmark.sources().isEmpty()) {
            throw new ConfigException("The bookmark of job " + job
                    + " has no source yet; name one with its location: --source NAME=s3://bucket/prefix/");
        }
        List<String> sources = new ArrayList<>();
        for (BookmarkView.Source source : bookmark.sources()) {
            source.locations().forEach(location -> sources.add(source.source() + "=" + location));
        }
        return sources;
    }

    private void plan(ApiClient client, String job, String source, boolean json) {
        PrintWriter out = spec.commandLine().getOut();
        Map<String, String> query = new TreeMap<>(BookmarkPaths.source(source));
        Map<String, Long> counts = new TreeMap<>();
        long processed = 0;
        long bytes = 0;
        String place = "";
        String next = "";
        while (next != null) {
            if (!next.isEmpty()) {
                query.put("after", next);
            }
            PlanView page = Json.read(client.get(BookmarkPaths.of(job, "/plan", query)), PlanView.class);
            if (!json && place.isEmpty()) {
                out.println("Source " + page.source() + " at " + page.location());
            }
            place = page.location();
            processed += page.processed();
            for (PlanView.Planned object : page.objects()) {
                out.println(json ? withSource(page.source(), object) : object.line());
                counts.merge(object.reason(), 1L, Long::sum);
                bytes += object.isRead() ? object.size() : 0;
            }
            out.flush();
            next = page.next();
        }
        if (!json) {
            out.printf(
                    Locale.ROOT,
                    "  To read: %,d new, %,d late, %,d overwritten; %,d bytes. Being read: %,d. Read before: %,d.%n",
                    counts.getOrDefault("NEW", 0L),
                    counts.getOrDefault("LATE", 0L),
                    counts.getOrDefault("OVERWRITTEN", 0L),
                    bytes,
                    counts.getOrDefault("BEING_READ", 0L),
                    processed);
            out.flush();
        }
    }

    private static String withSource(String source, PlanView.Planned object) {
        return Json.text(new PlannedLine(source, object));
    }

    private record PlannedLine(String source, PlanView.Planned object) {}

    @Command(
            name = "rewind",
            header = "Forgets what was read after a run: the next run reads it again.",
            mixinStandardHelpOptions = true)
    int rewind(
            @Parameters(paramLabel = "JOB") String job,
            @Option(
                            names = "--to",
                            paramLabel = "RUN",
                            required = true,
                            description = "The last run whose input stays known, as in aws glue get-job-runs")
                    String run,
            @Option(names = "--json", description = "Print JSON") boolean json,
            @Mixin Remote remote) {
        print(remote.client().post(BookmarkPaths.of(job, "/rewind", Map.of("to", run))), json);
        return 0;
    }

    @Command(
            name = "reset",
            header = "Forgets all that was read, or all of one source. What was written stays.",
            mixinStandardHelpOptions = true)
    int reset(
            @Parameters(paramLabel = "JOB") String job,
            @Option(names = "--source", paramLabel = "NAME", description = "This source alone") @Nullable String source,
            @Option(names = "--json", description = "Print JSON") boolean json,
            @Mixin Remote remote) {
        Map<String, String> query = source == null ? Map.of() : Map.of("source", source);
        print(remote.client().post(BookmarkPaths.of(job, "/reset", query)), json);
        return 0;
    }

    @Command(
            name = "set-to-now",
            header = "Takes all objects that are there for read: the next run reads only what comes after.",
            mixinStandardHelpOptions = true)
    int setToNow(
            @Parameters(paramLabel = "JOB") String job,
            @Option(
                            names = "--source",
                            paramLabel = "NAME[=s3://...]",
                            description =
                                    "This source alone, and its location if that is not the one of the files read")
                    @Nullable
                    List<String> sources,
            @Option(names = "--json", description = "Print one JSON object for each source") boolean json,
            @Mixin Remote remote) {
        ApiClient client = remote.client();
        PrintWriter out = spec.commandLine().getOut();
        for (String source : sources == null ? known(client, job) : sources) {
            String answer =
                    client.post(BookmarkPaths.of(job, "/set-to-now", new HashMap<>(BookmarkPaths.source(source))));
            Marked marked = Json.read(answer, Marked.class);
            out.println(
                    json
                            ? answer
                            : String.format(
                                    Locale.ROOT,
                                    "Source %s at %s: %,d objects are now known as read",
                                    marked.source(),
                                    marked.location(),
                                    marked.marked()));
        }
        out.flush();
        return 0;
    }

    private record Marked(String source, String location, long marked) {}

    private void print(String answer, boolean json) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(answer);
            out.flush();
        } else {
            Json.read(answer, BookmarkView.class).print(out);
        }
    }
}
