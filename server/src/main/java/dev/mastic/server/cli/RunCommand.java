package dev.mastic.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

/** {@code mastic run}. */
@Command(
        name = "run",
        header = "Prints what a job run read and wrote, and how far it is published, as JSON.",
        description = {
            "",
            "Keys come from MASTIC_ACCESS_KEY and MASTIC_SECRET_KEY; without them the defaults are used.",
            ""
        },
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class RunCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN_ID", description = "Id of the run, as in aws glue get-job-runs")
    private String runId;

    @Mixin
    private Remote remote;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine()
                .getOut()
                .println(remote.client().get("/api/v1/runs/" + URLEncoder.encode(runId, StandardCharsets.UTF_8)));
        return 0;
    }
}
