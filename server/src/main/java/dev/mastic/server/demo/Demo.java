package dev.mastic.server.demo;

import dev.mastic.server.MasticServer;
import dev.mastic.server.cli.ApiClient;
import dev.mastic.server.config.Setting;
import dev.mastic.server.config.Settings;
import dev.mastic.server.console.Progress;
import dev.mastic.server.demo.FlightFiles.Month;
import dev.mastic.wire.rest.Json;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.CrawlerState;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.JobRunState;
import software.amazon.awssdk.services.glue.model.LastCrawlInfo;
import software.amazon.awssdk.services.glue.model.LastCrawlStatus;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TriggerType;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The main job on real data, as a user would do it: through the Glue API and S3 over HTTP, with a server of its own. Ends
 * with an exception when anything is not as it should be.
 */
public final class Demo {
    private static final int STEPS = 7;
    private static final Duration LONGEST_CRAWL = Duration.ofMinutes(3);
    private static final Duration LONGEST_RUN = Duration.ofMinutes(5);
    private static final String JOB = "flights-to-parquet";
    private static final String SCRIPT = "examples/src/main/java/dev/mastic/examples/FlightsToParquet.java";

    private final Path home;
    private final Path driverHome;
    private final Path data;
    private final PrintStream out;
    private final Progress progress;

    /**
     * @param home the checkout
     * @param data scratch folder of the demo's server
     * @param terminal whether {@code out} can move its cursor
     */
    public Demo(Path home, Path driverHome, Path data, PrintStream out, boolean terminal) {
        this.home = home;
        this.driverHome = driverHome;
        this.data = data;
        this.out = out;
        this.progress = new Progress(out, terminal, STEPS);
    }

    /** What goes on when the demo has shown all. */
    @FunctionalInterface
    public interface Afterwards {
        /** Called while the server still runs. */
        void run(MasticServer server) throws Exception;
    }

    /**
     * Shows the demo.
     *
     * @throws DemoException when a row is lost or doubled, a run fails, or a step takes too long
     */
    public void run(Afterwards afterwards) throws Exception {
        out.println("From CSV files in a bucket to a bookmarked Parquet table, on embedded defaults.");
        out.println("Data: flights in the United States, January to June 2001 (Bureau of Transportation Statistics)");
        out.println();
        Settings settings = settings();
        try (MasticServer server = progress.step("Start Mastic", gauge -> MasticServer.start(settings, driverHome));
                GlueClient glue = glue(server);
                S3Client s3 = s3(server)) {
            progress.tell("Glue API " + server.address() + ", S3 " + server.s3Endpoint()
                    + ", embedded PostgreSQL, data in " + data);
            show(server, glue, s3);
            afterwards.run(server);
        }
    }

    private void show(MasticServer server, GlueClient glue, S3Client s3) throws Exception {
        List<Month> months = new FlightFiles(home.resolve("examples/src/main/data")).months();
        List<Month> first = months.subList(0, months.size() - 1);
        Month last = months.get(months.size() - 1);

        progress.step("Set up buckets, a job and an event trigger", gauge -> setUp(glue, s3));
        progress.tell("job " + JOB + " runs " + SCRIPT
                + "\ntrigger flights-arrived starts it for s3://landing/flights/*.csv");

        progress.step("CSV files arrive in s3://landing", gauge -> upload(s3, first, gauge));
        progress.tell(String.format(
                Locale.ROOT, "%d months of flights, %,d rows, and the airports", first.size(), rows(first)));

        progress.step("A crawler finds tables and partitions", gauge -> crawl(glue, gauge));
        progress.tell(describe(glue, "landing", "flights") + "\n" + describe(glue, "landing", "airports"));

        JobRun firstRun = progress.step("The events start the job: CSV to Parquet", gauge -> {
            glue.startTrigger(request -> request.name("flights-arrived"));
            return finishedRun(glue, 1, gauge);
        });
        tellRun(server, firstRun, first.size(), 0);
        showTable(glue, s3, first);

        JobRun secondRun = progress.step("One more file arrives; its event starts the job", gauge -> {
            upload(s3, last);
            return finishedRun(glue, 2, gauge);
        });
        tellRun(server, secondRun, 1, first.size());

        progress.step("No row is lost or doubled", gauge -> checkTable(s3, months));
        showTable(glue, s3, months);
    }

