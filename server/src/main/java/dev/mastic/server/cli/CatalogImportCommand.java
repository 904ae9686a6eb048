package dev.mastic.server.cli;

import dev.mastic.server.console.Progress;
import dev.mastic.server.transfer.CatalogSource;
import dev.mastic.server.transfer.CatalogTarget;
import dev.mastic.server.transfer.Counter;
import dev.mastic.server.transfer.DatabaseChoice;
import dev.mastic.server.transfer.DryRun;
import dev.mastic.server.transfer.ExportReader;
import dev.mastic.server.transfer.GlueEndpoint;
import dev.mastic.server.transfer.IfExists;
import dev.mastic.server.transfer.Statistics;
import dev.mastic.server.transfer.Tally;
import dev.mastic.server.transfer.TransferException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.glue.GlueClient;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code mastic catalog import}. */
@Command(
        name = "import",
        header = "Makes the databases of an export, or of another Glue, in the catalog.",
        description = {
            "",
            "What cannot be made is named at the end, with status 1, and the rest is made nevertheless. An import that broke"
                    + " can be run again with --if-exists skip.",
            "Keys that are not given: for an address of AWS those that the AWS CLI would take, else MASTIC_ACCESS_KEY and"
                    + " MASTIC_SECRET_KEY, else the default credentials.",
            ""
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // set by picocli
final class CatalogImportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", arity = "0..1", description = "The export; - is standard input")
    private @Nullable String file;

    @Option(
            names = "--from",
            paramLabel = "URL",
            description = "Address of another Glue API to import from, instead of a file")
    private @Nullable String from;

    @Option(
            names = "--from-access-key",
            paramLabel = "KEY",
            defaultValue = "${env:MASTIC_FROM_ACCESS_KEY}",
            description = "Access key for it (also MASTIC_FROM_ACCESS_KEY)")
    private @Nullable String fromAccessKey;

    @Option(
            names = "--from-secret-key",
            paramLabel = "KEY",
            defaultValue = "${env:MASTIC_FROM_SECRET_KEY}",
            description = "Secret key for it; better given by MASTIC_FROM_SECRET_KEY")
    private @Nullable String fromSecretKey;

    @Option(
            names = "--from-session-token",
            paramLabel = "TOKEN",
            defaultValue = "${env:MASTIC_FROM_SESSION_TOKEN}",
            description = "Session token of temporary keys (also MASTIC_FROM_SESSION_TOKEN)")
    private @Nullable String fromSessionToken;

    @Option(names = "--from-region", paramLabel = "REGION", description = "Its AWS region")
    private @Nullable String fromRegion;

    @Option(
            names = "--statistics",
            paramLabel = "WHICH",
            defaultValue = "TABLES",
            description = "Column statistics to read from it: none, tables (default), or all, which takes longer")
    private Statistics statistics;

    @Option(
            names = "--database",
            paramLabel = "NAME",
            description = "A database of the export; may be given again (default: all databases)")
    private List<String> databases = new ArrayList<>();

    @Option(names = "--rename", paramLabel = "OLD=NEW", description = "Another name for a database; may be given again")
    private Map<String, String> renamed = new LinkedHashMap<>();

    @Option(
            names = "--if-exists",
            paramLabel = "WHAT",
            defaultValue = "FAIL",
            description =
                    "What is there already: fail (default) leaves it and names it, skip leaves it and adds what is missing in it, replace gives it the imported definition and removes nothing")
    private IfExists ifExists;

    @Option(names = "--dry-run", description = "Change nothing; tell what would be created, replaced or skipped")
    private boolean dryRun;

    @Mixin
    private CatalogEndpoint to;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if ((file == null) == (from == null)) {
            throw new ParameterException(
                    spec.commandLine(), "Name what to import: a FILE (- is standard input), or --from URL");
        }
        ServerLog.configure("stderr");
        GlueEndpoint endpoint = to.endpoint();
        Tally tally = new Tally();
        String unfinished = "";
        try (GlueClient glue = endpoint.connect()) {
            CatalogTarget target = new CatalogTarget(dryRun ? new DryRun(glue) : glue, ifExists, tally);
            Counter counter = new Counter(request -> endpoint.explaining(() -> {
                target.accept(request);
                return true;
            }));
            read(counter);
            endpoint.explaining(() -> {
                target.flush();
                return true;
            });
        } catch (TransferException e) {
            unfinished = String.valueOf(e.getMessage());
        }
        return report(endpoint, tally, unfinished);
    }

    private int report(GlueEndpoint endpoint, Tally tally, String unfinished) {
        PrintWriter out = spec.commandLine().getOut();
        List<String> summary = tally.summary();
        if (!summary.isEmpty()) {
            out.println(
                    (dryRun ? "Nothing was changed at " + endpoint + "; an import would be:" : "At " + endpoint + ":"));
            summary.forEach(line -> out.println("  " + line));
            out.flush();
        }
        PrintWriter err = spec.commandLine().getErr();
        tally.failures().forEach(failure -> err.println("mastic: " + failure));
        if (tally.failed() > tally.failures().size()) {
            err.println("mastic: and " + (tally.failed() - tally.failures().size()) + " more");
        }
        if (!unfinished.isEmpty()) {
            err.println("mastic: " + unfinished);
            if (!dryRun && !summary.isEmpty()) {
                err.println("mastic: the import is not finished; run it again with --if-exists skip");
            }
        }
        err.flush();
        return tally.hasFailures() || !unfinished.isEmpty() ? 1 : 0;
    }

    private void read(Counter counter) throws Exception {
        Map<String, String> newNames = new LinkedHashMap<>();
        renamed.forEach((old, name) -> newNames.put(old.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT)));
        DatabaseChoice choice = new DatabaseChoice(CatalogExportCommand.folded(databases), newNames, counter);
        if (from != null) {
            GlueEndpoint source = EndpointOptions.endpoint(
                    "--from", from, fromAccessKey, fromSecretKey, fromSessionToken, fromRegion);
            try (GlueClient glue = source.connect();
                    CatalogSource catalog = new CatalogSource(glue, statistics)) {
                showing(gauge -> source.explaining(() -> {
                    gauge.follow(() -> -1, counter::shown);
                    catalog.read(CatalogExportCommand.folded(databases), choice);
                    return true;
                }));
            }
        } else {
            try (ExportReader reader = reader()) {
                showing(gauge -> {
                    gauge.follow(reader::done, counter::shown);
                    reader.read(choice);
                    return true;
                });
            }
        }
        choice.requireAll();
    }

    private ExportReader reader() throws IOException {
        String name = String.valueOf(file);
        return name.equals("-") ? ExportReader.of(System.in, "Standard input") : ExportReader.of(Path.of(name));
    }

    private void showing(Progress.Step<Boolean> work) throws Exception {
        if (System.console() != null) {
            PrintStream people = new PrintStream(System.err, true, StandardCharsets.UTF_8);
            new Progress(people, true, 1).step(dryRun ? "Comparing" : "Importing", work);
        } else {
            work.run(new Progress.Gauge());
        }
    }
}
