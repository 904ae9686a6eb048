package dev.mastic.spark.plan;

import dev.mastic.job.Choice;
import dev.mastic.job.ColumnStep;
import dev.mastic.spark.read.HiveTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Columns of several types: texts of which some are numbers, or structs with a field for each type. */
final class Choices {
    private Choices() {}

    static Dataset<Row> resolve(ColumnStep.ResolveChoice step, StepInput input) {
        StepInput current = input;
        for (Choice choice : step.choices()) {
            StructField field = current.field(choice.column());
            if (!(field.dataType() instanceof StringType || field.dataType() instanceof StructType)) {
                throw current.failure("column '" + field.name() + "' has one type, "
                        + field.dataType().catalogString() + "; leave its choice out, or use castColumns");
            }
            List<Column> columns = columns(step, choice, field);
            Dataset<Row> rows = current.replacing(field.name(), column -> columns);
            current = new StepInput(step.name(), input.name(), StepInput.distinctlyNamed(step.name(), rows));
        }
        return current.rows();
    }

    private static List<Column> columns(ColumnStep.ResolveChoice step, Choice choice, StructField field) {
        List<Column> values = new ArrayList<>();
        for (String type : choice.types()) {
            values.add(value(step, choice, field, type, choice.types().subList(0, values.size())));
        }
        return switch (choice.action()) {
            case CAST, PROJECT -> List.of(values.get(0).as(field.name()));
            case MAKE_COLUMNS -> named(choice, values, field.name() + "_");
            case MAKE_STRUCT ->
                List.of(functions
                        .struct(named(choice, values, "").toArray(Column[]::new))
                        .as(field.name()));
        };
    }

    private static List<Column> named(Choice choice, List<Column> values, String prefix) {
        List<Column> named = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            named.add(values.get(i).as(prefix + word(choice.types().get(i))));
        }
        return named;
    }

    private static Column value(
            ColumnStep.ResolveChoice step, Choice choice, StructField field, String type, List<String> before) {
        Column column = StepInput.quoted(field.name());
        DataType wanted = type(step, choice, type);
        if (field.dataType() instanceof StructType struct) {
            return ofStruct(choice, column, struct, type, wanted);
        }
        if (choice.action() == Choice.Action.CAST) {
            return column.try_cast(wanted);
        }
        Column fits = functions.lit(true);
        for (String earlier : before) {
            fits = fits.and(column.try_cast(type(step, choice, earlier)).isNull());
        }
        if (choice.action() == Choice.Action.PROJECT && wanted instanceof StringType) {
            fits = column.try_cast("double").isNull();
        }
        return functions.when(fits, column.try_cast(wanted));
    }

    private static Column ofStruct(Choice choice, Column column, StructType struct, String type, DataType wanted) {
        List<Column> candidates = new ArrayList<>();
        for (StructField field : struct.fields()) {
            boolean same = field.name().equalsIgnoreCase(word(type));
            if (same || choice.action() == Choice.Action.CAST) {
                candidates.add(
                        same ? 0 : candidates.size(),
                        column.getField(field.name()).try_cast(wanted));
            }
        }
        return candidates.isEmpty()
                ? functions.lit(null).cast(wanted)
                : functions.coalesce(candidates.toArray(Column[]::new));
    }

    private static DataType type(ColumnStep.ResolveChoice step, Choice choice, String type) {
        return HiveTypes.toSpark(type, "Step '" + step.name() + "': choice of " + choice.column());
    }

    /** The type's name without its size, as Glue names the columns of a choice. */
    private static String word(String type) {
        return type.toLowerCase(Locale.ROOT).replaceAll("[(<].*", "");
    }
}
