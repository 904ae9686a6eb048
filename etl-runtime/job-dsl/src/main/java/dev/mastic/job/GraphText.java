package dev.mastic.job;

import java.util.stream.Collectors;

/** Graphs and expressions as text for people. The text of an expression reads as SQL. */
final class GraphText {
    private GraphText() {}

    static String of(JobGraph graph) {
        int width = graph.steps().stream()
                .mapToInt(step -> step.name().length())
                .max()
                .orElse(0);
        StringBuilder text = new StringBuilder("Job ").append(graph.name()).append('\n');
        for (Step step : graph.steps()) {
            text.append(String.format("  %-" + Math.max(width, 1) + "s  %s%n", step.name(), what(step)));
        }
        return text.toString().stripTrailing();
    }

    private static String what(Step step) {
        if (step instanceof Step.Read read) {
            return "reads " + read.source().describe();
        }
        if (step instanceof Step.Select select) {
            return "selects " + String.join(", ", select.columns()) + from(select.input());
        }
        if (step instanceof Step.Rename rename) {
            return "renames " + rename.from() + " to " + rename.to() + from(rename.input());
        }
        if (step instanceof Step.Drop drop) {
            return "drops " + String.join(", ", drop.columns()) + from(drop.input());
        }
        if (step instanceof Step.Derive derive) {
            return "derives " + derive.column() + " as " + of(derive.value()) + from(derive.input());
        }
        if (step instanceof Step.Filter filter) {
            return "keeps " + of(filter.condition()) + from(filter.input());
        }
        if (step instanceof Step.Join join) {
            String keys = join.keys().stream()
                    .map(key -> join.left() + "." + key.left() + " = " + join.right() + "." + key.right())
                    .collect(Collectors.joining(" and "));
            return (join.kind() == JoinKind.LEFT ? "enriches " : "joins ") + join.left() + " with " + join.right()
                    + " on " + keys;
        }
        if (step instanceof Step.Aggregate aggregate) {
            String values = aggregate.aggregations().stream().map(GraphText::of).collect(Collectors.joining(", "));
            String groups = aggregate.groupBy().isEmpty() ? "" : " by " + String.join(", ", aggregate.groupBy());
            return "computes " + values + groups + from(aggregate.input());
        }
        Step.Write write = (Step.Write) step;
        return "writes " + write.output().describe() + from(write.input());
    }

    private static String from(String input) {
        return "  <- " + input;
    }

    private static String of(Aggregation.Named named) {
        Aggregation aggregation = named.aggregation();
        Expression argument = aggregation.argument();
        return aggregation.kind().sqlName() + "(" + (argument == null ? "*" : of(argument)) + ") as " + named.column();
    }

    static String of(Expression expression) {
        if (expression instanceof Expression.Column column) {
            return column.name();
        }
        if (expression instanceof Expression.Literal literal) {
            return of(literal);
        }
        if (expression instanceof Expression.Binary binary) {
            return operand(binary.left()) + " " + binary.operator().symbol() + " " + operand(binary.right());
        }
        if (expression instanceof Expression.Not not) {
            return not.condition() instanceof Expression.IsNull isNull
                    ? operand(isNull.value()) + " is not null"
                    : "not " + operand(not.condition());
        }
        if (expression instanceof Expression.IsNull isNull) {
            return operand(isNull.value()) + " is null";
        }
        if (expression instanceof Expression.In in) {
            return operand(in.value()) + " in (" + list(in.options()) + ")";
        }
        if (expression instanceof Expression.Like like) {
            return operand(like.value()) + " like " + quoted(like.pattern());
        }
        if (expression instanceof Expression.Cast cast) {
            return "cast(" + of(cast.value()) + " as " + cast.type() + ")";
        }
        if (expression instanceof Expression.Call call) {
            return call.function().sqlName() + "(" + list(call.arguments()) + ")";
        }
        if (expression instanceof Expression.Case choice) {
            String branches = choice.branches().stream()
                    .map(branch -> " when " + of(branch.condition()) + " then " + of(branch.value()))
                    .collect(Collectors.joining());
            return "case" + branches + " else " + of(choice.otherwise()) + " end";
        }
        return ((Expression.Sql) expression).text();
    }

    private static String of(Expression.Literal literal) {
        return switch (literal.type()) {
            case "void" -> "null";
            case "string" -> quoted(literal.text());
            case "date", "timestamp" -> literal.type() + " " + quoted(literal.text());
            default -> literal.text();
        };
    }

    private static String list(java.util.List<Expression> expressions) {
        return expressions.stream().map(GraphText::of).collect(Collectors.joining(", "));
    }

    private static String operand(Expression expression) {
        boolean compound = expression instanceof Expression.Binary
                || expression instanceof Expression.Not
                || expression instanceof Expression.Sql;
        return compound ? "(" + of(expression) + ")" : of(expression);
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
