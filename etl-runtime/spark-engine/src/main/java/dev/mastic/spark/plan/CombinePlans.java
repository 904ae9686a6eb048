package dev.mastic.spark.plan;

import dev.mastic.job.CombineStep;
import dev.mastic.job.JoinKey;
import dev.mastic.job.JoinKind;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Steps that put the rows of several steps together. */
final class CombinePlans {
    private CombinePlans() {}

    static Dataset<Row> plan(CombineStep step, List<StepInput> inputs) {
        if (step instanceof CombineStep.Join join) {
            return new Joining(join, inputs.get(0), inputs.get(1)).rows();
        }
        return union((CombineStep.Union) step, inputs);
    }

    private static Dataset<Row> union(CombineStep.Union union, List<StepInput> inputs) {
        StepInput first = inputs.get(0);
        Dataset<Row> rows = first.rows();
        for (StepInput other : inputs.subList(1, inputs.size())) {
            if (union.columns() == CombineStep.Columns.SAME) {
                requireSame(first, other);
            }
            rows = rows.unionByName(other.rows(), union.columns() == CombineStep.Columns.ANY);
        }
        return rows;
    }

    private static void requireSame(StepInput first, StepInput other) {
        Set<String> here = lower(first.rows());
        Set<String> there = lower(other.rows());
        if (!here.equals(there)) {
            Set<String> onlyHere = new TreeSet<>(here);
            onlyHere.removeAll(there);
            Set<String> onlyThere = new TreeSet<>(there);
            onlyThere.removeAll(here);
            throw first.failure("the columns differ: only \"" + first.name() + "\" has " + onlyHere + ", only \""
                    + other.name() + "\" has " + onlyThere
                    + "; select the same ones, or use unionAllowingMissing");
        }
    }

    private static Set<String> lower(Dataset<Row> rows) {
        Set<String> names = new TreeSet<>();
        Arrays.stream(rows.columns()).forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        return names;
    }

    /** One join. */
    private static final class Joining {
        private final CombineStep.Join join;
        private final StepInput left;
        private final StepInput right;
        private final Map<String, String> aliases = new HashMap<>();

        Joining(CombineStep.Join join, StepInput left, StepInput right) {
            this.join = join;
            this.left = left;
            this.right = right;
        }

        Dataset<Row> rows() {
            // A name of its own for each right column: both sides may come from one read, or share names.
            List<Column> renamed = new ArrayList<>();
            for (String name : right.rows().columns()) {
                String alias = "mastic_right_" + aliases.size();
                aliases.put(name.toLowerCase(Locale.ROOT), alias);
                renamed.add(StepInput.quoted(name).as(alias));
            }
            Dataset<Row> aliased = right.rows().select(renamed.toArray(Column[]::new));
            if (join.how() == JoinKind.CROSS) {
                return left.rows().crossJoin(aliased).select(columns(Map.of()));
            }
            Column condition = functions.lit(true);
            Map<String, String> keys = new HashMap<>();
            for (JoinKey key : join.keys()) {
                right.names().require(key.right());
                String rightKey = key.right().toLowerCase(Locale.ROOT);
                keys.put(rightKey, key.left().toLowerCase(Locale.ROOT));
                requireComparable(key);
                condition =
                        condition.and(left.names().column(key.left()).equalTo(functions.col(aliases.get(rightKey))));
            }
            Dataset<Row> joined = left.rows().join(aliased, condition, sparkName(join.how()));
            return join.how() == JoinKind.SEMI || join.how() == JoinKind.ANTI ? joined : joined.select(columns(keys));
        }

        /** @param keys the left key of each right key, which is left out */
        private Column[] columns(Map<String, String> keys) {
            boolean fromBoth = join.how() == JoinKind.RIGHT || join.how() == JoinKind.FULL;
            Map<String, String> byLeft = new HashMap<>();
            keys.forEach((rightKey, leftKey) -> byLeft.put(leftKey, rightKey));
            Set<String> taken = new HashSet<>();
            List<Column> result = new ArrayList<>();
            for (String name : left.rows().columns()) {
                String lower = name.toLowerCase(Locale.ROOT);
                taken.add(lower);
                Column column = StepInput.quoted(name);
                result.add(
                        fromBoth && byLeft.containsKey(lower)
                                ? functions
                                        .coalesce(column, functions.col(aliases.get(byLeft.get(lower))))
                                        .as(name)
                                : column);
            }
            for (String name : right.rows().columns()) {
                String lower = name.toLowerCase(Locale.ROOT);
                if (!keys.containsKey(lower)) {
                    if (!taken.add(lower)) {
                        throw left.failure(
                                "both sides have a column '" + name + "'; rename or drop one before the join: \""
                                        + right.name() + "\".rename(\"" + name + "\", \"other_" + name + "\")");
                    }
                    result.add(functions.col(aliases.get(lower)).as(name));
                }
            }
            return result.toArray(Column[]::new);
        }

        /** A text that is no number would fail the run in its middle. */
        private void requireComparable(JoinKey key) {
            DataType leftType = left.rows()
                    .select(left.names().column(key.left()))
                    .schema()
                    .fields()[0]
                    .dataType();
            DataType rightType = right.field(key.right()).dataType();
            if (leftType instanceof StringType != rightType instanceof StringType) {
                throw left.failure("key " + left.name() + "." + key.left() + " is of type " + leftType.catalogString()
                        + ", but " + right.name() + "." + key.right() + " of type " + rightType.catalogString()
                        + "; cast one of them before the join");
            }
        }

        private static String sparkName(JoinKind kind) {
            return switch (kind) {
                case INNER -> "inner";
                case LEFT -> "left_outer";
                case RIGHT -> "right_outer";
                case FULL -> "full_outer";
                case SEMI -> "left_semi";
                case ANTI -> "left_anti";
                case CROSS -> "cross";
            };
        }
    }
}
