package dev.mastic.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** {@code mastic catalog}. */
@Command(
        name = "catalog",
        header = "Moves databases of the catalog: into a file, out of one, or from another Glue.",
        description = {"", "docs/catalog.md describes the file.", ""},
        subcommands = {CatalogExportCommand.class, CatalogImportCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // set by picocli
final class CatalogCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return 0;
    }
}
