package dev.mastic.spark;

import dev.mastic.bookmarks.Failpoint;
import dev.mastic.bookmarks.Ledger;
import dev.mastic.bookmarks.RunCommit;
import dev.mastic.bookmarks.driver.RunAssignment;
import dev.mastic.job.JobGraph;
import dev.mastic.job.Step;
import dev.mastic.spark.failure.JobFailure;
import dev.mastic.spark.plan.GraphPlan;
import dev.mastic.spark.read.Catalog;
import dev.mastic.spark.read.Reads;
import dev.mastic.spark.read.ScanCounts;
import dev.mastic.spark.write.WriteContext;
import dev.mastic.spark.write.Writes;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From a graph to what its run has to commit: claims, reads, writes and verifies, and commits nothing. */
final class JobRun {
    private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);

    private final SparkSession spark;
    private final S3Client s3;
    private final Catalog catalog;
    private final Ledger ledger;
    private final RunAssignment assignment;
    private final Path scratch;

    JobRun(SparkSession spark, S3Client s3, Catalog catalog, Ledger ledger, RunAssignment assignment, Path scratch) {
        this.spark = spark;
        this.s3 = s3;
        this.catalog = catalog;
        this.ledger = ledger;
        this.assignment = assignment;
        this.scratch = scratch;
    }

    /**
     * Does everything but the commit.
     *
     * @throws JobFailure for what the job's author or its data's owner can put right
     */
    RunCommit execute(JobGraph graph) {
        Reads reads = new Reads(
                spark,
                s3,
                catalog,
                ledger,
                assignment.bookmarkOption(),
                assignment.manifest().orElse(null));
        Failpoint.DRIVER_BEFORE_CLAIM.reach();
        graph.reads().forEach(reads::resolve);
        Failpoint.DRIVER_AFTER_CLAIM.reach();
        if (reads.nothingNew()) {
            LOG.info("Nothing new to read");
            return new RunCommit(List.of(), reads.metrics());
        }
        try {
            return written(graph, reads);
        } catch (RuntimeException e) {
            throw explained(e, reads);
        }
    }

    private RunCommit written(JobGraph graph, Reads reads) {
        GraphPlan plan = GraphPlan.of(graph, reads::rows);
        plan.requireTolerances();
        Writes writes =
                new Writes(new WriteContext(ledger, s3, catalog, assignment.runId(), assignment.attempt(), scratch));
        for (Step.Write write : graph.writes()) {
            writes.prepare(write, plan.rows(write.name()));
        }
        ScanCounts counts = ScanCounts.of(spark);
        try {
            writes.run(counts::awaitWrite);
        } finally {
            spark.listenerManager().unregister(counts);
        }
        reads.changed().ifPresent(changed -> {
            throw changed;
        });
        Map<String, Long> metrics = new HashMap<>(reads.metrics());
        metrics.putAll(counts.metrics());
        metrics.putAll(writes.metrics());
        return new RunCommit(writes.outputs(), writes.loads(), metrics);
    }

    /** A file that changed while it was read looks like a damaged one: that it changed is the cause then. */
    private static RuntimeException explained(RuntimeException failure, Reads reads) {
        try {
            Optional<JobFailure> changed = failure instanceof JobFailure ? Optional.empty() : reads.changed();
            changed.ifPresent(cause -> cause.addSuppressed(failure));
            return changed.isPresent() ? changed.get() : failure;
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
            return failure;
        }
    }
}
