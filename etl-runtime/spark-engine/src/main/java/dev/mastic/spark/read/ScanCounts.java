package dev.mastic.spark.read;

import dev.mastic.spark.jdbc.TableReads;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.RowDataSourceScanExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.adaptive.QueryStageExec;
import org.apache.spark.sql.execution.command.DataWritingCommandExec;
import org.apache.spark.sql.execution.datasources.jdbc.JDBCRelation;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.util.QueryExecutionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** How many rows the read steps gave, taken from Spark's own counters: counting costs nothing. Not thread-safe. */
public final class ScanCounts implements QueryExecutionListener {
    private static final Logger LOG = LoggerFactory.getLogger(ScanCounts.class);
    private static final int LONGEST_WAIT_SECONDS = 2;

    private final BlockingQueue<Map<String, Long>> written = new LinkedBlockingQueue<>();
    private final Map<String, Long> rows = new HashMap<>();
    private final Map<String, Long> badRows = new ConcurrentHashMap<>();

    /** Begins to listen. */
    public static ScanCounts of(SparkSession spark) {
        ScanCounts counts = new ScanCounts();
        spark.listenerManager().register(counts);
        return counts;
    }

    /** Takes the counts of the write that has just ended; Spark tells them a little later, from another thread. */
    public void awaitWrite() {
        try {
            Map<String, Long> counts = written.poll(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
            if (counts == null) {
                LOG.warn("Spark did not tell how many rows were read");
                return;
            }
            // A step that two writes take rows from is read twice: the larger count is of its rows.
            counts.forEach((step, count) -> rows.merge(step, count, Math::max));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for Spark's counts", e);
        }
    }

    /** Counts by name: {@code read.<step>.rows}, and {@code read.<step>.badRows} of steps that let them pass. */
    public Map<String, Long> metrics() {
        Map<String, Long> metrics = new HashMap<>();
        rows.forEach((step, count) -> metrics.put("read." + step + ".rows", count));
        badRows.forEach((name, count) -> {
            String step = name.substring(FileRelation.BAD_ROWS.length(), name.lastIndexOf('.'));
            metrics.merge("read." + step + ".badRows", count, Long::sum);
        });
        return metrics;
    }

    @Override
    public void onSuccess(String function, QueryExecution execution, long nanoseconds) {
        countBadRows(execution);
        Map<String, Long> counts = new HashMap<>();
        // Rows that go to a database are not written by a plan, but by tasks that take them from one.
        if (collect(execution.executedPlan(), counts) || function.equals("foreachPartition")) {
            written.add(counts);
        }
    }

    @SuppressWarnings("GuardedBy") // of Spark's own field; its accessor takes the lock
    private void countBadRows(QueryExecution execution) {
        CollectionConverters.asJava(execution.observedMetrics()).forEach((name, row) -> {
            if (name.startsWith(FileRelation.BAD_ROWS)) {
                badRows.merge(name, row.getLong(0), Math::max);
            }
        });
    }

    @Override
    public void onFailure(String function, QueryExecution execution, Exception failure) {
        // The run fails by the exception that the write throws.
    }

    /** Adds the counts of the scans in a plan, and tells whether the plan writes. */
    private static boolean collect(SparkPlan plan, Map<String, Long> counts) {
        if (plan instanceof AdaptiveSparkPlanExec adaptive) {
            return collect(adaptive.executedPlan(), counts);
        }
        if (plan instanceof QueryStageExec stage) {
            return collect(stage.plan(), counts);
        }
        if (plan instanceof FileSourceScanExec scan) {
            Option<String> step = scan.relation().options().get(FileFrames.STEP_OPTION);
            Option<SQLMetric> rows = scan.metrics().get("numOutputRows");
            if (step.isDefined() && rows.isDefined()) {
                counts.merge(step.get(), rows.get().value(), Long::sum);
            }
        }
        if (plan instanceof RowDataSourceScanExec scan && scan.relation() instanceof JDBCRelation relation) {
            Option<SQLMetric> rows = scan.metrics().get("numOutputRows");
            TableReads.stepOf(relation.jdbcOptions().tableOrQuery())
                    .filter(step -> rows.isDefined())
                    .ifPresent(step -> counts.merge(step, rows.get().value(), Long::sum));
        }
        boolean writes = plan instanceof DataWritingCommandExec;
        for (SparkPlan child : CollectionConverters.asJava(plan.children())) {
            writes |= collect(child, counts);
        }
        return writes;
    }
}
