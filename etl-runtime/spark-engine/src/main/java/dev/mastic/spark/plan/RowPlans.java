package dev.mastic.spark.plan;

import dev.mastic.job.RowStep;
import dev.mastic.job.SortKey;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.VariantType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Steps that choose or order rows. */
final class RowPlans {
    private static final String NUMBER = "mastic_row";

    private RowPlans() {}

    static Dataset<Row> plan(RowStep step, StepInput input) {
        if (step instanceof RowStep.Filter filter) {
            return input.rows().filter(input.columns().of(filter.condition()));
        }
        if (step instanceof RowStep.Distinct) {
            return input.rows().distinct();
        }
        if (step instanceof RowStep.Deduplicate deduplicate) {
            return deduplicate(deduplicate, input);
        }
        if (step instanceof RowStep.Sort sort) {
            return input.rows().sort(input.columns().keys(sort.keys()));
        }
        if (step instanceof RowStep.Limit limit) {
            return input.rows().limit(limit.rows());
        }
        RowStep.DropNullRows drop = (RowStep.DropNullRows) step;
        drop.columns().forEach(input.names()::require);
        String[] columns = drop.columns().isEmpty()
                ? input.rows().columns()
                : drop.columns().toArray(String[]::new);
        return input.rows().na().drop(drop.nulls() == RowStep.Nulls.ANY ? "any" : "all", columns);
    }

    private static Dataset<Row> deduplicate(RowStep.Deduplicate step, StepInput input) {
        List<Column> order = new ArrayList<>();
        for (SortKey key : step.order()) {
            order.add(input.columns().of(step.keep() == RowStep.Keep.FIRST ? key : reversed(key)));
        }
        for (StructField field : input.schema().fields()) {
            if (isOrderable(field.dataType())) {
                order.add(StepInput.quoted(field.name()).asc_nulls_first());
            }
        }
        Column number = functions
                .row_number()
                .over(Window.partitionBy(input.names().columns(step.keys())).orderBy(order.toArray(Column[]::new)));
        return input.rows()
                .withColumn(NUMBER, number)
                .filter(functions.col(NUMBER).equalTo(1))
                .drop(NUMBER);
    }

    private static SortKey reversed(SortKey key) {
        return new SortKey(
                key.value(),
                key.direction() == SortKey.Direction.ASCENDING
                        ? SortKey.Direction.DESCENDING
                        : SortKey.Direction.ASCENDING,
                key.nulls() == SortKey.Nulls.FIRST ? SortKey.Nulls.LAST : SortKey.Nulls.FIRST);
    }

    private static boolean isOrderable(DataType type) {
        if (type instanceof ArrayType array) {
            return isOrderable(array.elementType());
        }
        if (type instanceof StructType struct) {
            return Arrays.stream(struct.fields()).allMatch(field -> isOrderable(field.dataType()));
        }
        return !(type instanceof MapType) && !(type instanceof VariantType);
    }
}