    private Void setUp(GlueClient glue, S3Client s3) throws IOException {
        for (String bucket : List.of("landing", "lake", "scripts")) {
            s3.createBucket(request -> request.bucket(bucket));
        }
        s3.putObject(
                request -> request.bucket("scripts").key("FlightsToParquet.java"),
                RequestBody.fromFile(home.resolve(SCRIPT)));
        glue.createDatabase(request -> request.databaseInput(database -> database.name("landing")));
        glue.createDatabase(request -> request.databaseInput(database -> database.name("analytics")));
        glue.createCrawler(request -> request.name("landing")
                .role("demo")
                .databaseName("landing")
                .targets(targets -> targets.s3Targets(target -> target.path("s3://landing/"))));
        glue.createJob(request -> request.name(JOB)
                .role("demo")
                .command(command -> command.name("glueetl").scriptLocation("s3://scripts/FlightsToParquet.java"))
                .defaultArguments(Map.of(
                        "--job-bookmark-option", "job-bookmark-enable",
                        "--output", "s3://lake/flights/")));
        glue.createTrigger(request -> request.name("flights-arrived")
                .type(TriggerType.EVENT)
                .eventBatchingCondition(condition -> condition.batchSize(100).batchWindow(1))
                .actions(action -> action.jobName(JOB)
                        .arguments(Map.of(
                                "--event-bucket", "landing",
                                "--event-prefix", "flights/",
                                "--event-suffix", ".csv"))));
        return null;
    }

    private Void upload(S3Client s3, List<Month> months, Progress.Gauge gauge) throws IOException {
        byte[] airports = new FlightFiles(home.resolve("examples/src/main/data")).airports();
        s3.putObject(
                request -> request.bucket("landing").key("airports/airports.csv"), RequestBody.fromBytes(airports));
        for (int i = 0; i < months.size(); i++) {
            gauge.set((double) i / months.size(), months.get(i).key());
            upload(s3, months.get(i));
        }
        return null;
    }

    private static void upload(S3Client s3, Month month) {
        s3.putObject(request -> request.bucket("landing").key(month.key()), RequestBody.fromBytes(month.csv()));
    }

    private static Void crawl(GlueClient glue, Progress.Gauge gauge) throws InterruptedException {
        glue.startCrawler(request -> request.name("landing"));
        Instant deadline = Instant.now().plus(LONGEST_CRAWL);
        while (true) {
            var crawler = glue.getCrawler(request -> request.name("landing")).crawler();
            gauge.set(-1, crawler.stateAsString());
            LastCrawlInfo last = crawler.lastCrawl();
            if (crawler.state() == CrawlerState.READY && last != null) {
                if (last.status() != LastCrawlStatus.SUCCEEDED) {
                    throw new DemoException("The crawl ended " + last.statusAsString() + ": " + last.errorMessage());
                }
                return null;
            }
            pause(deadline, "The crawl");
        }
    }

    /** The newest run, once there are as many runs as expected and it has ended. */
    private static JobRun finishedRun(GlueClient glue, int runs, Progress.Gauge gauge) throws InterruptedException {
        Instant deadline = Instant.now().plus(LONGEST_RUN);
        while (true) {
            List<JobRun> all = glue.getJobRuns(request -> request.jobName(JOB)).jobRuns();
            if (all.size() >= runs) {
                JobRun newest = all.get(0);
                gauge.set(-1, newest.jobRunStateAsString());
                if (newest.jobRunState() == JobRunState.SUCCEEDED) {
                    return newest;
                } else if (List.of(JobRunState.FAILED, JobRunState.TIMEOUT, JobRunState.STOPPED, JobRunState.ERROR)
                        .contains(newest.jobRunState())) {
                    throw new DemoException("Run " + newest.id() + " ended " + newest.jobRunStateAsString() + ": "
                            + newest.errorMessage());
                }
            } else {
                gauge.set(-1, "waiting for the event");
            }
            pause(deadline, "The job run");
        }
    }

    private static void pause(Instant deadline, String what) throws InterruptedException {
        if (Instant.now().isAfter(deadline)) {
            throw new DemoException(what + " did not end in time");
        }
        TimeUnit.MILLISECONDS.sleep(100);
    }

    private static String describe(GlueClient glue, String database, String name) {
        Table table = glue.getTable(request -> request.databaseName(database).name(name))
                .table();
        int partitions = glue.getPartitions(
                        request -> request.databaseName(database).tableName(name))
                .partitions()
                .size();
        String keys = table.partitionKeys().isEmpty()
                ? ""
                : "; " + partitions + " partitions by "
                        + table.partitionKeys().stream().map(Column::name).collect(Collectors.joining(", "));
        return database + "." + name + ": "
                + table.storageDescriptor().columns().stream()
                        .map(column -> column.name() + " " + column.type())
                        .collect(Collectors.joining(", "))
                + keys;
    }

