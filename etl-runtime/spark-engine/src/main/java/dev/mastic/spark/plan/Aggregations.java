package dev.mastic.spark.plan;

import dev.mastic.job.Aggregation;
import dev.mastic.job.Expression;
import dev.mastic.job.Over;
import dev.mastic.job.Ranking;
import dev.mastic.job.RowRange;
import dev.mastic.job.WindowColumn;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.UnaryOperator;

/** Values of groups and windows as columns of Spark. */
final class Aggregations {
    private final Columns columns;

    Aggregations(Columns columns) {
        this.columns = columns;
    }

    Column of(Aggregation.Named named) {
        return value(named.aggregation(), UnaryOperator.identity()).as(named.column());
    }

    Column[] of(List<Aggregation.Named> named) {
        return named.stream().map(this::of).toArray(Column[]::new);
    }

    Column of(WindowColumn column, Over over) {
        WindowSpec window = window(over);
        if (column instanceof Aggregation.Named named) {
            return value(named.aggregation(), value -> value.over(window));
        }
        Ranking ranking = ((Ranking.NamedRanking) column).ranking();
        return functions
                .call_function(ranking.kind().sqlName(), all(ranking.arguments()))
                .over(window);
    }

    private WindowSpec window(Over over) {
        WindowSpec window = Window.partitionBy(
                over.partitionBy().stream().map(columns::named).toArray(Column[]::new));
        if (!over.orderBy().isEmpty()) {
            window = window.orderBy(columns.keys(over.orderBy()));
        }
        RowRange rows = over.rows();
        if (rows == null) {
            return window;
        }
        long from = rows.from() == Integer.MIN_VALUE ? Window.unboundedPreceding() : rows.from();
        long to = rows.to() == Integer.MAX_VALUE ? Window.unboundedFollowing() : rows.to();
        return window.rowsBetween(from, to);
    }

    /** @param over makes an aggregate one of a window */
    private Column value(Aggregation aggregation, UnaryOperator<Column> over) {
        Column[] arguments = all(aggregation.arguments());
        Expression condition = aggregation.condition();
        if (arguments.length == 0) {
            arguments = new Column[] {functions.lit(1)};
        }
        if (condition != null) {
            // A null is no row to any aggregate.
            arguments[0] = functions.when(columns.of(condition), arguments[0]);
        }
        Column first = arguments[0];
        return switch (aggregation.kind()) {
            case COUNT -> over.apply(functions.count(first));
            case COUNT_DISTINCT -> over.apply(functions.count_distinct(first));
            case SUM_DISTINCT -> over.apply(functions.sum_distinct(first));
            case FIRST_BY -> over.apply(functions.min_by(first, order(condition, arguments)));
            case LAST_BY -> over.apply(functions.max_by(first, order(condition, arguments)));
            case COLLECT_LIST -> functions.sort_array(over.apply(functions.collect_list(first)));
            case COLLECT_SET -> functions.sort_array(over.apply(functions.collect_set(first)));
            case APPROX_COUNT_DISTINCT,
                    COUNT_IF,
                    SUM,
                    AVG,
                    MIN,
                    MAX,
                    STDDEV,
                    STDDEV_POP,
                    VARIANCE,
                    CORR,
                    MEDIAN,
                    PERCENTILE,
                    BOOL_AND,
                    BOOL_OR ->
                over.apply(functions.call_function(aggregation.kind().sqlName(), arguments));
        };
    }

    /** The order, and the value where it does not decide. */
    private Column order(@Nullable Expression condition, Column[] arguments) {
        Column order = functions.struct(arguments[1], arguments[0]);
        return condition == null ? order : functions.when(columns.of(condition), order);
    }

    private Column[] all(List<Expression> arguments) {
        return arguments.stream().map(columns::of).toArray(Column[]::new);
    }
}
