package dev.mastic.spark.read;

import dev.mastic.job.FileOptions;
import dev.mastic.job.FileOptions.BadRows;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

import java.util.ArrayList;
import java.util.List;

/** Tables of Hive's RegexSerDe: a regular expression fits a whole line, and its groups are the columns. */
final class RegexLines {
    /** The option that has the expression. */
    static final String REGEX = "mastic.regex";

    private static final String LINE = "mastic_line";
    private static final Column TEXT = functions.col(LINE);

    private final FileRelation relation;

    RegexLines(FileRelation relation) {
        this.relation = relation;
    }

    Dataset<Row> rows(SourceSpec spec, StructType columns, StructType keys, List<InputFile> files) {
        FileOptions reading = spec.reading();
        String regex = "^(?:" + spec.options().get(REGEX) + ")$";
        Dataset<Row> lines = relation.rows(
                spec.withReading(FileOptions.DEFAULTS), new StructType().add(LINE, DataTypes.StringType), keys, files);
        Column fits = TEXT.rlike(regex);
        List<Column> values = new ArrayList<>();
        Column bad = functions.not(fits);
        for (int i = 0; i < columns.size(); i++) {
            StructField field = columns.fields()[i];
            Column text = functions.nullif(functions.regexp_extract(TEXT, regex, i + 1), functions.lit(""));
            Column value = reading.badRows() == BadRows.FAIL
                    ? functions.when(fits, text.cast(field.dataType())).otherwise(failure(field))
                    : text.try_cast(field.dataType());
            values.add(value.as(field.name()));
            bad = bad.or(text.isNotNull().and(text.try_cast(field.dataType()).isNull()));
        }
        for (StructField key : keys.fields()) {
            values.add(functions.col("`" + key.name() + "`"));
        }
        if (reading.badRows() == BadRows.FAIL) {
            return lines.select(values.toArray(Column[]::new));
        }
        String column = reading.badRowsColumn() == null ? FileRelation.DROPPED : reading.badRowsColumn();
        values.add(functions.when(bad, TEXT).as(column));
        return relation.withBadRows(spec, lines.select(values.toArray(Column[]::new)), column);
    }

    private static Column failure(StructField field) {
        return functions
                .raise_error(functions.concat(
                        functions.lit("a line does not fit the table's expression: "),
                        TEXT,
                        functions.lit("; correct the file, or let bad rows pass by .droppingBadRows()")))
                .cast(field.dataType());
    }
}
