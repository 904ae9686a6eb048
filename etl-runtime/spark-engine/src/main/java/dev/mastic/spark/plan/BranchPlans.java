package dev.mastic.spark.plan;

import dev.mastic.job.BranchStep;
import dev.mastic.job.Route;
import dev.mastic.job.RowRule;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Steps with several outputs. */
final class BranchPlans {
    /** The columns that bad rows have beside their own. */
    static final String REASON = "_reason";

    private static final String FILE = "_file";
    private static final String ROW = "_row";

    private BranchPlans() {}

    /** The rows of each output by its name. */
    static Map<String, Dataset<Row>> plan(BranchStep step, StepInput input) {
        if (step instanceof BranchStep.Split split) {
            return split(split, input);
        }
        if (step instanceof BranchStep.Check check) {
            return check(check, input);
        }
        return Relationalizer.tables(input.rows(), BranchStep.ROOT);
    }

    private static Map<String, Dataset<Row>> split(BranchStep.Split split, StepInput input) {
        Map<String, Dataset<Row>> outputs = new LinkedHashMap<>();
        Column free = functions.lit(true);
        for (Route route : split.routes()) {
            Column takes = holds(input.columns().of(route.condition()));
            outputs.put(route.name(), input.rows().filter(free.and(takes)));
            free = free.and(functions.not(takes));
        }
        outputs.put(Route.OTHERWISE, input.rows().filter(free));
        return outputs;
    }

    private static Map<String, Dataset<Row>> check(BranchStep.Check check, StepInput input) {
        Column good = good(check, input);
        Column[] reasons = check.rules().stream()
                .map(rule -> functions.when(functions.not(holds(condition(rule, input))), functions.lit(rule.name())))
                .toArray(Column[]::new);
        for (String added : new String[] {REASON, FILE, ROW}) {
            if (input.names().has(added)) {
                throw input.failure("there is a column '" + added + "' already, which bad rows are given; rename it");
            }
        }
        Optional<StructType> metadata = metadata(input.rows());
        Column file = metadata.isPresent()
                ? functions.regexp_replace(functions.col("_metadata.file_path"), "^s3a:", "s3:")
                : functions.lit(null).cast("string");
        Column row = metadata.isPresent() && hasRows(metadata.get())
                ? functions.col("_metadata.row_index").plus(1)
                : functions.lit(null).cast("bigint");
        Dataset<Row> failed = input.rows()
                .filter(functions.not(good))
                .select(functions.col("*"), functions.concat_ws("; ", reasons).as(REASON), file.as(FILE), row.as(ROW));
        return Map.of(BranchStep.PASSED, input.rows().filter(good), BranchStep.FAILED, failed);
    }

    /** Whether a row breaks no rule. */
    static Column good(BranchStep.Check check, StepInput input) {
        Column good = functions.lit(true);
        for (RowRule rule : check.rules()) {
            good = good.and(holds(condition(rule, input)));
        }
        return good;
    }

    private static Column condition(RowRule rule, StepInput input) {
        return input.columns().of(rule.condition());
    }

    private static Column holds(Column condition) {
        return functions.coalesce(condition, functions.lit(false));
    }

    /** What Spark knows of the files that rows come from; empty when they do not come straight from files. */
    private static Optional<StructType> metadata(Dataset<Row> rows) {
        if (!(rows instanceof org.apache.spark.sql.classic.Dataset<Row> dataset)) {
            return Optional.empty();
        }
        for (Attribute attribute :
                CollectionConverters.asJava(dataset.queryExecution().analyzed().metadataOutput())) {
            if (attribute.name().equals("_metadata") && attribute.dataType() instanceof StructType struct) {
                return Optional.of(struct);
            }
        }
        return Optional.empty();
    }

    private static boolean hasRows(StructType metadata) {
        return List.of(metadata.fieldNames()).contains("row_index");
    }
}
