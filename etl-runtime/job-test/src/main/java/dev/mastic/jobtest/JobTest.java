package dev.mastic.jobtest;

import dev.mastic.job.Job;
import dev.mastic.job.JobGraph;
import dev.mastic.job.Nearest;
import dev.mastic.job.Step;
import dev.mastic.spark.Sessions;
import dev.mastic.spark.failure.JobFailure;
import dev.mastic.spark.plan.GraphPlan;
import dev.mastic.spark.read.HiveTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a job's steps on a few rows in memory, on the Spark that also runs jobs; nothing is read from or written to S3.
 * {@code JobTest.of(new Orders()).given("orders", rows).expect("lake_orders", rows)}. Fits JUnit and a plain {@code main}.
 * Not thread-safe.
 *
 * <p>Rows as text have a line of columns, then one line each: {@code id:bigint, name, day:date}. A column without a type is a
 * text, a value left out is null, nested values are JSON. The JVM needs the options of the driver's {@code jvm-options}.
 */
public final class JobTest {
    private final Job job;
    private final Map<String, String> arguments = new LinkedHashMap<>();
    private final Map<String, RowText> given = new LinkedHashMap<>();
    private @Nullable GraphPlan plan;

    private JobTest(Job job) {
        this.job = job;
    }

    /** A test of a job. */
    public static JobTest of(Job job) {
        return new JobTest(job);
    }

    /** The run argument {@code --name}. */
    public JobTest argument(String name, String value) {
        plan = null;
        arguments.put(name.startsWith("--") ? name : "--" + name, value);
        return this;
    }

    /** The rows of a read step, as text. */
    public JobTest given(String read, String rows) {
        return given(read, RowText.parse(rows));
    }

    /** The rows of a read step. */
    public JobTest given(String read, TestRow... rows) {
        return given(read, RowText.of(List.of(rows)));
    }

    private JobTest given(String read, RowText rows) {
        plan = null;
        given.put(read, rows);
        return this;
    }

    /**
     * Compares the rows of a step, in whatever order, with expected ones: of a write, or of any other step, {@code
     * checked.failed} for instance. Expected values are read as the types of the step's columns.
     *
     * @throws AssertionError when they differ, with a table of the rows
     */
    public JobTest expect(String step, String rows) {
        return expect(step, RowText.parse(rows));
    }

    /** As {@link #expect(String, String)}, with typed rows. */
    public JobTest expect(String step, TestRow... rows) {
        return expect(step, RowText.of(List.of(rows)));
    }

    /** @throws AssertionError unless the job fails with a message that has this text */
    public JobTest expectFailure(String message) {
        try {
            plan().requireTolerances();
        } catch (IllegalArgumentException | JobFailure e) {
            if (String.valueOf(e.getMessage()).contains(message)) {
                return this;
            }
            throw new AssertionError("The job failed otherwise: " + e.getMessage(), e);
        }
        throw new AssertionError("The job did not fail with: " + message);
    }

    /** The rows of a step as a table for people. */
    public String show(String step) {
        Dataset<Row> rows = plan().rows(step);
        return Difference.table(List.of(rows.columns()), texts(rows, List.of(rows.columns())));
    }

    private JobTest expect(String step, RowText expected) {
        GraphPlan ready = plan();
        ready.requireTolerances();
        Dataset<Row> rows = ready.rows(step);
        List<String> found = Arrays.stream(rows.columns()).sorted().toList();
        if (!found.equals(expected.columns().stream().sorted().toList())) {
            throw new AssertionError("Step '" + step + "' has the columns " + String.join(", ", rows.columns())
                    + ", but " + String.join(", ", expected.columns()) + " were expected");
        }
        Map<String, DataType> types = new LinkedHashMap<>();
        for (StructField field : rows.schema().fields()) {
            types.put(field.name(), field.dataType());
        }
        List<DataType> ordered = expected.columns().stream().map(types::get).toList();
        Dataset<Row> wanted = frame("expect(\"" + step + "\")", expected, ordered);
        Optional<String> difference =
                Difference.of(expected.columns(), texts(wanted, expected.columns()), texts(rows, expected.columns()));
        if (difference.isPresent()) {
            throw new AssertionError("Step '" + step + "' has other rows than expected (- missing, + not expected):\n"
                    + difference.get());
        }
        return this;
    }

    private GraphPlan plan() {
        if (plan == null) {
            JobGraph graph = JobGraph.of("test", arguments, job);
            List<String> reads = graph.reads().stream().map(Step.Read::name).toList();
            for (String name : given.keySet()) {
                if (!reads.contains(name)) {
                    throw new IllegalArgumentException("The job has no read \"" + name + "\""
                            + Nearest.suggestion(name, reads) + " Reads: " + String.join(", ", reads));
                }
            }
            plan = GraphPlan.of(graph, this::rows);
        }
        return plan;
    }

    private Dataset<Row> rows(Step.Read read) {
        RowText rows = given.get(read.name());
        if (rows == null) {
            throw new IllegalArgumentException("no rows are given; add .given(\"" + read.name() + "\", rows)");
        }
        List<DataType> types = rows.types().stream()
                .map(type -> type.isEmpty()
                        ? DataTypes.StringType
                        : HiveTypes.toSpark(type, "given(\"" + read.name() + "\")"))
                .toList();
        return frame("given(\"" + read.name() + "\")", rows, types);
    }

    /** Texts as rows of types; a text that is no such value is named at once. */
    private static Dataset<Row> frame(String place, RowText text, List<DataType> types) {
        StructType texts = new StructType();
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            texts = texts.add("c" + i, DataTypes.StringType);
            Column value = functions.col("c" + i);
            DataType type = types.get(i);
            columns.add((isNested(type) ? functions.from_json(value, type) : value.cast(type))
                    .as(text.columns().get(i)));
        }
        List<Row> rows = text.rows().stream()
                .map(row -> RowFactory.create(row.toArray()))
                .toList();
        SparkSession spark = session();
        try {
            Dataset<Row> frame = spark.createDataFrame(rows, texts).select(columns.toArray(Column[]::new));
            return spark.createDataFrame(frame.collectAsList(), frame.schema());
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    place + " has a value that is not of its column's type: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        }
    }

    private static List<List<String>> texts(Dataset<Row> rows, List<String> columns) {
        Column[] texts = columns.stream()
                .map(name -> {
                    Column column = functions.col("`" + name.replace("`", "``") + "`");
                    DataType type = Arrays.stream(rows.schema().fields())
                            .filter(field ->
                                    field.name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
                            .findFirst()
                            .orElseThrow()
                            .dataType();
                    return isNested(type) ? functions.to_json(column) : column.cast("string");
                })
                .toArray(Column[]::new);
        List<List<String>> result = new ArrayList<>();
        for (Row row : rows.select(texts).collectAsList()) {
            List<String> values = new ArrayList<>();
            for (int i = 0; i < texts.length; i++) {
                values.add(row.isNullAt(i) ? "" : row.getString(i).isEmpty() ? "\"\"" : row.getString(i));
            }
            result.add(values);
        }
        return result;
    }

    private static boolean isNested(DataType type) {
        return type instanceof StructType || type instanceof ArrayType || type instanceof MapType;
    }

    private static SparkSession session() {
        if (!Object.class.getModule().isOpen("sun.nio.ch", JobTest.class.getModule())) {
            throw new IllegalStateException(
                    "Spark needs the options of the driver's jvm-options: run the test's JVM with"
                            + " @target/driver/jvm-options, or with the --add-opens that it has");
        }
        return Sessions.inMemory();
    }
}
