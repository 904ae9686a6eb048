package dev.mastic.spark.write;

import dev.mastic.bookmarks.StagedOutput;
import dev.mastic.job.Step;
import dev.mastic.warehouse.load.TableLoad;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

import java.util.List;
import java.util.Map;

/** Writes the rows of steps to one kind of {@link dev.mastic.job.Target}. */
interface TargetWriter {

    /**
     * Checks a write step against its rows and what is at its target, before any step of the run writes.
     *
     * @throws dev.mastic.spark.failure.JobFailure when the rows do not fit
     */
    PreparedWrite prepare(Step.Write step, Dataset<Row> rows);

    /** A write step that was found fit. */
    @FunctionalInterface
    interface PreparedWrite {

        /** Computes and moves the rows, so that nobody sees them before the run has committed. */
        Written stage();
    }

    /**
     * What a step wrote.
     *
     * @param outputs what the run's commit makes visible
     * @param loads tables of databases that the run's publication loads
     * @param metrics counts by their names within the step: {@code rows}, {@code files}
     */
    record Written(List<StagedOutput> outputs, List<TableLoad> loads, Map<String, Long> metrics) {
        public Written {
            outputs = List.copyOf(outputs);
            loads = List.copyOf(loads);
            metrics = Map.copyOf(metrics);
        }

        /** Files alone. */
        public Written(List<StagedOutput> outputs, Map<String, Long> metrics) {
            this(outputs, List.of(), metrics);
        }
    }
}
