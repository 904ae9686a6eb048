package dev.mastic.server.cli;

import dev.mastic.server.MasticServer;
import dev.mastic.server.demo.Demo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code mastic demo}. */
@Command(
        name = "demo",
        header =
                "Shows the main job on real data: CSV files arrive, are crawled, turned into Parquet, and never read twice.",
        description = {
            "",
            "Starts a Mastic of its own on embedded PostgreSQL and S3 in a scratch folder below .mastic/, and removes it at"
                    + " the end. Ends with status 0 when every row is where it should be.",
            ""
        },
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final long SECONDS_TO_STOP = 60;

    @Option(names = "--keep", description = "Stay up at the end, and print addresses, credentials and commands to try")
    private boolean keep;

    @Override
    public Integer call() throws Exception {
        Path scratch = Demo.scratch(Mastic.home());
        Path log = scratch.resolve("mastic.log");
        ServerLog.configure(log);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Thread main = Thread.currentThread();
        Thread hook = new Thread(() -> stop(main, interrupted, ended));
        Runtime.getRuntime().addShutdownHook(hook);
        boolean done = false;
        try {
            new Demo(Mastic.home(), Mastic.driverHome(), scratch, out, System.console() != null)
                    .run(server -> afterwards(server, out, interrupted));
            done = true;
            return 0;
        } finally {
            if (done) {
                delete(scratch);
            } else {
                System.err.println("mastic: the log of the demo is " + log);
            }
            ended.countDown();
        }
    }

    /** Ctrl-C ends what the demo is doing, and waits until its server and PostgreSQL have stopped. */
    private static void stop(Thread main, CountDownLatch interrupted, CountDownLatch ended) {
        interrupted.countDown();
        if (ended.getCount() > 0) {
            main.interrupt();
        }
        try {
            if (!ended.await(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
                System.err.println("mastic: the demo's server did not stop in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void afterwards(MasticServer server, PrintStream out, CountDownLatch interrupted) {
        if (!keep) {
            out.println();
            out.println("Done. './mastic demo --keep' stays up, for you to look around.");
            return;
        }
        out.println();
        out.println("Mastic stays up until Ctrl-C.");
        out.println("  Glue API  " + server.address() + "   S3  " + server.s3Endpoint());
        out.println("  access key mastic, secret key mastic, region us-east-1");
        out.println();
        out.println("Try:");
        out.println("  export AWS_ACCESS_KEY_ID=mastic AWS_SECRET_ACCESS_KEY=mastic AWS_DEFAULT_REGION=us-east-1");
        String glue = "  aws --endpoint-url " + server.address() + " glue ";
        String s3 = "  aws --endpoint-url " + server.s3Endpoint() + " s3 ";
        out.println(glue + "get-table --database-name analytics --name flights");
        out.println(
                glue + "get-partitions --database-name analytics --table-name flights --expression \"month > '03'\"");
        out.println(glue + "get-job-runs --job-name flights-to-parquet");
        out.println(glue + "get-job-bookmark --job-name flights-to-parquet");
        out.println(s3 + "ls --recursive s3://lake/flights/");
        try {
            interrupted.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
