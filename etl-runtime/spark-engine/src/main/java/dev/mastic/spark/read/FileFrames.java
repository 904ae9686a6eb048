package dev.mastic.spark.read;

import dev.mastic.job.FileOptions.SchemaDrift;
import dev.mastic.spark.failure.JobFailure;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rows of files as data frames. Unless the step says otherwise, rows that do not fit fail the run when they are read:
 * nothing is dropped or turned into null without a word.
 */
final class FileFrames {
    /** The option that carries the read step's name into Spark's plans. */
    static final String STEP_OPTION = "mastic.step";

    /** Begin of the options that tell how JSON files spell a column: {@code mapping.userid} is {@code userId}. */
    static final String SPELLING = "mapping.";

    private final SparkSession spark;
    private final S3Client s3;
    private final SchemaInference inference;
    private final FileRelation relation;

    FileFrames(SparkSession spark, S3Client s3) {
        this.spark = spark;
        this.s3 = s3;
        this.inference = new SchemaInference(spark);
        this.relation = new FileRelation(spark);
    }

    /**
     * The rows of some files.
     *
     * @param examples files to infer the columns from when there are none to read
     */
    Dataset<Row> rows(SourceSpec spec, List<InputFile> files, List<InputFile> examples) {
        StructType keys = spec.partitionKeys() == null ? new StructType() : spec.partitionKeys();
        Packing.check(spec, files);
        if (files.isEmpty()) {
            StructType columns = spec.columns() == null ? inference.columns(spec, examples) : spec.columns();
            String bad = spec.reading().badRowsColumn();
            StructType all = bad == null ? columns : columns.add(bad, DataTypes.StringType);
            return spark.createDataFrame(List.of(), all.merge(keys, false));
        }
        if (spec.options().containsKey(RegexLines.REGEX) && spec.columns() != null) {
            return new RegexLines(relation).rows(spec, spec.columns(), keys, files);
        }
        if (spec.kind() == FileKind.CSV && spec.header()) {
            return withHeader(spec, keys, files);
        }
        StructType columns = spec.columns() == null ? inference.columns(spec, files) : spec.columns();
        boolean spelled = spec.options().keySet().stream().anyMatch(option -> option.startsWith(SPELLING));
        return spelled ? withSpelling(spec, columns, keys, files) : relation.rows(spec, columns, keys, files);
    }

