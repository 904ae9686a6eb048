package dev.mastic.spark.read;

import dev.mastic.spark.failure.FailureMessage;
import dev.mastic.spark.failure.JobFailure;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.Option;
import software.amazon.awssdk.services.s3.S3Client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of files as data frames. Rows that do not fit fail the run when they are read: nothing is dropped or turned
 * into null without a word.
 */
final class FileFrames {
    /** The option that carries the read step's name into Spark's plans. */
    static final String STEP_OPTION = "mastic.step";

    /** Begin of the options that tell how JSON files spell a column: {@code mapping.userid} is {@code userId}. */
    static final String SPELLING = "mapping.";

    private final SparkSession spark;
    private final S3Client s3;

    FileFrames(SparkSession spark, S3Client s3) {
        this.spark = spark;
        this.s3 = s3;
    }

    /**
     * The rows of some files.
     *
     * @param examples files to infer the columns from when there are none to read
     */
    Dataset<Row> rows(SourceSpec spec, List<InputFile> files, List<InputFile> examples) {
        StructType keys = spec.partitionKeys() == null ? new StructType() : spec.partitionKeys();
        if (files.isEmpty()) {
            StructType columns = spec.columns() == null ? inferred(spec, examples) : spec.columns();
            return spark.createDataFrame(List.of(), columns.merge(keys, false));
        }
        if (spec.kind() == FileKind.CSV && spec.header()) {
            return withHeader(spec, keys, files);
        }
        StructType columns = spec.columns() == null ? inferred(spec, files) : spec.columns();
        return spec.kind() == FileKind.JSON
                ? withSpelling(spec, columns, keys, files)
                : relation(spec, columns, keys, files);
    }

    /** JSON is read by the files' spelling of its members, which Spark takes literally. */
    private Dataset<Row> withSpelling(SourceSpec spec, StructType columns, StructType keys, List<InputFile> files) {
        StructType spelled = new StructType();
        List<Column> named = new ArrayList<>();
        for (StructField field : columns.fields()) {
            String spelling = spec.options().getOrDefault(SPELLING + field.name(), field.name());
            spelled = spelled.add(spelling, field.dataType());
            named.add(functions.col("`" + spelling + "`").as(field.name()));
        }
        for (StructField key : keys.fields()) {
            named.add(functions.col("`" + key.name() + "`"));
        }
        return relation(spec, spelled, keys, files).select(named.toArray(Column[]::new));
    }

    private Dataset<Row> withHeader(SourceSpec spec, StructType keys, List<InputFile> files) {
        Map<List<String>, List<InputFile>> groups = new CsvHeaders(
                        s3,
                        spark.sparkContext().hadoopConfiguration(),
                        spec.options().getOrDefault("sep", ",").charAt(0),
                        spec.options().getOrDefault("quote", "\"").charAt(0))
                .group(files);
        StructType declared = spec.columns();
        if (declared == null) {
            if (groups.size() > 1) {
                throw new JobFailure("Read '" + spec.step() + "': " + differing(groups)
                        + "; declare the columns by .column(\"name\", \"type\")");
            }
            return relation(spec, inferred(spec, files), keys, files);
        }
        @Nullable Dataset<Row> rows = null;
        for (Map.Entry<List<String>, List<InputFile>> group : groups.entrySet()) {
            Dataset<Row> part = ofGroup(spec, declared, keys, group.getKey(), group.getValue());
            rows = rows == null ? part : rows.unionAll(part);
        }
        if (rows == null) {
            throw new IllegalStateException("No files in " + spec.title());
        }
        return rows;
    }

    /** Files of one header: their columns by name, in the declared order, null where they lack one. */
    private Dataset<Row> ofGroup(
            SourceSpec spec, StructType declared, StructType keys, List<String> header, List<InputFile> files) {
        Map<String, StructField> byName = new HashMap<>();
        for (StructField field : declared.fields()) {
            byName.put(CsvHeaders.normalized(field.name()), field);
        }
        List<StructField> inFile = new ArrayList<>();
        for (String name : header) {
            @Nullable StructField field = byName.remove(CsvHeaders.normalized(name));
            if (field == null) {
                String fix = spec.title().startsWith("table ")
                        ? "; run the table's crawler, or correct the file"
                        : "; declare it by .column(\"" + name + "\", type), or correct the file";
                throw new JobFailure(
                        "Read '" + spec.step() + "': " + files.get(0).object().uri() + " has a column '"
                                + name + "' that " + spec.title() + " has not ("
                                + String.join(", ", declared.fieldNames()) + ")"
                                + fix);
            }
            inFile.add(field);
        }
        Dataset<Row> rows = relation(spec, new StructType(inFile.toArray(StructField[]::new)), keys, files);
        List<Column> columns = new ArrayList<>();
        for (StructField field : declared.merge(keys, false).fields()) {
            boolean missing = byName.containsValue(field);
            columns.add(
                    missing
                            ? functions.lit(null).cast(field.dataType()).as(field.name())
                            : functions.col("`" + field.name() + "`"));
        }
        return rows.select(columns.toArray(Column[]::new));
    }

