package dev.mastic.spark.plan;

import dev.mastic.job.BranchStep;
import dev.mastic.job.Tolerance;
import dev.mastic.spark.failure.JobFailure;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** How many bad rows a check finds, against how many it bears. */
record Tolerances(BranchStep.Check check, StepInput input) {

    /** @throws JobFailure when there are too many bad rows */
    void require() {
        if (check.tolerance() instanceof Tolerance.All) {
            return;
        }
        Row counts = input.rows()
                .select(functions.not(BranchPlans.good(check, input)).as("bad"))
                .agg(functions.count(functions.lit(1)), functions.count_if(functions.col("bad")))
                .head();
        long all = counts.getLong(0);
        long bad = counts.getLong(1);
        boolean tooMany = check.tolerance() instanceof Tolerance.Ratio ratio
                ? bad > ratio.atMost() * all
                : bad > ((Tolerance.Rows) check.tolerance()).atMost();
        if (tooMany) {
            throw new JobFailure("Check '" + check.name() + "': " + bad + " of " + all + " rows of \"" + input.name()
                    + "\" are bad, more than " + bound()
                    + " allows; nothing was written. Correct the data, or the check's bound");
        }
    }

    private String bound() {
        return check.tolerance() instanceof Tolerance.Ratio ratio
                ? "atMostRatio(" + ratio.atMost() + ")"
                : "atMostRows(" + ((Tolerance.Rows) check.tolerance()).atMost() + ")";
    }
}
