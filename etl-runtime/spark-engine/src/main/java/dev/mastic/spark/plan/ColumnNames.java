package dev.mastic.spark.plan;

import dev.mastic.spark.failure.JobFailure;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The columns that a step finds in its input; case does not matter. */
final class ColumnNames {
    private final String step;
    private final List<String> names;

    ColumnNames(String step, StructType schema) {
        this.step = step;
        this.names = List.of(schema.fieldNames());
    }

    /**
     * A column, or a field of a struct by {@code column.field}.
     *
     * @throws JobFailure when there is none of that name; the message has the nearest one
     */
    Column column(String name) {
        if (has(name)) {
            return functions.col("`" + name.replace("`", "``") + "`");
        }
        int dot = name.indexOf('.');
        if (dot > 0 && has(name.substring(0, dot))) {
            return functions.col(name);
        }
        throw unknown(name);
    }

    /** @throws JobFailure when there is none of that name */
    void require(String name) {
        if (!has(name)) {
            throw unknown(name);
        }
    }

    private boolean has(String name) {
        return names.stream().anyMatch(name::equalsIgnoreCase);
    }

    private JobFailure unknown(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        String nearest = names.stream()
                .min(Comparator.comparingInt(candidate -> distance(wanted, candidate.toLowerCase(Locale.ROOT))))
                .filter(candidate -> distance(wanted, candidate.toLowerCase(Locale.ROOT)) <= 1 + wanted.length() / 3)
                .map(candidate -> "; did you mean '" + candidate + "'?")
                .orElse(".");
        return new JobFailure("Step '" + step + "': there is no column '" + name + "'" + nearest + " Columns here: "
                + String.join(", ", names));
    }

    /** How many characters to add, remove or replace to turn one text into the other. */
    static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
