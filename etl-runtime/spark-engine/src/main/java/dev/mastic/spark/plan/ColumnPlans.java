package dev.mastic.spark.plan;

import dev.mastic.job.ColumnStep;
import dev.mastic.job.Expression;
import dev.mastic.job.Field;
import dev.mastic.spark.failure.JobFailure;
import dev.mastic.spark.read.HiveTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;

import java.util.List;

/** Steps that change columns. */
final class ColumnPlans {
    private ColumnPlans() {}

    static Dataset<Row> plan(ColumnStep step, StepInput input) {
        if (step instanceof ColumnStep.Select select) {
            return input.rows().select(input.names().columns(select.columns()));
        }
        if (step instanceof ColumnStep.Rename rename) {
            return rename(rename, input);
        }
        if (step instanceof ColumnStep.Drop drop) {
            drop.columns().forEach(input.names()::require);
            return input.rows().drop(drop.columns().toArray(String[]::new));
        }
        if (step instanceof ColumnStep.Derive derive) {
            return input.rows().withColumn(derive.column(), input.columns().of(derive.value()));
        }
        if (step instanceof ColumnStep.CastColumns cast) {
            return cast(cast, input);
        }
        if (step instanceof ColumnStep.FillNulls fill) {
            return fill(fill, input);
        }
        if (step instanceof ColumnStep.DropNullColumns) {
            String[] untyped = List.of(input.schema().fields()).stream()
                    .filter(field -> field.dataType() instanceof NullType)
                    .map(StructField::name)
                    .toArray(String[]::new);
            return input.rows().drop(untyped);
        }
        return Choices.resolve((ColumnStep.ResolveChoice) step, input);
    }

    private static Dataset<Row> rename(ColumnStep.Rename rename, StepInput input) {
        input.names().require(rename.from());
        if (!rename.from().equalsIgnoreCase(rename.to()) && input.names().has(rename.to())) {
            throw input.failure(
                    "there is a column '" + rename.to() + "' already; drop it before, or choose another name");
        }
        return input.rows().withColumnRenamed(rename.from(), rename.to());
    }

    private static Dataset<Row> cast(ColumnStep.CastColumns cast, StepInput input) {
        Dataset<Row> rows = input.rows();
        for (Field field : cast.columns()) {
            StructField present = input.field(field.name());
            DataType type = HiveTypes.toSpark(field.type(), "Step '" + cast.name() + "': field " + field.name());
            rows = rows.withColumn(
                    present.name(), StepInput.quoted(present.name()).cast(type));
        }
        return rows;
    }

    private static Dataset<Row> fill(ColumnStep.FillNulls fill, StepInput input) {
        StructField field = input.field(fill.column());
        if (fill.value() instanceof Expression.Literal literal
                && literal.type().equals("string") != (field.dataType() instanceof StringType)
                && !literal.type().equals("void")) {
            throw new JobFailure("Step '" + fill.name() + "': column '" + field.name() + "' is of type "
                    + field.dataType().catalogString() + ", but " + literal.describe() + " is a " + literal.type()
                    + "; give a value of the column's type");
        }
        Column value = input.columns().of(fill.value()).cast(field.dataType());
        return input.rows().withColumn(field.name(), functions.coalesce(StepInput.quoted(field.name()), value));
    }
}
