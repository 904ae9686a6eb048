package dev.mastic.job.code;

import dev.mastic.job.Calls;
import dev.mastic.job.Expression;

import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Calls as Java. */
final class CallsJava {
    private CallsJava() {}

    /** An argument that names no rows. */
    static String argument(Object argument) {
        return argument(argument, step -> {
            throw new IllegalArgumentException("The rows of '" + step + "' cannot stand here");
        });
    }

    /** @param variables the variable of a step's rows */
    static String argument(Object argument, UnaryOperator<String> variables) {
        if (argument instanceof Calls calls) {
            return (calls.type().isEmpty() ? "" : calls.type() + ".") + chain(calls, variables);
        }
        if (argument instanceof Calls.Rows rows) {
            return variables.apply(rows.step());
        }
        if (argument instanceof Calls.RowsAs rows) {
            return variables.apply(rows.step()) + ".as(" + JavaText.quoted(rows.alias()) + ")";
        }
        if (argument instanceof Calls.Value value) {
            return ExpressionJava.argument(value);
        }
        if (argument instanceof Expression expression) {
            return ExpressionJava.of(expression);
        }
        if (argument instanceof String text) {
            return JavaText.quoted(text);
        }
        if (argument instanceof Character character) {
            return JavaText.character(character);
        }
        if (argument instanceof Enum<?> constant) {
            return type(constant.getDeclaringClass()) + "." + constant.name();
        }
        if (argument instanceof Long number) {
            return number + "L";
        }
        if (argument instanceof Double number) {
            return ExpressionJava.number(number);
        }
        if (argument instanceof Integer || argument instanceof Boolean) {
            return argument.toString();
        }
        throw new IllegalArgumentException(
                "Java source cannot hold a " + argument.getClass().getName()
                        + "; calls() takes texts, characters, numbers, constants of enums, expressions and other calls");
    }

    private static String type(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return (outer == null ? "" : type(outer) + ".") + type.getSimpleName();
    }

    /** The calls without their beginning. */
    static String chain(Calls calls, UnaryOperator<String> variables) {
        return calls.chain().stream()
                .map(call -> call.method() + "("
                        + call.arguments().stream()
                                .map(argument -> argument(argument, variables))
                                .collect(Collectors.joining(", "))
                        + ")")
                .collect(Collectors.joining("."));
    }
}