    private static String differing(Map<List<String>, List<InputFile>> groups) {
        List<Map.Entry<List<String>, List<InputFile>>> two =
                groups.entrySet().stream().limit(2).toList();
        return "the headers of " + two.get(0).getValue().get(0).object().uri() + " "
                + two.get(0).getKey() + " and "
                + two.get(1).getValue().get(0).object().uri() + " " + two.get(1).getKey() + " differ";
    }

    private StructType inferred(SourceSpec spec, List<InputFile> files) {
        if (files.isEmpty()) {
            throw new JobFailure("Read '" + spec.step() + "': there are no files in " + spec.title()
                    + ", so its columns are unknown; put a file there or correct the location");
        }
        Map<String, String> options = options(spec);
        options.put("inferSchema", "true");
        options.put("mergeSchema", "true");
        Option<StructType> columns =
                spec.kind() == FileKind.JSON ? inferredOfJson(spec, options, files) : inferred(spec, options, files);
        return columns.getOrElse(() -> {
            throw new JobFailure("Read '" + spec.step() + "': no columns can be told from the files in " + spec.title()
                    + ", " + files.get(0).object().uri() + " for instance");
        });
    }

    private Option<StructType> inferred(SourceSpec spec, Map<String, String> options, List<InputFile> files) {
        List<FileStatus> statuses = files.stream()
                .map(file -> GrantedFileIndex.status(file.object()))
                .toList();
        return spec.kind().format().inferSchema(spark, Scala.map(options), Scala.seq(statuses));
    }

    /** Spark does not tell which file has a line that is no JSON: it is sought by halves, which reads no file often. */
    private Option<StructType> inferredOfJson(SourceSpec spec, Map<String, String> options, List<InputFile> files) {
        try {
            return inferred(spec, options, files);
        } catch (Exception e) { // Scala's checked SparkException is not declared
            if (!isMalformed(e)) {
                throw e;
            }
            if (files.size() == 1) {
                throw new JobFailure(
                        "Read '" + spec.step() + "': " + files.get(0).object().uri()
                                + " has a line that is no JSON object (" + FailureMessage.firstLine(root(e))
                                + "); remove the file from the folder, or correct it",
                        e);
            }
            int half = files.size() / 2;
            inferredOfJson(spec, options, files.subList(0, half));
            inferredOfJson(spec, options, files.subList(half, files.size()));
            throw e;
        }
    }

    private static boolean isMalformed(Throwable thrown) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SparkThrowable spark
                    && String.valueOf(spark.getCondition()).startsWith("MALFORMED_RECORD")) {
                return true;
            }
        }
        return false;
    }

    private static Throwable root(Throwable thrown) {
        Throwable root = thrown;
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            root = cause;
        }
        return root;
    }

    private Dataset<Row> relation(SourceSpec spec, StructType columns, StructType keys, List<InputFile> files) {
        for (StructField key : keys.fields()) {
            if (List.of(columns.fieldNames()).contains(key.name())) {
                throw new JobFailure("Read '" + spec.step() + "': '" + key.name()
                        + "' is both a column of the files and a partition key of " + spec.title());
            }
        }
        HadoopFsRelation relation = new HadoopFsRelation(
                new GrantedFileIndex(spark, spec.location(), keys, byValues(spec, keys, files)),
                keys,
                nullable(columns),
                Option.empty(),
                spec.kind().format(),
                Scala.map(options(spec)),
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

    private static Map<String, String> options(SourceSpec spec) {
        Map<String, String> options = new HashMap<>(spec.options());
        options.put(STEP_OPTION, spec.step());
        if (spec.kind() != FileKind.PARQUET) {
            options.put("mode", "FAILFAST");
        }
        if (spec.kind() == FileKind.CSV) {
            options.put("header", String.valueOf(spec.header()));
        }
        return options;
    }

    /** Files may lack any value, whatever a Parquet footer promises. */
    private static StructType nullable(StructType columns) {
        StructType result = new StructType();
        for (StructField field : columns.fields()) {
            result = result.add(field.name(), field.dataType(), true);
        }
        return result;
    }
}
