package dev.mastic.server.cli;

import dev.mastic.server.console.Progress;
import dev.mastic.server.transfer.CatalogSource;
import dev.mastic.server.transfer.Counter;
import dev.mastic.server.transfer.ExportWriter;
import dev.mastic.server.transfer.GlueEndpoint;
import dev.mastic.server.transfer.Statistics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.glue.GlueClient;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/** {@code mastic catalog export}. */
@Command(
        name = "export",
        header = "Writes databases with all that is in them as JSON lines.",
        description = {
            "",
            "Tables, partitions, partition indexes, column statistics and user-defined functions, by the Glue API. A file"
                    + " has its name when it is whole; an export without its last line is not.",
            "Keys that are not given: for an address of AWS those that the AWS CLI would take, else MASTIC_ACCESS_KEY and"
                    + " MASTIC_SECRET_KEY, else the default credentials.",
            ""
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // set by picocli
final class CatalogExportCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            defaultValue = "-",
            description = "The file; - is standard output (default)")
    private String file;

    @Option(
            names = "--database",
            paramLabel = "NAME",
            description = "A database; may be given again (default: all databases)")
    private List<String> databases = new ArrayList<>();

    @Option(
            names = "--statistics",
            paramLabel = "WHICH",
            defaultValue = "TABLES",
            description =
                    "Column statistics: none, tables (default), or all, which asks once for each partition and takes longer")
    private Statistics statistics;

    @Mixin
    private CatalogEndpoint from;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        ServerLog.configure("stderr");
        GlueEndpoint endpoint = from.endpoint();
        boolean toFile = !file.equals("-");
        PrintStream people = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        try (GlueClient glue = endpoint.connect();
                CatalogSource source = new CatalogSource(glue, statistics);
                ExportWriter writer = toFile ? ExportWriter.to(Path.of(file)) : ExportWriter.to(System.out)) {
            Counter counter = new Counter(writer);
            if (toFile && System.console() != null) {
                new Progress(people, true, 1).step("Exporting", gauge -> {
                    gauge.follow(() -> -1, counter::shown);
                    return read(endpoint, source, counter);
                });
            } else {
                read(endpoint, source, counter);
            }
            writer.complete();
            spec.commandLine().getErr().println("Exported " + counter.shown() + (toFile ? " to " + file : ""));
        }
        return 0;
    }

    private boolean read(GlueEndpoint endpoint, CatalogSource source, Counter counter) {
        return endpoint.explaining(() -> {
            source.read(folded(databases), counter);
            return true;
        });
    }

    /** Names of databases as Glue keeps them. */
    static Set<String> folded(List<String> names) {
        Set<String> folded = new TreeSet<>();
        names.forEach(name -> folded.add(name.toLowerCase(Locale.ROOT)));
        return folded;
    }
}
