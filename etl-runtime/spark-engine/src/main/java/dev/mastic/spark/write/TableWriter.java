package dev.mastic.spark.write;

import dev.mastic.bookmarks.Failpoint;
import dev.mastic.job.JdbcOutput;
import dev.mastic.job.Step;
import dev.mastic.spark.failure.JobFailure;
import dev.mastic.spark.failure.StepFailure;
import dev.mastic.spark.jdbc.FrameRows;
import dev.mastic.warehouse.connection.WarehouseConnection;
import dev.mastic.warehouse.connection.WarehouseException;
import dev.mastic.warehouse.load.LoadMode;
import dev.mastic.warehouse.load.LoadRequest;
import dev.mastic.warehouse.load.Staging;
import dev.mastic.warehouse.load.StagingPart;
import dev.mastic.warehouse.load.TableLoad;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Stages rows in databases, where the run's publication loads them into their tables. */
final class TableWriter implements TargetWriter {
    private static final Logger LOG = LoggerFactory.getLogger(TableWriter.class);

    private final WriteContext context;

    TableWriter(WriteContext context) {
        this.context = context;
    }

    @Override
    public PreparedWrite prepare(Step.Write step, Dataset<Row> rows) {
        JdbcOutput output = (JdbcOutput) step.output();
        FrameRows frame = FrameRows.of(step.name(), rows);
        WarehouseConnection connection = context.catalog().loadWarehouse(output.connection());
        LoadRequest request = new LoadRequest(
                context.runId(),
                step.name(),
                output.table(),
                switch (output.mode()) {
                    case APPEND -> LoadMode.APPEND;
                    case MERGE -> LoadMode.MERGE;
                    case REPLACE -> LoadMode.REPLACE;
                },
                output.keys(),
                output.createdWhenMissing() ? LoadRequest.WhenMissing.CREATE : LoadRequest.WhenMissing.FAIL,
                output.refusedTable(),
                output.mostRefused());
        Staging staging = explained(step.name(), () -> Staging.check(connection, request, frame.columns()));
        return () -> stage(step.name(), output, frame, staging);
    }

    private Written stage(String step, JdbcOutput output, FrameRows frame, Staging staging) {
        Failpoint.DRIVER_BEFORE_STAGE.reach();
        context.ledger().stageTable(step, output.connection(), staging.table());
        Failpoint.DRIVER_AFTER_STAGE.reach();
        TableLoad load = explained(step, () -> {
            staging.create();
            write(step, frame, staging.part());
            return staging.finish();
        });
        Failpoint.WAREHOUSE_AFTER_STAGE.reach();
        LOG.info("{}: {} rows staged for table {}, {} refused", step, load.rows(), load.table(), load.refused());
        return new Written(List.of(), List.of(load), Map.of("rows", load.rows(), "refused", load.refused()));
    }

    private static void write(String step, FrameRows frame, StagingPart part) {
        ForeachPartitionFunction<Row> task = rows -> part.write(TaskContext.getPartitionId(), FrameRows.values(rows));
        try {
            frame.rows().foreachPartition(task);
        } catch (WarehouseException e) {
            throw e;
        } catch (Exception e) { // Scala's checked SparkException is not declared
            throw known(e, step);
        }
    }

    /** What a task says of the database is the cause, whatever Spark says around it. */
    private static RuntimeException known(Exception failure, String step) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof WarehouseException warehouse) {
                return warehouse;
            }
        }
        return new StepFailure("Write '" + step + "'", failure);
    }

    private static <T> T explained(String step, Supplier<T> work) {
        try {
            return work.get();
        } catch (WarehouseException e) {
            throw new JobFailure("Write '" + step + "': " + e.getMessage(), e);
        }
    }
}
