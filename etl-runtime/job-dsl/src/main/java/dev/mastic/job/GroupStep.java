package dev.mastic.job;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A step that looks at several rows at once. Immutable. */
public sealed interface GroupStep extends Step {

    /** The step whose rows this one takes. */
    String input();

    @Override
    default List<String> inputs() {
        return List.of(input());
    }

    /** Makes one row of each group of rows. Without group columns all rows are one group. */
    record Aggregate(String name, String input, List<String> groupBy, List<Aggregation.Named> aggregations)
            implements GroupStep {
        public Aggregate {
            groupBy = Names.different("groupBy", groupBy);
            aggregations = List.copyOf(aggregations);
            if (aggregations.isEmpty()) {
                throw new IllegalArgumentException(
                        "Step " + name + " aggregates nothing; add for instance count().as(\"rows\")");
            }
            List<String> columns = new ArrayList<>(groupBy);
            aggregations.forEach(aggregation -> columns.add(aggregation.column()));
            Names.different("Step '" + name + "'", columns);
        }

        @Override
        public String kind() {
            return "";
        }

        @Override
        public String describe() {
            return "computes " + GraphText.columns(aggregations)
                    + (groupBy.isEmpty() ? "" : " by " + String.join(", ", groupBy));
        }

        @Override
        public Calls calls() {
            return Calls.of("groupBy", groupBy)
                    .then(
                            "aggregate",
                            name,
                            aggregations.stream().map(Aggregation.Named::calls).toList());
        }
    }

    /** Makes one row of each group of rows, with a column for each value of a column. Other values than those named are left
     * out. With several aggregations the columns are {@code value_aggregation}. */
    record Pivot(
            String name,
            String input,
            List<String> groupBy,
            String column,
            List<Expression> values,
            List<Aggregation.Named> aggregations)
            implements GroupStep {
        public Pivot {
            groupBy = Names.different("groupBy", groupBy);
            Names.column(column);
            values = List.copyOf(values);
            aggregations = List.copyOf(aggregations);
            if (values.isEmpty() || aggregations.isEmpty()) {
                throw new IllegalArgumentException(
                        "Step " + name + " needs the values of " + column
                                + " that become columns, and what to compute: .pivot(\"quarter\", \"Q1\", \"Q2\").aggregate(\"wide\", sum(col(\"revenue\")).as(\"revenue\"))");
            }
        }

        @Override
        public String kind() {
            return "";
        }

        @Override
        public String describe() {
            return "pivots " + column + " in (" + GraphText.list(values) + ") computing "
                    + GraphText.columns(aggregations) + (groupBy.isEmpty() ? "" : " by " + String.join(", ", groupBy));
        }

        @Override
        public Calls calls() {
            return Calls.of("groupBy", groupBy)
                    .then("pivot", column, values.stream().map(Calls.Value::new).toList())
                    .then(
                            "aggregate",
                            name,
                            aggregations.stream().map(Aggregation.Named::calls).toList());
        }
    }

    /** Makes a row of each of some columns: one new column has the name, the other the value. */
    record Unpivot(String name, String input, String nameColumn, String valueColumn, List<String> columns)
            implements GroupStep {
        public Unpivot {
            Names.column(nameColumn);
            Names.column(valueColumn);
            columns = Names.some("unpivot", columns);
        }

        @Override
        public String kind() {
            return "unpivot";
        }

        @Override
        public String describe() {
            return "makes rows of " + String.join(", ", columns) + " in " + nameColumn + " and " + valueColumn;
        }

        @Override
        public Calls calls() {
            return Calls.of("unpivot", nameColumn, valueColumn, columns);
        }
    }

    /** Adds columns that are computed of the rows around each row. */
    record Window(String name, String input, Over over, List<WindowColumn> columns) implements GroupStep {
        public Window {
            columns = List.copyOf(columns);
            Names.some("window", columns.stream().map(WindowColumn::column).toList());
        }

        @Override
        public String kind() {
            return "window";
        }

        @Override
        public String describe() {
            return "adds " + columns.stream().map(WindowColumn::describe).collect(Collectors.joining(", ")) + " over "
                    + over.describe();
        }

        @Override
        public Calls calls() {
            return Calls.of(
                    "window",
                    over.calls(),
                    columns.stream().map(WindowColumn::calls).toList());
        }
    }
}
