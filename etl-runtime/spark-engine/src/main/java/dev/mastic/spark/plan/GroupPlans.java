package dev.mastic.spark.plan;

import dev.mastic.job.Expression;
import dev.mastic.job.GroupStep;
import dev.mastic.job.WindowColumn;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.RelationalGroupedDataset;
import org.apache.spark.sql.Row;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Steps that look at several rows at once. */
final class GroupPlans {
    private GroupPlans() {}

    static Dataset<Row> plan(GroupStep step, StepInput input) {
        if (step instanceof GroupStep.Aggregate aggregate) {
            Column[] values = new Aggregations(input.columns()).of(aggregate.aggregations());
            return aggregated(input.rows().groupBy(input.names().columns(aggregate.groupBy())), values);
        }
        if (step instanceof GroupStep.Pivot pivot) {
            return pivot(pivot, input);
        }
        if (step instanceof GroupStep.Unpivot unpivot) {
            return unpivot(unpivot, input);
        }
        GroupStep.Window window = (GroupStep.Window) step;
        Aggregations aggregations = new Aggregations(input.columns());
        Dataset<Row> rows = input.rows();
        for (WindowColumn column : window.columns()) {
            if (input.names().has(column.column())) {
                throw input.failure("there is a column '" + column.column() + "' already; choose another name");
            }
            rows = rows.withColumn(column.column(), aggregations.of(column, window.over()));
        }
        return rows;
    }

    private static Dataset<Row> aggregated(RelationalGroupedDataset groups, Column[] values) {
        return groups.agg(values[0], Arrays.copyOfRange(values, 1, values.length));
    }

    private static Dataset<Row> pivot(GroupStep.Pivot pivot, StepInput input) {
        List<Object> values = new ArrayList<>();
        for (Expression value : pivot.values()) {
            Object constant = value instanceof Expression.Literal literal ? Columns.value(literal) : null;
            if (constant == null) {
                throw input.failure(value.describe() + " is no constant; the values of a pivot become its columns");
            }
            values.add(constant);
        }
        RelationalGroupedDataset groups = input.rows()
                .groupBy(input.names().columns(pivot.groupBy()))
                .pivot(input.columns().named(pivot.column()), values);
        return aggregated(groups, new Aggregations(input.columns()).of(pivot.aggregations()));
    }

    private static Dataset<Row> unpivot(GroupStep.Unpivot unpivot, StepInput input) {
        List<String> wide = unpivot.columns().stream()
                .map(name -> input.field(name).name().toLowerCase(Locale.ROOT))
                .toList();
        Column[] kept = Arrays.stream(input.rows().columns())
                .filter(name -> !wide.contains(name.toLowerCase(Locale.ROOT)))
                .map(StepInput::quoted)
                .toArray(Column[]::new);
        return StepInput.distinctlyNamed(
                unpivot.name(),
                input.rows()
                        .unpivot(
                                kept,
                                input.names().columns(unpivot.columns()),
                                unpivot.nameColumn(),
                                unpivot.valueColumn()));
    }
}
