package dev.mastic.spark.write;

import dev.mastic.job.DynamoDbOutput;
import dev.mastic.job.Step;
import dev.mastic.spark.dynamodb.ItemPuts;
import dev.mastic.spark.failure.StepFailure;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;

import java.util.List;
import java.util.Map;

/** Puts rows as items of DynamoDB, which has nothing that hides them until the run commits. */
final class ItemWriter implements TargetWriter {
    @Override
    public PreparedWrite prepare(Step.Write step, Dataset<Row> rows) {
        ItemPuts puts = ItemPuts.check(
                rows.sparkSession(), step.name(), (DynamoDbOutput) step.output(), List.of(rows.columns()));
        return () -> write(step.name(), puts, rows);
    }

    private static Written write(String step, ItemPuts puts, Dataset<Row> rows) {
        LongAccumulator count = rows.sparkSession().sparkContext().longAccumulator(step);
        ForeachPartitionFunction<Row> task = part -> count.add(puts.write(part));
        try {
            rows.foreachPartition(task);
        } catch (Exception e) { // Scala's checked SparkException is not declared
            throw new StepFailure("Write '" + step + "'", e);
        }
        return new Written(List.of(), Map.of("rows", count.value()));
    }
}
