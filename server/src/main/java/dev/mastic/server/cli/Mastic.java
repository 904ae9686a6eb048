package dev.mastic.server.cli;

import dev.mastic.server.config.ConfigException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.concurrent.Callable;

/** The command line. Exit status 0 is success, 1 a failure that was explained, 2 a wrong call. */
@Command(
        name = "mastic",
        header = "Mastic does the job of AWS Glue on machines that you own.",
        subcommands = {
            ServerCommand.class,
            DemoCommand.class,
            CatalogCommand.class,
            CrawlCommand.class,
            BookmarkCommand.class,
            LogsCommand.class,
            RunCommand.class,
            CommandLine.HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Mastic.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "In a source checkout './mastic build' builds Mastic and './mastic test' runs every test.",
            "Glue's own operations are called by the AWS CLI: aws glue get-databases --endpoint-url http://127.0.0.1:7700",
            "Documentation: README.md and docs/"
        })
public final class Mastic implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /** Runs the command line and ends the process. */
    public static void main(String[] arguments) {
        // Other threads of a half started server must not keep the process alive, whatever goes wrong.
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            System.err.println("mastic: " + failure + " in thread " + thread.getName());
            for (StackTraceElement element : failure.getStackTrace()) {
                System.err.println("    at " + element);
            }
            if (thread.getName().equals("main")) {
                Runtime.getRuntime().halt(1);
            }
        });
        System.exit(commandLine().execute(arguments));
    }

    /** The command line, for calls from within a process. */
    public static CommandLine commandLine() {
        return new CommandLine(new Mastic())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, commandLine, parsed) -> {
                    commandLine.getErr().println("mastic: " + explain(failure));
                    if (!(failure instanceof ConfigException) && System.getenv("MASTIC_STACKTRACE") != null) {
                        failure.printStackTrace(commandLine.getErr());
                    }
                    return 1;
                });
    }

    /** Folder of this installation: the source checkout, or where the distribution was unpacked. */
    static Path home() {
        return Path.of(System.getProperty("mastic.home", "")).toAbsolutePath().normalize();
    }

    /** Folder of the driver's jars. */
    static Path driverHome() {
        return Path.of(System.getProperty(
                "mastic.driver.home",
                home().resolve("etl-runtime/spark-engine/target/driver").toString()));
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return 0;
    }

    private static String explain(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.toString() : message;
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Mastic.class.getPackage().getImplementationVersion();
            return new String[] {"Mastic " + (version == null ? "(built from source)" : version)};
        }
    }
}
