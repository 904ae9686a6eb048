package dev.mastic.spark.plan;

import dev.mastic.job.Nearest;
import dev.mastic.spark.failure.JobFailure;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * What a step finds in one of its inputs.
 *
 * @param step the step that is planned
 * @param name the step whose rows these are
 */
record StepInput(String step, String name, Dataset<Row> rows) {

    StructType schema() {
        return rows.schema();
    }

    ColumnNames names() {
        return new ColumnNames(step, name, schema());
    }

    Columns columns() {
        return new Columns(names());
    }

    /** A top-level column of the input; case does not matter. */
    StructField field(String column) {
        for (StructField field : schema().fields()) {
            if (field.name().equalsIgnoreCase(column)) {
                return field;
            }
        }
        throw names().unknown(column);
    }

    /** The rows with some columns in place of one. */
    Dataset<Row> replacing(String column, Function<Column, List<Column>> replacement) {
        field(column);
        List<Column> result = new ArrayList<>();
        List<String> taken = new ArrayList<>();
        for (StructField field : schema().fields()) {
            if (field.name().equalsIgnoreCase(column)) {
                result.addAll(replacement.apply(quoted(field.name())));
            } else {
                result.add(quoted(field.name()));
                taken.add(field.name());
            }
        }
        return rows.select(result.toArray(Column[]::new));
    }

    /** @throws JobFailure when two columns have one name */
    static Dataset<Row> distinctlyNamed(String step, Dataset<Row> rows) {
        List<String> seen = new ArrayList<>();
        for (String column : rows.columns()) {
            if (seen.contains(column.toLowerCase(Locale.ROOT))) {
                throw new JobFailure("Step '" + step + "': there would be two columns '" + column
                        + "'; rename or drop one of them before");
            }
            seen.add(column.toLowerCase(Locale.ROOT));
        }
        return rows;
    }

    static Column quoted(String column) {
        return functions.col("`" + column.replace("`", "``") + "`");
    }

    JobFailure failure(String what) {
        return new JobFailure("Step '" + step + "': " + what);
    }

    static String suggestion(String wanted, List<String> known) {
        return Nearest.suggestion(wanted, known);
    }
}
