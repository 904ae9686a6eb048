package dev.mastic.benchmarks;

import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.JobRunState;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * CSV to partitioned Parquet on a running server: through a Mastic job, and by a bare Spark program with the same jars,
 * heap and JVM options on the same files, once as it is and once with the class archive that Mastic's driver has. All are
 * whole processes, from their start to the last visible file.
 */
public final class CsvToParquet {
    private static final int FILES = 8;

    private CsvToParquet() {}

    /** @param arguments API address, S3 address, driver folder, benchmark jar, scratch folder, megabytes, rounds, runs' folder */
    public static void main(String[] arguments) throws Exception {
        URI api = URI.create(arguments[0]);
        URI s3Address = URI.create(arguments[1]);
        int megabytes = Integer.parseInt(arguments[5]);
        int rounds = Integer.parseInt(arguments[6]);
        try (GlueClient glue = Clients.glue(api);
                S3Client s3 = Clients.s3(s3Address)) {
            s3.createBucket(request -> request.bucket("bench"));
            fill(s3, megabytes);
            createJob(glue, s3);
            List<Duration> mastic = new ArrayList<>();
            List<Duration> bare = new ArrayList<>();
            List<Duration> archived = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                bare.add(bare(s3Address, "bare-" + round, false, arguments));
                archived.add(bare(s3Address, "archived-" + round, true, arguments));
                mastic.add(mastic(glue, round, Path.of(arguments[7])));
                System.out.printf(
                        Locale.ROOT,
                        "round %d: bare %.1f s, bare with class archive %.1f s, Mastic %.1f s%n",
                        round + 1,
                        seconds(bare.get(round)),
                        seconds(archived.get(round)),
                        seconds(mastic.get(round)));
            }
            System.out.printf("best of %d on %d MB:%n", rounds, megabytes);
            double best = seconds(Collections.min(mastic));
            print("Mastic", best, megabytes, best);
            print("bare Spark", best, megabytes, seconds(Collections.min(bare)));
            print("bare Spark with class archive", best, megabytes, seconds(Collections.min(archived)));
        }
    }

    private static void print(String what, double mastic, int megabytes, double seconds) {
        System.out.printf(
                Locale.ROOT,
                "  %-30s %6.1f s %6.0f MB/s; Mastic takes %.3f of it%n",
                what,
                seconds,
                megabytes / seconds,
                mastic / seconds);
    }

    private static void fill(S3Client s3, int megabytes) {
        IntStream.range(0, FILES)
                .forEach(file -> s3.putObject(
                        request -> request.bucket("bench").key("in/sales-" + file + ".csv"),
                        RequestBody.fromBytes(Sales.csv(file, (int) ((long) megabytes * 1_000_000 / FILES)))));
    }

    private static void createJob(GlueClient glue, S3Client s3) throws IOException {
        try (InputStream script = CsvToParquet.class.getResourceAsStream("/SalesToParquet.java")) {
            if (script == null) {
                throw new IllegalStateException("SalesToParquet.java is missing on the class path");
            }
            byte[] source = script.readAllBytes();
            s3.putObject(request -> request.bucket("bench").key("SalesToParquet.java"), RequestBody.fromBytes(source));
        }
        glue.createJob(request -> request.name("sales")
                .role("any")
                .command(command -> command.name("glueetl").scriptLocation("s3://bench/SalesToParquet.java"))
                .defaultArguments(Map.of("--input", "s3://bench/in/")));
    }

    private static Duration mastic(GlueClient glue, int round, Path runs) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Instant asked = Instant.now();
        String id = glue.startJobRun(request ->
                        request.jobName("sales").arguments(Map.of("--output", "s3://bench/mastic-" + round + "/")))
                .jobRunId();
        while (true) {
            JobRun run = glue.getJobRun(request -> request.jobName("sales").runId(id))
                    .jobRun();
            if (run.jobRunState() == JobRunState.SUCCEEDED) {
                Duration whole = Duration.ofNanos(System.nanoTime() - start);
                printStart(asked, runs.resolve(id).resolve("driver.log"));
                return whole;
            } else if (run.jobRunState() == JobRunState.FAILED) {
                throw new IllegalStateException(run.errorMessage());
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** Each line of the log begins with its time. */
    private static void printStart(Instant asked, Path log) throws IOException {
        for (String line : Files.readAllLines(log)) {
            for (String step : List.of("is ready", "First task", "Committed")) {
                if (line.contains(step)) {
                    System.out.printf(
                            Locale.ROOT,
                            "  %5d ms after StartJobRun: %s%n",
                            Duration.between(asked, Instant.parse(line.substring(0, line.indexOf(' '))))
                                    .toMillis(),
                            line.substring(line.indexOf("INFO") + 4).strip());
                }
            }
        }
    }

    private static Duration bare(URI s3, String output, boolean withArchive, String[] arguments)
            throws IOException, InterruptedException {
        Path driver = Path.of(arguments[2]);
        Path scratch = Files.createDirectories(Path.of(arguments[4]));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Files.readAllLines(driver.resolve("jvm-options")).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .forEach(command::add);
        if (withArchive) {
            command.addAll(List.of("-XX:SharedArchiveFile=" + driver.resolve("driver.jsa"), "-Xshare:auto"));
        }
        command.addAll(List.of("-Xmx1024m", "-Djava.io.tmpdir=" + scratch, "-cp"));
        // The benchmark's jar comes last, as the archive is of the class path that starts with the driver's.
        command.add(driver + "/*:" + arguments[3]);
        command.add(BareSpark.class.getName());
        command.addAll(List.of(s3.toString(), "s3a://bench/in/", "s3a://bench/" + output + "/", scratch.toString()));
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(scratch.resolve(output + ".log").toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("The bare program failed; see " + scratch);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
