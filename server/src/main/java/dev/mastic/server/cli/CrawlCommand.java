package dev.mastic.server.cli;

import dev.mastic.server.config.ConfigException;
import dev.mastic.server.console.Progress;
import dev.mastic.server.crawl.PlanPrinter;
import dev.mastic.server.crawl.RunView;
import dev.mastic.server.crawl.RunView.Counts;
import dev.mastic.wire.rest.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code mastic crawl}. */
@Command(
        name = "crawl",
        header = "Runs a crawler and waits for its end, or shows what it would change.",
        description = {
            "",
            "Exit status 0 means that it succeeded, 1 that it failed or was stopped. Interrupting this command does not stop"
                    + " the crawl; aws glue stop-crawler does.",
            "Keys come from MASTIC_ACCESS_KEY and MASTIC_SECRET_KEY; without them the defaults are used.",
            ""
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class CrawlCommand implements Callable<Integer> {
    private static final int MILLIS_BETWEEN_LOOKS = 200;

    @Parameters(paramLabel = "NAME", description = "The crawler, as in aws glue create-crawler")
    private String name;

    @Option(
            names = "--plan",
            description = "Show what the crawl would create, change and delete, and why; write nothing")
    private boolean plan;

    @Option(
            names = "--apply",
            paramLabel = "PLAN_ID",
            description = "Write exactly this plan, or fail when the catalog or the objects are not what they were")
    private @Nullable String apply;

    @Option(names = "--json", description = "Print the plan, or the crawl with its report, as JSON")
    private boolean json;

    @Mixin
    private Remote remote;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (plan && apply != null) {
            throw new ParameterException(
                    spec.commandLine(), "--plan makes a plan and --apply writes one: give one of both");
        }
        ApiClient client = remote.client();
        String crawler = "/api/v1/crawlers/" + URLEncoder.encode(name, StandardCharsets.UTF_8);
        String kind = plan ? "plans" : "crawls";
        String started = client.post(
                apply == null
                        ? crawler + "/" + kind
                        : crawler + "/plans/" + URLEncoder.encode(apply, StandardCharsets.UTF_8) + "/apply");
        String id = String.valueOf(Json.read(started, Map.class).get(plan ? "planId" : "crawlId"));
        String end = watch(client, crawler + "/" + kind + "/" + id);
        RunView run = Json.read(end, RunView.class);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(end);
            out.flush();
        }
        if (!run.state().equals("COMPLETED")) {
            throw new ConfigException("The " + (plan ? "plan" : "crawl") + " " + id + " ended " + run.state()
                    + (run.error() == null ? "" : ": " + run.error()));
        }
        if (!json && plan) {
            new PlanPrinter(out).print(Json.read(end, RunView.Plan.class).plan());
            out.println("Nothing was written. To write it: mastic crawl " + name + " --apply " + id);
            out.flush();
        } else if (!json) {
            summarize(run, out);
        }
        return 0;
    }

    /** Waits for the end, with a bar where there is a terminal; the last answer. */
    private String watch(ApiClient client, String path) throws Exception {
        PrintStream people = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        if (System.console() == null) {
            return await(client, path, null);
        }
        return new Progress(people, true, 1)
                .step((plan ? "Planning " : "Crawling ") + name, gauge -> await(client, path, gauge));
    }

    private static String await(ApiClient client, String path, Progress.@Nullable Gauge gauge)
            throws InterruptedException {
        while (true) {
            String answer = client.get(path);
            RunView run = Json.read(answer, RunView.class);
            if (!run.active()) {
                return answer;
            }
            if (gauge != null) {
                gauge.set(run.done(), run.shown());
            }
            Thread.sleep(MILLIS_BETWEEN_LOOKS);
        }
    }

    private static void summarize(RunView run, PrintWriter out) {
        RunView.Report report = run.report();
        if (report != null) {
            for (RunView.Table table : report.tables()) {
                out.printf(
                        Locale.ROOT,
                        "%-10s %s  %s, %,d columns%s%n",
                        table.action(),
                        table.name(),
                        table.format().isEmpty() ? "no files" : table.format(),
                        table.columns().size(),
                        table.partitionsFound() == 0
                                ? ""
                                : String.format(
                                        Locale.ROOT,
                                        ", %,d partitions (%,d new)",
                                        table.partitionsFound(),
                                        table.partitionsCreated()));
            }
            report.warnings().forEach(warning -> out.println("Warning: " + warning));
        }
        out.printf(
                Locale.ROOT,
                "%,d objects listed, %,d read; tables %s; partitions %s%n",
                run.objectsListed(),
                run.objectsSampled(),
                shown(run.tables()),
                shown(run.partitions()));
        out.flush();
    }

    private static String shown(@Nullable Counts counts) {
        return counts == null
                ? "unknown"
                : String.format(
                        Locale.ROOT,
                        "%,d created, %,d updated, %,d deleted",
                        counts.created(),
                        counts.updated(),
                        counts.deleted());
    }
}
