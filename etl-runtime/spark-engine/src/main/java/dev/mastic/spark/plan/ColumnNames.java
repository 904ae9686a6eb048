package dev.mastic.spark.plan;

import dev.mastic.job.Nearest;
import dev.mastic.spark.failure.JobFailure;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

import java.util.List;

/** The columns that a step finds in its input; case does not matter. */
final class ColumnNames {
    private final String step;
    private final String input;
    private final List<String> names;

    ColumnNames(String step, String input, StructType schema) {
        this.step = step;
        this.input = input;
        this.names = List.of(schema.fieldNames());
    }

    /**
     * A column, or a field of a struct by {@code column.field}.
     *
     * @throws JobFailure when there is none of that name; the message has the nearest one
     */
    Column column(String name) {
        if (has(name)) {
            return StepInput.quoted(name);
        }
        int dot = name.indexOf('.');
        if (dot > 0 && has(name.substring(0, dot))) {
            return functions.col(name);
        }
        throw unknown(name);
    }

    Column[] columns(List<String> wanted) {
        return wanted.stream().map(this::column).toArray(Column[]::new);
    }

    /** @throws JobFailure when there is none of that name */
    void require(String name) {
        if (!has(name)) {
            throw unknown(name);
        }
    }

    boolean has(String name) {
        return names.stream().anyMatch(name::equalsIgnoreCase);
    }

    JobFailure unknown(String name) {
        return new JobFailure("Step '" + step + "': no column \"" + name + "\" in step \"" + input + "\""
                + Nearest.suggestion(name, names) + " Columns there: " + String.join(", ", names));
    }
}
