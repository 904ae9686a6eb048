package dev.mastic.spark.plan;

import dev.mastic.job.NestedStep;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

import java.util.ArrayList;
import java.util.List;

/** Steps that unpack nested values. */
final class NestedPlans {
    private NestedPlans() {}

    static Dataset<Row> plan(NestedStep step, StepInput input) {
        if (step instanceof NestedStep.Explode explode) {
            return StepInput.distinctlyNamed(step.name(), explode(explode, input));
        }
        NestedStep.Flatten flatten = (NestedStep.Flatten) step;
        List<Column> columns = new ArrayList<>();
        flatten(input.schema(), "", "", flatten.separator(), columns);
        return StepInput.distinctlyNamed(step.name(), input.rows().select(columns.toArray(Column[]::new)));
    }

    private static Dataset<Row> explode(NestedStep.Explode explode, StepInput input) {
        StructField field = input.field(explode.column());
        boolean map = field.dataType() instanceof MapType;
        if (!map && !(field.dataType() instanceof ArrayType)) {
            throw input.failure("column '" + field.name() + "' is of type "
                    + field.dataType().catalogString() + "; only an array or a map can be exploded");
        }
        List<String> names = new ArrayList<>();
        String position = explode.position();
        if (position != null) {
            names.add(position);
        }
        names.addAll(map ? List.of(field.name() + "_key", field.name() + "_value") : List.of(field.name()));
        boolean keep = explode.empty() == NestedStep.Empty.KEEP;
        return input.replacing(field.name(), column -> {
            Column elements = position != null
                    ? keep ? functions.posexplode_outer(column) : functions.posexplode(column)
                    : keep ? functions.explode_outer(column) : functions.explode(column);
            return List.of(names.size() == 1 ? elements.as(names.get(0)) : elements.as(names.toArray(String[]::new)));
        });
    }

    private static void flatten(StructType type, String path, String name, String separator, List<Column> columns) {
        for (StructField field : type.fields()) {
            String inner = path + "`" + field.name().replace("`", "``") + "`";
            if (field.dataType() instanceof StructType struct) {
                flatten(struct, inner + ".", name + field.name() + separator, separator, columns);
            } else {
                columns.add(functions.col(inner).as(name + field.name()));
            }
        }
    }
}
