package dev.mastic.job.code;

import dev.mastic.job.BinaryOperator;
import dev.mastic.job.Calls;
import dev.mastic.job.Expression;

import java.util.List;
import java.util.stream.Collectors;

/** Expressions as Java, by the words of {@link dev.mastic.job.Dsl}. */
final class ExpressionJava {
    private ExpressionJava() {}

    static String of(Expression expression) {
        if (expression instanceof Expression.Column column) {
            return "col(" + JavaText.quoted(column.name()) + ")";
        }
        if (expression instanceof Expression.Literal literal) {
            return isPlain(literal) ? "lit(" + constant(literal) + ")" : constant(literal);
        }
        if (expression instanceof Expression.Binary binary) {
            boolean logic = binary.operator() == BinaryOperator.AND || binary.operator() == BinaryOperator.OR;
            return of(binary.left()) + "." + method(binary.operator()) + "("
                    + (logic ? of(binary.right()) : argument(binary.right())) + ")";
        }
        if (expression instanceof Expression.Not not) {
            return not.condition() instanceof Expression.IsNull isNull
                    ? of(isNull.value()) + ".isNotNull()"
                    : "not(" + of(not.condition()) + ")";
        }
        if (expression instanceof Expression.IsNull isNull) {
            return of(isNull.value()) + ".isNull()";
        }
        if (expression instanceof Expression.In in) {
            return of(in.value()) + ".in(" + arguments(in.options()) + ")";
        }
        if (expression instanceof Expression.Like like) {
            return of(like.value()) + ".like(" + JavaText.quoted(like.pattern()) + ")";
        }
        if (expression instanceof Expression.Cast cast) {
            return of(cast.value()) + ".cast(" + JavaText.quoted(cast.type()) + ")";
        }
        if (expression instanceof Expression.TryCast cast) {
            return of(cast.value()) + ".tryCast(" + JavaText.quoted(cast.type()) + ")";
        }
        if (expression instanceof Expression.Member member) {
            return of(member.struct()) + ".member(" + JavaText.quoted(member.field()) + ")";
        }
        if (expression instanceof Expression.Call call) {
            return call.function().sqlName() + "("
                    + call.words().stream().map(CallsJava::argument).collect(Collectors.joining(", ")) + ")";
        }
        if (expression instanceof Expression.Case choice) {
            String branches = choice.branches().stream()
                    .map(branch -> "when(" + of(branch.condition()) + ", " + argument(branch.value()) + ")")
                    .collect(Collectors.joining("."));
            return branches + ".otherwise(" + argument(choice.otherwise()) + ")";
        }
        return "expr(" + JavaText.quoted(((Expression.Sql) expression).text()) + ")";
    }

    /** Where the method also takes a constant as it is. */
    static String argument(Expression expression) {
        return expression instanceof Expression.Literal literal ? constant(literal) : of(expression);
    }

    static String argument(Calls.Value value) {
        return argument(value.expression());
    }

    private static String arguments(List<Expression> expressions) {
        return expressions.stream().map(ExpressionJava::argument).collect(Collectors.joining(", "));
    }

    private static boolean isPlain(Expression.Literal literal) {
        return switch (literal.type()) {
            case "string", "int", "bigint", "double", "boolean" -> true;
            default -> false;
        };
    }

    private static String constant(Expression.Literal literal) {
        String text = literal.text();
        return switch (literal.type()) {
            case "void" -> "nothing()";
            case "bigint" -> text + "L";
            case "double" -> number(Double.parseDouble(text));
            case "int", "boolean" -> text;
            case "string" -> JavaText.quoted(text);
            default -> literal.type() + "(" + JavaText.quoted(text) + ")";
        };
    }

    static String number(double number) {
        if (Double.isNaN(number)) {
            return "Double.NaN";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "Double.POSITIVE_INFINITY" : "Double.NEGATIVE_INFINITY";
        }
        return Double.toString(number);
    }

    private static String method(BinaryOperator operator) {
        return switch (operator) {
            case EQUAL -> "eq";
            case NULL_SAFE_EQUAL -> "eqNullSafe";
            case NOT_EQUAL -> "notEq";
            case GREATER -> "gt";
            case GREATER_OR_EQUAL -> "ge";
            case LESS -> "lt";
            case LESS_OR_EQUAL -> "le";
            case AND -> "and";
            case OR -> "or";
            case PLUS -> "plus";
            case MINUS -> "minus";
            case TIMES -> "times";
            case DIVIDED_BY -> "dividedBy";
            case MODULO -> "modulo";
        };
    }
}
