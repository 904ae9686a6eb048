package dev.mastic.job;

import java.util.Arrays;
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
        return job.add(new GroupStep.Aggregate(Names.step(name), step, columns, List.of(aggregations)));
    }

    /** Makes a column for each of these values of a column; rows with other values are left out. */
    public Pivoted pivot(String column, Object... values) {
        return new Pivoted(column, Arrays.stream(values).map(Dsl::lit).toList());
    }

    /** Grouped rows whose columns are the values of a column. */
    public final class Pivoted {
        private final String column;
        private final List<Expression> values;

        private Pivoted(String column, List<Expression> values) {
            this.column = column;
            this.values = values;
        }

        /** Makes one row of each group, with the aggregations for each value. */
        public Frame aggregate(String name, Aggregation.Named... aggregations) {
            return job.add(new GroupStep.Pivot(Names.step(name), step, columns, column, values, List.of(aggregations)));
        }
    }
}
