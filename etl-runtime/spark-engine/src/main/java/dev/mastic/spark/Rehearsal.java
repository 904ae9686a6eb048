package dev.mastic.spark;

import dev.mastic.bookmarks.ClaimTerms;
import dev.mastic.bookmarks.ObjectVersion;
import dev.mastic.bookmarks.RunCommit;
import dev.mastic.bookmarks.driver.ClaimRequest;
import dev.mastic.job.Job;
import dev.mastic.job.JobGraph;
import dev.mastic.spark.plan.GraphPlan;
import dev.mastic.spark.s3.S3Settings;
import dev.mastic.spark.script.ScriptCompiler;
import dev.mastic.spark.write.RollingFormats;
import dev.mastic.wire.rest.Json;
import org.apache.spark.internal.io.HadoopMapReduceCommitProtocol;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import static dev.mastic.job.Dsl.col;
import static dev.mastic.job.Dsl.count;
import static dev.mastic.job.Dsl.on;

/**
 * Plays a small job on local files, so that a JVM that is told {@code -XX:ArchiveClassesAtExit=driver.jsa} archives the
 * classes that drivers need. A driver with {@code -XX:SharedArchiveFile=driver.jsa} and the same class path needs
 * about a third less processor time to its first result.
 */
public final class Rehearsal {
    private static final String SCRIPT = """
            import static dev.mastic.job.Dsl.*;
            import dev.mastic.job.*;
            public class Rehearsed implements Job {
                @Override
                public void define(JobBuilder job) {
                    job.read("a", Csv.at("s3://b/")).filter(col("x").gt(1)).write("c", Parquet.at("s3://d/"));
                }
            }
            """;

    private Rehearsal() {}

    /** @param arguments a folder for scratch files */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            System.err.println("Usage: Rehearsal FOLDER");
            System.exit(2);
        }
        play(Path.of(arguments[0]).toAbsolutePath());
        System.exit(0);
    }

    private static void play(Path folder) throws IOException {
        Files.createDirectories(folder);
        ScriptCompiler.compile("Rehearsed.java", SCRIPT);
        Json.read(
                Json.write(new ClaimRequest(
                        "a", List.of(new ObjectVersion("b", "k", "e", 1, Instant.EPOCH)), ClaimTerms.ALL)),
                ClaimRequest.class);
        Json.write(new RunCommit(List.of(), Map.of()));
        S3Settings s3 = new S3Settings("http://127.0.0.1:1", "us-east-1", "none", "none");
        s3.client();
        Path orders = Files.writeString(
                folder.resolve("orders.csv"), "id,customer,at\n1,ann,2026-01-01 10:00:00\n2,bob,2026-01-02 11:00:00\n");
        Path customers = Files.writeString(folder.resolve("customers.csv"), "name,city\nann,Ulm\n");
        SparkSession spark = Sessions.local("rehearsal", s3, folder);
        spark.conf().set("spark.sql.sources.commitProtocolClass", HadoopMapReduceCommitProtocol.class.getName());
        Map<String, Dataset<Row>> rows = Map.of("orders", csv(spark, orders), "customers", csv(spark, customers));
        GraphPlan plan = GraphPlan.of(JobGraph.of("rehearsal", Map.of(), job()), read -> rows.get(read.name()));
        for (String step : List.of("detail", "totals")) {
            plan.rows(step)
                    .write()
                    .partitionBy("city")
                    .mode("append")
                    .format(RollingFormats.Parquet.class.getName())
                    .save(folder.resolve(step).toUri().toString());
        }
    }

    private static Dataset<Row> csv(SparkSession spark, Path file) {
        return spark.read()
                .option("header", "true")
                .option("inferSchema", "true")
                .csv(file.toUri().toString());
    }

    private static Job job() {
        return job -> {
            var customers = job.read("customers", dev.mastic.job.Csv.at("s3://rehearsal/customers/"));
            var detail = job.read("orders", dev.mastic.job.Csv.at("s3://rehearsal/orders/"))
                    .filter(col("id").gt(0))
                    .derive("day", col("at").cast("date"))
                    .enrich(customers, on("customer", "name"));
            detail.write("detail", dev.mastic.job.Parquet.at("s3://rehearsal/detail/"));
            detail.groupBy("city")
                    .aggregate("per_city", count().as("orders"))
                    .write("totals", dev.mastic.job.Parquet.at("s3://rehearsal/totals/"));
        };
    }
}
