package dev.mastic.job;

import java.util.Collection;
import java.util.List;
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
            String from = step.inputs().isEmpty() || step instanceof CombineStep.Join
                    ? ""
                    : "  <- " + String.join(", ", step.inputs());
            text.append(String.format("  %-" + Math.max(width, 1) + "s  %s%n", step.name(), step.describe() + from));
        }
        return text.toString().stripTrailing();
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
        if (expression instanceof Expression.TryCast cast) {
            return "try_cast(" + of(cast.value()) + " as " + cast.type() + ")";
        }
        if (expression instanceof Expression.Member member) {
            return operand(member.struct()) + "." + member.field();
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

    static String list(List<Expression> expressions) {
        return expressions.stream().map(GraphText::of).collect(Collectors.joining(", "));
    }

    static String keys(List<SortKey> keys) {
        return keys.stream().map(SortKey::describe).collect(Collectors.joining(", "));
    }

    static String columns(Collection<? extends WindowColumn> columns) {
        return columns.stream().map(WindowColumn::describe).collect(Collectors.joining(", "));
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
