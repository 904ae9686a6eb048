package dev.mastic.job;

import java.util.List;

/** Rows in groups, waiting for what to compute of each. */
public final class GroupedFrame {
    private final JobBuilder job;
    private final String step;
    private final List<String> columns;

    GroupedFrame(JobBuilder job, String step, List<String> columns) {
        this.job = job;
        this.step = step;
        this.columns = columns;
    }

    /** Makes one row of each group: its columns are those grouped by and the aggregations. */
    public Frame aggregate(String name, Aggregation.Named... aggregations) {
        return job.add(new Step.Aggregate(Names.step(name), step, columns, List.of(aggregations)));
    }
}