    /** JSON is read by the files' spelling of its members, which Spark takes literally. */
    private Dataset<Row> withSpelling(SourceSpec spec, StructType columns, StructType keys, List<InputFile> files) {
        StructType spelled = new StructType();
        Map<String, String> names = new HashMap<>();
        for (StructField field : columns.fields()) {
            String spelling = spec.options().getOrDefault(SPELLING + field.name(), field.name());
            spelled = spelled.add(spelling, field.dataType());
            names.put(spelling, field.name());
        }
        Dataset<Row> rows = relation.rows(spec, spelled, keys, files);
        List<Column> named = new ArrayList<>();
        for (String name : rows.columns()) {
            named.add(functions.col("`" + name + "`").as(names.getOrDefault(name, name)));
        }
        return rows.select(named.toArray(Column[]::new));
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
            if (groups.size() == 1) {
                return relation.rows(spec, inference.columns(spec, files), keys, files);
            }
            declared = ofGroups(spec, groups);
        }
        @Nullable Dataset<Row> rows = null;
        for (Map.Entry<List<String>, List<InputFile>> group : groups.entrySet()) {
            Dataset<Row> part = ofGroup(spec, declared, keys, group.getKey(), group.getValue());
            rows = rows == null ? part : rows.unionByName(part);
        }
        if (rows == null) {
            throw new IllegalStateException("No files in " + spec.title());
        }
        return rows;
    }

    /** The columns of files whose headers differ, as the step's policy of drift says. */
    private StructType ofGroups(SourceSpec spec, Map<List<String>, List<InputFile>> groups) {
        SchemaDrift drift = spec.reading().drift();
        if (drift == null || drift == SchemaDrift.FAIL) {
            throw new JobFailure(spec.place() + differing(groups)
                    + "; declare the columns by .column(\"name\", \"type\"), or allow it by"
                    + " .onSchemaDrift(SchemaDrift.MERGE)");
        }
        StructType merged = new StructType();
        Map<String, Integer> places = new HashMap<>();
        for (List<InputFile> files : groups.values()) {
            for (StructField field : inference.columns(spec, files).fields()) {
                Integer place = places.get(CsvHeaders.normalized(field.name()));
                if (place == null) {
                    places.put(CsvHeaders.normalized(field.name()), merged.size());
                    merged = merged.add(field);
                } else {
                    StructField[] fields = merged.fields();
                    fields[place] = new StructField(
                            fields[place].name(),
                            common(fields[place].dataType(), field.dataType()),
                            true,
                            fields[place].metadata());
                    merged = new StructType(fields);
                }
            }
            if (drift == SchemaDrift.FIRST) {
                return merged;
            }
        }
        return merged;
    }

    /** A type that holds the values of two that were inferred from texts. */
    private static DataType common(DataType one, DataType other) {
        if (one.equals(other)) {
            return one;
        }
        if (one instanceof NumericType && other instanceof NumericType) {
            boolean whole = isWhole(one) && isWhole(other);
            return whole ? DataTypes.LongType : DataTypes.DoubleType;
        }
        return DataTypes.StringType;
    }

    private static boolean isWhole(DataType type) {
        return type.equals(DataTypes.IntegerType) || type.equals(DataTypes.LongType);
    }

    /** Files of one header: their columns by name, in the declared order, null where they lack one. */
    private Dataset<Row> ofGroup(
            SourceSpec spec, StructType declared, StructType keys, List<String> header, List<InputFile> files) {
        Map<String, StructField> byName = new HashMap<>();
        for (StructField field : declared.fields()) {
            byName.put(CsvHeaders.normalized(field.name()), field);
        }
        List<StructField> inFile = new ArrayList<>();
        Set<String> left = new HashSet<>();
        for (String name : header) {
            @Nullable StructField field = byName.remove(CsvHeaders.normalized(name));
            if (field != null) {
                inFile.add(field);
            } else if (spec.reading().drift() == SchemaDrift.FIRST || FileRelation.isShadowed(spec, keys, name)) {
                String hidden = "mastic_left_out_" + left.size();
                left.add(hidden);
                inFile.add(new StructType().add(hidden, DataTypes.StringType).fields()[0]);
            } else {
                throw unknown(spec, declared, name, files.get(0));
            }
        }
        Dataset<Row> rows = relation.rows(spec, new StructType(inFile.toArray(StructField[]::new)), keys, files);
        List<Column> columns = new ArrayList<>();
        for (StructField field : declared.fields()) {
            boolean missing = byName.containsValue(field);
            columns.add(
                    missing
                            ? functions.lit(null).cast(field.dataType()).as(field.name())
                            : functions.col("`" + field.name() + "`"));
        }
        for (String name : rows.columns()) {
            boolean known = inFile.stream().anyMatch(field -> field.name().equals(name));
            if (!known && !List.of(declared.fieldNames()).contains(name)) {
                columns.add(functions.col("`" + name + "`"));
            }
        }
        return rows.select(columns.toArray(Column[]::new));
    }

    private static JobFailure unknown(SourceSpec spec, StructType declared, String name, InputFile file) {
        String fix = spec.isTable()
                ? "; run the table's crawler, or correct the file"
                : "; declare it by .column(\"" + name + "\", type), or correct the file";
        return new JobFailure(spec.place() + file.object().uri() + " has a column '" + name + "' that " + spec.title()
                + " has not (" + String.join(", ", declared.fieldNames()) + ")" + fix);
    }

    private static String differing(Map<List<String>, List<InputFile>> groups) {
        List<Map.Entry<List<String>, List<InputFile>>> two =
                groups.entrySet().stream().limit(2).toList();
        return "the headers of " + two.get(0).getValue().get(0).object().uri() + " "
                + two.get(0).getKey() + " and "
                + two.get(1).getValue().get(0).object().uri() + " " + two.get(1).getKey() + " differ";
    }

    /** What Spark's reader is told. */
    static Map<String, String> options(SourceSpec spec) {
        Map<String, String> options = new HashMap<>(spec.options());
        options.put(STEP_OPTION, spec.step());
        if (spec.kind().hasBadRows()) {
            options.put("mode", "FAILFAST");
        }
        if (spec.kind() == FileKind.CSV) {
            options.put("header", String.valueOf(spec.header()));
        }
        String zone = spec.reading().timeZone();
        if (zone != null) {
            options.put("timeZone", zone);
        }
        return options;
    }
}
