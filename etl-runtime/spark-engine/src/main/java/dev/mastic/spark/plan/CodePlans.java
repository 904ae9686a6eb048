package dev.mastic.spark.plan;

import dev.mastic.job.CodeStep;
import dev.mastic.job.Nearest;
import dev.mastic.job.Option;
import dev.mastic.spark.failure.JobFailure;
import dev.mastic.spark.transform.CustomTransform;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;
import org.apache.spark.sql.catalyst.parser.ParseException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** Steps whose work is not described by the DSL: queries and custom transforms. */
final class CodePlans {
    private CodePlans() {}

    static Dataset<Row> plan(CodeStep step, List<StepInput> inputs) throws Exception {
        if (step instanceof CodeStep.Sql sql) {
            return query(sql, inputs);
        }
        return transform((CodeStep.Transform) step, inputs.get(0));
    }

    private static Dataset<Row> query(CodeStep.Sql sql, List<StepInput> inputs) throws Exception {
        try {
            requireQuery(sql.query());
        } catch (ParseException e) {
            throw new JobFailure(
                    "Step '" + sql.name() + "': the query cannot be read at line "
                            + e.start().line().getOrElse(() -> 1) + ", column "
                            + ((Integer) e.start().startPosition().getOrElse(() -> 0) + 1)
                            + "; it must be one SELECT in Spark's SQL, without a semicolon",
                    e);
        }
        List<String> aliases =
                sql.frames().stream().map(CodeStep.Sql.Frames::alias).toList();
        SparkSession spark = inputs.get(0).rows().sparkSession();
        try {
            for (int i = 0; i < inputs.size(); i++) {
                inputs.get(i).rows().createOrReplaceTempView(aliases.get(i));
            }
            return analyzed(spark, sql.query());
        } catch (AnalysisException e) {
            if (!String.valueOf(e.getCondition()).startsWith("TABLE_OR_VIEW_NOT_FOUND")) {
                throw e;
            }
            String wanted =
                    String.valueOf(e.getMessageParameters().get("relationName")).replace("`", "");
            throw new JobFailure(
                    "Step '" + sql.name() + "': the query reads from \"" + wanted + "\", which is none of its frames"
                            + Nearest.suggestion(wanted, aliases) + " Frames: " + String.join(", ", aliases),
                    e);
        } finally {
            aliases.forEach(alias -> spark.catalog().dropTempView(alias));
        }
    }

    /** Scala does not declare what it throws, which Java only catches when it is declared. */
    private static void requireQuery(String query) throws ParseException {
        new CatalystSqlParser().parseQuery(query);
    }

    private static Dataset<Row> analyzed(SparkSession spark, String query) throws AnalysisException {
        return spark.sql(query);
    }

    private static Dataset<Row> transform(CodeStep.Transform step, StepInput input) {
        Map<String, CustomTransform> known = new TreeMap<>();
        for (CustomTransform found : ServiceLoader.load(CustomTransform.class)) {
            if (known.put(found.name(), found) != null) {
                throw input.failure(
                        "two transforms are named \"" + found.name() + "\"; remove one from the class path");
            }
        }
        CustomTransform transform = known.get(step.transform());
        if (transform == null) {
            throw input.failure("no transform \"" + step.transform() + "\" is on the driver's class path"
                    + Nearest.suggestion(step.transform(), known.keySet()) + " Transforms: "
                    + String.join(", ", known.keySet()));
        }
        Map<String, Object> options = new HashMap<>();
        for (Option option : step.options()) {
            Object value = Columns.value(option.value());
            if (value != null) {
                options.put(option.name(), value);
            }
        }
        return transform.apply(input.rows(), Map.copyOf(options));
    }
}
