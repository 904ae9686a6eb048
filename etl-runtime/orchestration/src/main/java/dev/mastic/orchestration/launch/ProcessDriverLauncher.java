package dev.mastic.orchestration.launch;

import org.jspecify.annotations.Nullable;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Starts each driver as a Java process on this machine. What it prints goes to its {@linkplain RunFolders#log log}; it
 * outlives a server that is killed, and then goes on to speak to the next one. Thread-safe.
 */
public final class ProcessDriverLauncher implements DriverLauncher {
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final Map<String, Integer> HEAP_MEGABYTES = Map.of(
            "Standard", 1024,
            "G.025X", 768,
            "G.1X", 1024,
            "G.2X", 2048,
            "G.4X", 4096,
            "G.8X", 8192);
    private static final int DEFAULT_HEAP_MEGABYTES = 1024;

    private final DriverEnvironment environment;
    private final RunFolders folders;
    private final String classPath;
    private final String mainClass;
    private final List<String> jvmOptions;
    private final Map<String, String> variables;

    /**
     * @param jvmOptions options of the driver's JVM besides heap and folders; {@code @FOLDER} stands for those in the
     *     folder's file {@code jvm-options}
     * @param variables environment variables of the driver besides those that every driver has
     */
    public ProcessDriverLauncher(
            DriverEnvironment environment,
            RunFolders folders,
            String classPath,
            String mainClass,
            List<String> jvmOptions,
            Map<String, String> variables) {
        this.environment = environment;
        this.folders = folders;
        this.classPath = classPath;
        this.mainClass = mainClass;
        this.jvmOptions = List.copyOf(jvmOptions);
        this.variables = Map.copyOf(variables);
    }

    /**
     * Starts Mastic's Spark driver.
     *
     * @param driverHome folder with the driver's jars and, if it has one, the file {@code jvm-options}: an option a line,
     *     {@code #} starts a comment
     */
    public static ProcessDriverLauncher ofHome(DriverEnvironment environment, RunFolders folders, Path driverHome) {
        Path home = driverHome.toAbsolutePath();
        return new ProcessDriverLauncher(
                environment, folders, home + "/*", "dev.mastic.spark.DriverMain", List.of("@" + home), Map.of());
    }

    @Override
    public Driver launch(Launch launch, IntConsumer onExit) throws IOException {
        folders.create(launch.runId());
        ProcessBuilder builder = new ProcessBuilder(command(launch))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folders.log(launch.runId()).toFile()))
                .directory(folders.scratch(launch.runId()).toFile());
        builder.environment().putAll(environment.variables());
        builder.environment().putAll(variables);
        builder.environment().put("MASTIC_RUN_ID", launch.runId());
        builder.environment().put("MASTIC_RUN_TOKEN", launch.token());
        builder.environment()
                .put("MASTIC_SCRATCH", folders.scratch(launch.runId()).toString());
        Process process = builder.start();
        process.getOutputStream().close();
        process.onExit().thenAccept(ended -> onExit.accept(ended.exitValue()));
        return process::destroyForcibly;
    }

    private List<String> command(Launch launch) throws IOException {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            // Ctrl-C in the server's terminal is for the server, which puts its runs back into the queue first.
            command.add(SETSID.toString());
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String option : jvmOptions) {
            if (option.startsWith("@")) {
                command.addAll(optionsOf(Path.of(option.substring(1))));
            } else {
                command.add(option);
            }
        }
        command.add("-Xmx" + heapMegabytes(launch.workerType()) + "m");
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("-Djava.io.tmpdir=" + folders.scratch(launch.runId()));
        command.add("-cp");
        command.add(classPath + driversOf(environment.jdbcDrivers()));
        command.add(mainClass);
        return command;
    }

    /** Behind the driver's own jars, as users bring them. */
    private static String driversOf(@Nullable Path folder) {
        return folder == null || !Files.isDirectory(folder) ? "" : File.pathSeparator + folder.toAbsolutePath() + "/*";
    }

    /** Read at each launch, so that a driver home may be built or changed while the server runs. */
    private static List<String> optionsOf(Path home) throws IOException {
        if (!Files.isDirectory(home)) {
            throw new IOException("The driver's folder " + home + " does not exist: build it, or set drivers.home");
        }
        List<String> options = new ArrayList<>();
        Path file = home.resolve("jvm-options");
        if (Files.exists(file)) {
            Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .forEach(options::add);
        }
        Path archive = home.resolve("driver.jsa");
        if (Files.exists(archive)) {
            // Saves seconds of class loading; an archive of other jars is left aside by the JVM.
            options.addAll(List.of("-XX:SharedArchiveFile=" + archive, "-Xshare:auto", "-Xlog:cds=off"));
        }
        return options;
    }

    /** By worker type, and never more than half of this machine. */
    static int heapMegabytes(@Nullable String workerType) {
        int wanted = workerType == null
                ? DEFAULT_HEAP_MEGABYTES
                : HEAP_MEGABYTES.getOrDefault(workerType, DEFAULT_HEAP_MEGABYTES);
        return (int) Math.max(256, Math.min(wanted, machineMegabytes() / 2));
    }

    private static long machineMegabytes() {
        java.lang.management.OperatingSystemMXBean machine =
                java.lang.management.ManagementFactory.getOperatingSystemMXBean();
        return machine instanceof com.sun.management.OperatingSystemMXBean known
                ? known.getTotalMemorySize() >> 20
                : Long.MAX_VALUE;
    }
}
