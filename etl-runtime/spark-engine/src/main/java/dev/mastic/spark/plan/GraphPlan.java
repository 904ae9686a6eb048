package dev.mastic.spark.plan;

import dev.mastic.job.BranchStep;
import dev.mastic.job.CodeStep;
import dev.mastic.job.ColumnStep;
import dev.mastic.job.CombineStep;
import dev.mastic.job.GroupStep;
import dev.mastic.job.JobGraph;
import dev.mastic.job.Nearest;
import dev.mastic.job.NestedStep;
import dev.mastic.job.RowStep;
import dev.mastic.job.Step;
import dev.mastic.spark.failure.FailureMessage;
import dev.mastic.spark.failure.JobFailure;
import dev.mastic.spark.failure.StepFailure;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A job graph as Spark's lazy plans; nothing is computed here but {@link #requireTolerances}. Not thread-safe. */
public final class GraphPlan {
    private final Map<String, Dataset<Row>> rows = new HashMap<>();
    private final Map<String, Map<String, Dataset<Row>>> branches = new HashMap<>();
    private final List<Tolerances> tolerances = new ArrayList<>();

    /**
     * Plans a graph.
     *
     * @param reader gives the rows of a read step
     * @throws JobFailure when a step does not fit its input: an unknown column, a wrong type; the message names the step
     */
    public static GraphPlan of(JobGraph graph, Function<Step.Read, Dataset<Row>> reader) {
        GraphPlan plan = new GraphPlan();
        for (Step step : graph.steps()) {
            String place = "Step '" + step.name() + "'";
            try {
                plan.add(step, reader);
            } catch (JobFailure e) {
                throw e;
            } catch (IllegalArgumentException e) {
                throw new JobFailure(place + ": " + e.getMessage(), e);
            } catch (Exception e) { // Scala's checked AnalysisException is not declared
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
            throw new IllegalArgumentException(
                    "The graph has no step '" + step + "'" + Nearest.suggestion(step, rows.keySet()));
        }
        return found;
    }

    /**
     * Counts the bad rows of checks that bear a limited number of them, in one pass over the input of each.
     *
     * @throws JobFailure when there are more
     */
    public void requireTolerances() {
        tolerances.forEach(Tolerances::require);
    }

    private void add(Step step, Function<Step.Read, Dataset<Row>> reader) throws Exception {
        if (step instanceof BranchStep branch) {
            StepInput input = input(step);
            branches.put(step.name(), BranchPlans.plan(branch, input));
            if (branch instanceof BranchStep.Check check) {
                tolerances.add(new Tolerances(check, input));
            }
        } else {
            rows.put(step.name(), plan(step, reader));
        }
    }

    private Dataset<Row> plan(Step step, Function<Step.Read, Dataset<Row>> reader) throws Exception {
        if (step instanceof Step.Read read) {
            return reader.apply(read);
        }
        if (step instanceof Step.Output output) {
            return output(output);
        }
        if (step instanceof ColumnStep column) {
            return ColumnPlans.plan(column, input(step));
        }
        if (step instanceof RowStep row) {
            return RowPlans.plan(row, input(step));
        }
        if (step instanceof CombineStep combine) {
            return CombinePlans.plan(combine, inputs(step));
        }
        if (step instanceof GroupStep group) {
            return GroupPlans.plan(group, input(step));
        }
        if (step instanceof NestedStep nested) {
            return NestedPlans.plan(nested, input(step));
        }
        if (step instanceof CodeStep code) {
            return CodePlans.plan(code, inputs(step));
        }
        Step.Write write = (Step.Write) step;
        StepInput input = input(step);
        write.output().namedColumns().forEach(input.names()::require);
        return input.rows();
    }

    private Dataset<Row> output(Step.Output output) {
        Map<String, Dataset<Row>> outputs = branches.getOrDefault(output.input(), Map.of());
        Dataset<Row> found = outputs.get(output.output());
        if (found == null) {
            throw new JobFailure("Step '" + output.input() + "' has no output \"" + output.output() + "\""
                    + Nearest.suggestion(output.output(), outputs.keySet()) + " Outputs: "
                    + String.join(", ", outputs.keySet()));
        }
        return found;
    }

    private StepInput input(Step step) {
        return inputs(step).get(0);
    }

    private List<StepInput> inputs(Step step) {
        return step.inputs().stream()
                .map(input -> new StepInput(step.name(), input, rows(input)))
                .toList();
    }
}
