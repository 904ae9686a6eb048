package dev.mastic.spark.read;

import dev.mastic.job.FileOptions.SchemaDrift;
import dev.mastic.spark.failure.FailureMessage;
import dev.mastic.spark.failure.JobFailure;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.Option;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The columns of files, told from the files. */
final class SchemaInference {
    private static final String CASE_SENSITIVE = "spark.sql.caseSensitive";

    private final SparkSession spark;

    SchemaInference(SparkSession spark) {
        this.spark = spark;
    }

    /** @throws JobFailure when there are no files, or they have no columns or not the same and the step forbids that */
    StructType columns(SourceSpec spec, List<InputFile> files) {
        if (files.isEmpty()) {
            throw new JobFailure(spec.place() + "there are no files in " + spec.title()
                    + ", so its columns are unknown; put a file there or correct the location");
        }
        SchemaDrift drift = spec.reading().drift();
        StructType columns =
                spec.reading().drift() == SchemaDrift.FIRST ? of(spec, files.subList(0, 1)) : merged(spec, files);
        if (drift == SchemaDrift.FAIL && files.size() > 1) {
            requireAlike(spec, of(spec, files.subList(0, 1)), files);
        }
        requireDistinct(spec, columns);
        return columns;
    }

    private StructType merged(SourceSpec spec, List<InputFile> files) {
        if (spec.kind() != FileKind.AVRO) {
            return of(spec, files);
        }
        // Of several files Spark looks at one. The header of each is small, and read by this process.
        List<StructType> each = Parallel.map(files, file -> of(spec, List.of(file)));
        StructType merged = each.get(0);
        for (int i = 1; i < each.size(); i++) {
            try {
                merged = merged.merge(each.get(i), false);
            } catch (Exception e) { // Scala's checked SparkException is not declared
                throw new JobFailure(
                        spec.place() + files.get(i).object().uri() + " has columns of other types than the files"
                                + " before it: " + FailureMessage.firstLine(e) + "; read them by steps of their own",
                        e);
            }
        }
        return merged;
    }

    /** Looks for a file that adds something to the first one's columns, by halves: few are read often. */
    private void requireAlike(SourceSpec spec, StructType first, List<InputFile> files) {
        StructType all = merged(spec, files);
        if (isAlike(first, all)) {
            return;
        }
        if (files.size() == 1) {
            throw new JobFailure(spec.place() + files.get(0).object().uri() + " has columns "
                    + FileRelation.nullable(all).toDDL() + ", and the first file has "
                    + FileRelation.nullable(first).toDDL() + "; onSchemaDrift(FAIL) allows no difference");
        }
        int half = files.size() / 2;
        requireAlike(spec, first, files.subList(0, half));
        requireAlike(spec, first, files.subList(half, files.size()));
        throw new JobFailure(spec.place() + "the files in " + spec.title() + " together have columns "
                + FileRelation.nullable(all).toDDL() + ", and the first has "
                + FileRelation.nullable(first).toDDL() + "; onSchemaDrift(FAIL) allows no difference");
    }

    private static boolean isAlike(StructType first, StructType other) {
        Map<String, String> types = new HashMap<>();
        for (StructField field : first.fields()) {
            types.put(field.name(), field.dataType().catalogString());
        }
        for (StructField field : other.fields()) {
            if (!field.dataType().catalogString().equals(types.get(field.name()))) {
                return false;
            }
        }
        return true;
    }

    private static void requireDistinct(SourceSpec spec, StructType columns) {
        Map<String, String> names = new HashMap<>();
        for (String name : columns.fieldNames()) {
            String other = names.put(name.toLowerCase(Locale.ROOT), name);
            if (other != null) {
                throw new JobFailure(spec.place() + "the files in " + spec.title() + " have columns '" + other
                        + "' and '" + name + "', which differ only in case; declare the columns to read by"
                        + " .column(\"" + name + "\", type), or correct the files");
            }
        }
    }

    private StructType of(SourceSpec spec, List<InputFile> files) {
        Map<String, String> options = new HashMap<>(FileFrames.options(spec));
        options.put("mode", "FAILFAST");
        options.put("inferSchema", "true");
        options.put("mergeSchema", "true");
        boolean mayFail = spec.kind().hasBadRows();
        Option<StructType> columns = mayFail ? inferredOfTexts(spec, options, files) : inferred(spec, options, files);
        return columns.getOrElse(() -> {
            throw new JobFailure(spec.place() + "no columns can be told from the files in " + spec.title() + ", "
                    + files.get(0).object().uri() + " for instance");
        });
    }

    private Option<StructType> inferred(SourceSpec spec, Map<String, String> options, List<InputFile> files) {
        List<FileStatus> statuses = files.stream()
                .map(file -> GrantedFileIndex.status(file.object()))
                .toList();
        boolean literal = spec.kind() == FileKind.JSON || spec.kind() == FileKind.XML;
        if (!literal) {
            return spec.kind().format().inferSchema(spark, Scala.map(options), Scala.seq(statuses));
        }
        // Their members are read as they are spelled: to take two spellings for one here would lose the values of one.
        spark.conf().set(CASE_SENSITIVE, "true");
        try {
            return spec.kind().format().inferSchema(spark, Scala.map(options), Scala.seq(statuses));
        } finally {
            spark.conf().set(CASE_SENSITIVE, "false");
        }
    }

    /** Spark does not tell which file has a row that is none: it is sought by halves, which reads no file often. */
    private Option<StructType> inferredOfTexts(SourceSpec spec, Map<String, String> options, List<InputFile> files) {
        try {
            return inferred(spec, options, files);
        } catch (Exception e) { // Scala's checked SparkException is not declared
            if (!isMalformed(e)) {
                throw e;
            }
            if (spec.reading().badRows() != dev.mastic.job.FileOptions.BadRows.FAIL) {
                Map<String, String> lenient = new HashMap<>(options);
                lenient.put("mode", "DROPMALFORMED");
                return inferred(spec, lenient, files);
            }
            if (files.size() == 1) {
                throw new JobFailure(
                        spec.place() + files.get(0).object().uri() + " has a line that is no "
                                + (spec.kind() == FileKind.JSON ? "JSON object" : spec.kind() + " row") + " ("
                                + FailureMessage.firstLine(root(e))
                                + "); remove the file from the folder, or correct it",
                        e);
            }
            int half = files.size() / 2;
            inferredOfTexts(spec, options, files.subList(0, half));
            inferredOfTexts(spec, options, files.subList(half, files.size()));
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
}
