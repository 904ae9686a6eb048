package dev.mastic.spark;

import dev.mastic.bookmarks.Failpoint;
import dev.mastic.bookmarks.RunCommit;
import dev.mastic.bookmarks.driver.RunAssignment;
import dev.mastic.bookmarks.driver.RunConnection;
import dev.mastic.job.JobGraph;
import dev.mastic.spark.failure.JobFailure;
import dev.mastic.spark.read.Catalog;
import dev.mastic.spark.script.JobScript;
import dev.mastic.spark.write.OpenUploads;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.GlueClient;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** One attempt of one run: script, claim, plan, write, commit. */
final class Driver {
    private static final Logger LOG = LoggerFactory.getLogger(Driver.class);

    private final DriverEnvironment environment;
    private final RunConnection connection;
    private final DriverExit exit;

    Driver(DriverEnvironment environment, RunConnection connection, DriverExit exit) {
        this.environment = environment;
        this.connection = connection;
        this.exit = exit;
    }

    /** Returns when the run has committed; throws when it failed. */
    void run() throws IOException {
        Files.createDirectories(environment.scratch());
        RunAssignment assignment = connection.assignment();
        connection.started();
        new Heartbeat(connection, assignment, exit).start();
        LOG.info("Job {}, run {}, attempt {}", assignment.jobName(), assignment.runId(), assignment.attempt());
        // Spark takes seconds to start and the script about one to compile: both at once.
        CompletableFuture<SparkSession> starting = CompletableFuture.supplyAsync(
                () -> Sessions.local(assignment.jobName(), environment.s3(), environment.scratch()));
        JobGraph graph = graph(assignment);
        SparkSession spark = started(starting);
        if (environment.dynamoDb() != null) {
            environment.dynamoDb().to(spark.conf());
        }
        exit.onStop(() -> spark.sparkContext().cancelAllJobs());
        spark.sparkContext().addSparkListener(new FirstTask(Driver::uptime));
        LOG.info("Spark {} is ready {} after the start of the JVM", spark.version(), uptime());
        execute(assignment, graph, spark);
        LOG.info("Committed {} after the start of the JVM", uptime());
    }

    private JobGraph graph(RunAssignment assignment) {
        JobGraph graph = JobScript.load(
                        assignment.scriptLocation(),
                        assignment.arguments(),
                        environment.s3().client(),
                        environment.scratch())
                .graph(assignment.jobName(), assignment.arguments());
        LOG.info("{}", graph.describe());
        return graph;
    }

    private static SparkSession started(CompletableFuture<SparkSession> starting) {
        try {
            return starting.join();
        } catch (CompletionException e) {
            throw new JobFailure("Spark did not start: " + e.getCause(), e);
        }
    }

    private void execute(RunAssignment assignment, JobGraph graph, SparkSession spark) {
        try (GlueClient glue = glue()) {
            JobRun run = new JobRun(
                    spark, environment.s3().client(), new Catalog(glue), connection, assignment, environment.scratch());
            commit(run.execute(graph));
        }
    }

    private void commit(RunCommit commit) {
        Failpoint.DRIVER_BEFORE_COMMIT.reach();
        exit.beginCommit();
        connection.commit(commit);
        OpenUploads.handOver();
        Failpoint.DRIVER_AFTER_COMMIT.reach();
    }

    private GlueClient glue() {
        return GlueClient.builder()
                .endpointOverride(environment.glueEndpoint())
                .region(Region.of(environment.s3().region()))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(environment.accessKeyId(), environment.secretAccessKey())))
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
    }

    private static String uptime() {
        return ManagementFactory.getRuntimeMXBean().getUptime() + " ms";
    }
}
