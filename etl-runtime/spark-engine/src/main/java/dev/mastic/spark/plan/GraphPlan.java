package dev.mastic.spark.plan;

import dev.mastic.job.Aggregation;
import dev.mastic.job.JobGraph;
import dev.mastic.job.JoinKey;
import dev.mastic.job.JoinKind;
import dev.mastic.job.Step;
import dev.mastic.spark.failure.FailureMessage;
import dev.mastic.spark.failure.JobFailure;
import dev.mastic.spark.failure.StepFailure;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** A job graph as Spark's lazy plans; nothing is computed here. Not thread-safe. */
public final class GraphPlan {
    private final Map<String, Dataset<Row>> rows = new HashMap<>();

    /**
     * Plans a graph.
     *
     * @param reader gives the rows of a read step
     * @throws JobFailure when a step does not fit its input: an unknown column, a wrong type; the message names the step
     */
    public static GraphPlan of(JobGraph graph, Function<Step.Read, Dataset<Row>> reader) {
        GraphPlan plan = new GraphPlan();
        for (Step step : graph.steps()) {
            try {
                plan.rows.put(step.name(), plan.plan(step, reader));
            } catch (JobFailure e) {
                throw e;
            } catch (Exception e) { // Scala's checked AnalysisException is not declared
                String place = "Step '" + step.name() + "'";
                if (e instanceof AnalysisException) {
                    throw new JobFailure(place + ": " + FailureMessage.firstLine(e), e);
                }
                throw new StepFailure(place, e);
            }
        }
        return plan;
    }

    /** The rows that a step gives; for a write step, those that it writes. */
    public Dataset<Row> rows(String step) {
        Dataset<Row> found = rows.get(step);
        if (found == null) {
            throw new IllegalArgumentException("The graph has no step '" + step + "'");
        }
        return found;
    }

    private Dataset<Row> plan(Step step, Function<Step.Read, Dataset<Row>> reader) {
        if (step instanceof Step.Read read) {
            return reader.apply(read);
        }
        if (step instanceof Step.Select select) {
            Columns columns = columns(step);
            return input(step)
                    .select(select.columns().stream().map(columns::named).toArray(Column[]::new));
        }
        if (step instanceof Step.Rename rename) {
            names(step).require(rename.from());
            return input(step).withColumnRenamed(rename.from(), rename.to());
        }
        if (step instanceof Step.Drop drop) {
            drop.columns().forEach(names(step)::require);
            return input(step).drop(drop.columns().toArray(String[]::new));
        }
        if (step instanceof Step.Derive derive) {
            return input(step).withColumn(derive.column(), columns(step).of(derive.value()));
        }
        if (step instanceof Step.Filter filter) {
            return input(step).filter(columns(step).of(filter.condition()));
        }
        if (step instanceof Step.Join join) {
            return join(join);
        }
        if (step instanceof Step.Aggregate aggregate) {
            return aggregate(aggregate);
        }
        Step.Write write = (Step.Write) step;
        write.output().namedColumns().forEach(names(step)::require);
        return input(step);
    }

    private Dataset<Row> join(Step.Join join) {
        Dataset<Row> left = rows(join.left());
        // A name of its own for each right column: both sides may come from one read, or share names.
        Dataset<Row> right = rows(join.right());
        ColumnNames leftNames = new ColumnNames(join.name(), left.schema());
        ColumnNames rightNames = new ColumnNames(join.name(), right.schema());
        List<Column> renamed = new ArrayList<>();
        Map<String, String> inner = new HashMap<>();
        for (String name : right.columns()) {
            String alias = "mastic_right_" + inner.size();
            inner.put(name.toLowerCase(Locale.ROOT), alias);
            renamed.add(functions.col("`" + name.replace("`", "``") + "`").as(alias));
        }
        Dataset<Row> aliased = right.select(renamed.toArray(Column[]::new));
        Column condition = functions.lit(true);
        Set<String> keys = new HashSet<>();
        for (JoinKey key : join.keys()) {
            rightNames.require(key.right());
            String rightKey = key.right().toLowerCase(Locale.ROOT);
            keys.add(rightKey);
            condition = condition.and(leftNames.column(key.left()).equalTo(functions.col(inner.get(rightKey))));
        }
        Dataset<Row> joined = left.join(aliased, condition, join.kind() == JoinKind.LEFT ? "left_outer" : "inner");
        Set<String> taken = new HashSet<>();
        List<Column> result = new ArrayList<>();
        for (String name : left.columns()) {
            taken.add(name.toLowerCase(Locale.ROOT));
            result.add(functions.col("`" + name.replace("`", "``") + "`"));
        }
        for (String name : right.columns()) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!keys.contains(lower)) {
                if (!taken.add(lower)) {
                    throw new JobFailure("Step '" + join.name() + "': both sides have a column '" + name
                            + "'; rename or drop one before the join");
                }
                result.add(functions.col(inner.get(lower)).as(name));
            }
        }
        return joined.select(result.toArray(Column[]::new));
    }

    private Dataset<Row> aggregate(Step.Aggregate aggregate) {
        Columns columns = columns(aggregate);
        Column[] groups = aggregate.groupBy().stream().map(columns::named).toArray(Column[]::new);
        List<Aggregation.Named> all = aggregate.aggregations();
        Column[] rest = all.subList(1, all.size()).stream().map(columns::of).toArray(Column[]::new);
        return input(aggregate).groupBy(groups).agg(columns.of(all.get(0)), rest);
    }

    private Dataset<Row> input(Step step) {
        return rows(step.inputs().get(0));
    }

    private Columns columns(Step step) {
        return new Columns(step.name(), input(step).schema());
    }

    private ColumnNames names(Step step) {
        return new ColumnNames(step.name(), input(step).schema());
    }
}