    private void tellRun(MasticServer server, JobRun run, int filesExpected, int filesSkippedBefore) {
        Map<String, Object> details = Json.readObject(new ApiClient(server.address(), credentials(), "us-east-1")
                .get("/api/v1/runs/" + run.id())
                .getBytes(StandardCharsets.UTF_8));
        Map<?, ?> metrics = details.get("metrics") instanceof Map<?, ?> map ? map : Map.of();
        long files = metric(metrics, "read.flights.files");
        if (files != filesExpected) {
            throw new DemoException(
                    "Run " + run.id() + " read " + files + " files of flights; " + filesExpected + " are new");
        }
        progress.tell(String.format(
                Locale.ROOT,
                "started by trigger %s; read %d new file%s, %d read before %s not read again; run %s",
                run.triggerName(),
                files,
                files == 1 ? "" : "s",
                filesSkippedBefore,
                filesSkippedBefore == 1 ? "was" : "were",
                run.id().substring(0, 12)));
    }

    private static long metric(Map<?, ?> metrics, String name) {
        Object value = metrics.get(name);
        return value instanceof Number number ? number.longValue() : -1;
    }

    private static Void checkTable(S3Client s3, List<Month> months) throws IOException {
        Map<String, Long> found = new TreeMap<>();
        for (PublishedFiles.File file : new PublishedFiles(s3).below("lake", "flights/")) {
            found.merge(partition(file), file.rows(), Long::sum);
        }
        Map<String, Long> expected = new TreeMap<>();
        months.forEach(month -> expected.put("year=" + month.year() + "/month=" + month.month(), month.kept()));
        if (!found.equals(expected)) {
            throw new DemoException("The table has " + found + " rows by partition, the files have " + expected);
        }
        return null;
    }

    private void showTable(GlueClient glue, S3Client s3, List<Month> months) throws IOException {
        Map<String, long[]> partitions = new TreeMap<>();
        for (PublishedFiles.File file : new PublishedFiles(s3).below("lake", "flights/")) {
            long[] sums = partitions.computeIfAbsent(partition(file), key -> new long[3]);
            sums[0]++;
            sums[1] += file.rows();
            sums[2] += file.bytes();
        }
        int registered = glue.getPartitions(
                        request -> request.databaseName("analytics").tableName("flights"))
                .partitions()
                .size();
        if (registered != partitions.size()) {
            throw new DemoException("The catalog has " + registered + " partitions, the bucket " + partitions.size());
        }
        StringBuilder table = new StringBuilder(describe(glue, "analytics", "flights")).append('\n');
        table.append(String.format(
                Locale.ROOT, "%-22s %10s %10s %6s %9s%n", "partition", "rows in", "rows out", "files", "kB"));
        long in = 0;
        long outRows = 0;
        for (Month month : months) {
            String key = "year=" + month.year() + "/month=" + month.month();
            long[] sums = partitions.getOrDefault(key, new long[3]);
            table.append(String.format(
                    Locale.ROOT, "%-22s %,10d %,10d %6d %,9d%n", key, month.rows(), sums[1], sums[0], sums[2] / 1024));
            in += month.rows();
            outRows += sums[1];
        }
        table.append(String.format(Locale.ROOT, "%-22s %,10d %,10d%n", "all", in, outRows));
        progress.tell(table.toString());
    }

    private static String partition(PublishedFiles.File file) {
        String key = file.key();
        return key.substring("flights/".length(), key.lastIndexOf('/'));
    }

    private static long rows(List<Month> months) {
        return months.stream().mapToLong(Month::rows).sum();
    }

    private Settings settings() {
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        values.put(Setting.DATA, data.toString());
        values.put(Setting.PORT, freeOr0(Setting.PORT));
        values.put(Setting.S3_PORT, freeOr0(Setting.S3_PORT));
        return Settings.read(values, Map.of(), Optional.empty());
    }

    private static String freeOr0(Setting port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress("127.0.0.1", Integer.parseInt(port.defaultValue())));
            return port.defaultValue();
        } catch (IOException e) {
            // Taken, most likely by another Mastic; the demo does not need these very ports.
            return "0";
        }
    }

    private static GlueClient glue(MasticServer server) {
        return GlueClient.builder()
                .endpointOverride(server.address())
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials())
                .build();
    }

    private static S3Client s3(MasticServer server) {
        return S3Client.builder()
                .endpointOverride(server.s3Endpoint())
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials())
                .build();
    }

    private static StaticCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create("mastic", "mastic"));
    }

    /** Makes an empty scratch folder below the checkout. */
    public static Path scratch(Path home) throws IOException {
        Path parent = Files.createDirectories(home.resolve(".mastic"));
        return Files.createTempDirectory(parent, "demo-");
    }
}
