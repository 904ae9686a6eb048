package dev.mastic.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

/** {@code mastic logs}. */
@Command(
        name = "logs",
        header = "Prints the log of a job run.",
        description = {
            "",
            "Keys come from MASTIC_ACCESS_KEY and MASTIC_SECRET_KEY; without them the defaults are used.",
            ""
        },
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class LogsCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN_ID", description = "Id of the run, as in aws glue get-job-runs")
    private String runId;

    @Option(names = "--tail", paramLabel = "N", defaultValue = "0", description = "The last N lines only")
    private int tail;

    @Mixin
    private Remote remote;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        String path = "/api/v1/runs/" + URLEncoder.encode(runId, StandardCharsets.UTF_8) + "/logs"
                + (tail > 0 ? "?tail=" + tail : "");
        spec.commandLine().getOut().print(remote.client().get(path));
        spec.commandLine().getOut().flush();
        return 0;
    }
}
