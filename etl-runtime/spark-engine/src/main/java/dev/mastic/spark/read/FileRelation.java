package dev.mastic.spark.read;

import dev.mastic.job.FileOptions;
import dev.mastic.job.FileOptions.BadRows;
import dev.mastic.job.FileOptions.KeysInFiles;
import dev.mastic.spark.failure.JobFailure;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The rows of files that have one layout, with what is done with rows and keys that do not fit. Not thread-safe. */
final class FileRelation {
    /** Begin of the names under which bad rows are counted. */
    static final String BAD_ROWS = "mastic.bad.";

    /** The column of bad rows that are left out. */
    static final String DROPPED = "mastic_bad_row";

    private static final String IN_FILE = "mastic_in_file_";

    private final SparkSession spark;
    private int counters;

    FileRelation(SparkSession spark) {
        this.spark = spark;
    }

    /** @param columns of the files, in their order where the format knows no names */
    Dataset<Row> rows(SourceSpec spec, StructType columns, StructType keys, List<InputFile> files) {
        Set<String> both = both(columns, keys);
        if (!both.isEmpty()) {
            return switch (spec.reading().keysInFiles()) {
                case FAIL ->
                    throw new JobFailure(spec.place() + "'" + String.join("', '", both)
                            + "' is both a column of the files and a partition key of " + spec.title()
                            + "; choose by .onKeysInFiles(KeysInFiles.USE_FOLDERS) or USE_FILES");
                case USE_FOLDERS -> withFolders(spec, columns, keys, files, both);
                case USE_FILES -> withFiles(spec, columns, keys, files, both);
            };
        }
        return checked(spec, columns, keys, files);
    }

    private static Set<String> both(StructType columns, StructType keys) {
        Set<String> names = new TreeSet<>();
        for (StructField column : columns.fields()) {
            for (StructField key : keys.fields()) {
                if (column.name().equalsIgnoreCase(key.name())) {
                    names.add(key.name());
                }
            }
        }
        return names;
    }

    private static boolean contains(Set<String> names, String name) {
        return names.stream().anyMatch(name::equalsIgnoreCase);
    }

    private Dataset<Row> withFolders(
            SourceSpec spec, StructType columns, StructType keys, List<InputFile> files, Set<String> both) {
        StructType others = new StructType();
        List<String> hidden = new ArrayList<>();
        for (StructField field : columns.fields()) {
            if (!contains(both, field.name())) {
                others = others.add(field);
            } else if (spec.kind() == FileKind.CSV) {
                // Its place in the line stays.
                hidden.add(IN_FILE + field.name());
                others = others.add(IN_FILE + field.name(), DataTypes.StringType);
            }
        }
        return checked(spec, others, keys, files).drop(hidden.toArray(String[]::new));
    }

    private Dataset<Row> withFiles(
            SourceSpec spec, StructType columns, StructType keys, List<InputFile> files, Set<String> both) {
        StructType kept = new StructType();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            if (!contains(both, keys.fields()[i].name())) {
                kept = kept.add(keys.fields()[i]);
                places.add(i);
            }
        }
        List<InputFile> trimmed = files.stream()
                .map(file -> new InputFile(
                        file.object(),
                        places.stream().map(file.partitionValues()::get).toList()))
                .toList();
        return checked(spec, columns, kept, trimmed);
    }

    private Dataset<Row> checked(SourceSpec spec, StructType columns, StructType keys, List<InputFile> files) {
        FileOptions reading = spec.reading();
        if (reading.badRows() == BadRows.FAIL) {
            return relation(spec, columns, keys, files, FileFrames.options(spec));
        }
        String told = reading.badRowsColumn();
        String column = told == null ? DROPPED : told;
        if (!both(columns.merge(keys, false), new StructType().add(column, DataTypes.StringType))
                .isEmpty()) {
            throw new JobFailure(spec.place() + "badRowsTo(\"" + column + "\") names a column of " + spec.title()
                    + "; choose another name");
        }
        Map<String, String> options = new HashMap<>(FileFrames.options(spec));
        options.put("mode", "PERMISSIVE");
        options.put("columnNameOfCorruptRecord", column);
        Dataset<Row> rows = relation(spec, columns.add(column, DataTypes.StringType), keys, files, options);
        return withBadRows(spec, rows, column);
    }

    /**
     * Counts the rows that do not fit, and leaves them out when the step says so.
     *
     * @param column has the text of such a row, and null in others
     */
    Dataset<Row> withBadRows(SourceSpec spec, Dataset<Row> rows, String column) {
        Dataset<Row> counted = rows.observe(
                BAD_ROWS + spec.step() + "." + counters++,
                functions.count(functions.col("`" + column + "`")).as("rows"));
        if (spec.reading().badRows() == BadRows.COLUMN) {
            return counted;
        }
        return counted.filter(functions.col("`" + column + "`").isNull()).drop(column);
    }

    private Dataset<Row> relation(
            SourceSpec spec, StructType columns, StructType keys, List<InputFile> files, Map<String, String> options) {
        HadoopFsRelation relation = new HadoopFsRelation(
                new GrantedFileIndex(spark, spec.location(), keys, byValues(spec, keys, files)),
                keys,
                nullable(columns),
                Option.empty(),
                spec.kind().format(),
                Scala.map(options),
                spark);
        return spark.baseRelationToDataFrame(relation);
    }

    private Map<InternalRow, List<InputFile>> byValues(SourceSpec spec, StructType keys, List<InputFile> files) {
        if (keys.isEmpty()) {
            return Map.of(InternalRow.empty(), files);
        }
        Map<List<String>, List<InputFile>> byText = new LinkedHashMap<>();
        for (InputFile file : files) {
            byText.computeIfAbsent(file.partitionValues(), values -> new ArrayList<>())
                    .add(file);
        }
        Map<List<String>, InternalRow> typed =
                PartitionValues.typed(spark, spec.title(), keys, List.copyOf(byText.keySet()), null);
        Map<InternalRow, List<InputFile>> result = new LinkedHashMap<>();
        // Two texts may be one value, 1 and 01 as a number for instance.
        typed.forEach((texts, row) ->
                result.computeIfAbsent(row, key -> new ArrayList<>()).addAll(byText.get(texts)));
        return result;
    }

    /** Files may lack any value, whatever a Parquet footer promises. */
    static StructType nullable(StructType columns) {
        StructType result = new StructType();
        for (StructField field : columns.fields()) {
            result = result.add(field.name(), field.dataType(), true);
        }
        return result;
    }

    /** Whether the step takes the folder's value of a key that the files have too. */
    static boolean isShadowed(SourceSpec spec, StructType keys, String column) {
        return spec.reading().keysInFiles() == KeysInFiles.USE_FOLDERS
                && List.of(keys.fieldNames()).stream()
                        .anyMatch(key -> key.toLowerCase(Locale.ROOT).equals(CsvHeaders.normalized(column)));
    }
}
