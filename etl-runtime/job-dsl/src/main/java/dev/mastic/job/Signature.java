package dev.mastic.job;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a word of {@link Dsl} takes; checked when an expression is made, so that a wrong call names itself before anything
 * runs.
 *
 * @param text the ways to call it, divided by blanks, a character an argument: {@code E} an expression, {@code V} an
 *     expression or a constant, {@code T} a constant text, {@code I} a constant whole number, {@code D} a constant number
 *     with a fraction, {@code +} as many more of the last as one likes, {@code *} any number of values
 */
public record Signature(String text) {

    /** The ways to call the word. */
    public List<String> ways() {
        return List.of(text.split(" ", -1));
    }

    /** @throws IllegalArgumentException unless the arguments fit; the message has the ways that do */
    void check(String word, List<Expression> arguments) {
        if (ways().stream().noneMatch(way -> fits(way, arguments))) {
            String found = arguments.stream().map(GraphText::of).collect(Collectors.joining(", "));
            String expected =
                    ways().stream().map(way -> word + "(" + words(way) + ")").collect(Collectors.joining(" or "));
            throw new IllegalArgumentException(word + "(" + found + ") is not possible; write " + expected);
        }
    }

    /** The arguments as those of a Java call: constants as they are where the word takes them so. */
    List<Object> words(List<Expression> arguments) {
        String way = ways().stream()
                .filter(candidate -> fits(candidate, arguments))
                .findFirst()
                .orElseThrow();
        List<Object> words = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            Expression argument = arguments.get(i);
            words.add(kind(way, i) == 'E' ? argument : new Calls.Value(argument));
        }
        return words;
    }

    private static boolean fits(String way, List<Expression> arguments) {
        boolean open = way.endsWith("+") || way.endsWith("*");
        int least = way.endsWith("*") || way.endsWith("+") ? way.length() - 1 : way.length();
        if (arguments.size() < least || !open && arguments.size() > least) {
            return false;
        }
        for (int i = 0; i < arguments.size(); i++) {
            boolean fit = switch (kind(way, i)) {
                case 'T' -> isConstant(arguments.get(i), "string");
                case 'I' -> isConstant(arguments.get(i), "int");
                case 'D' -> isConstant(arguments.get(i), "double");
                default -> true;
            };
            if (!fit) {
                return false;
            }
        }
        return true;
    }

    private static char kind(String way, int index) {
        char kind = way.charAt(Math.min(index, way.length() - 1));
        return kind == '+' || kind == '*' ? 'V' : kind;
    }

    private static boolean isConstant(Expression expression, String type) {
        return expression instanceof Expression.Literal literal
                && literal.type().equals(type);
    }

    private static String words(String way) {
        return way.chars()
                .mapToObj(kind -> switch (kind) {
                    case 'E' -> "expression";
                    case 'V' -> "value";
                    case 'T' -> "text";
                    case 'I' -> "whole number";
                    case 'D' -> "fraction";
                    case '*' -> "values...";
                    default -> "more...";
                })
                .collect(Collectors.joining(", "));
    }
}
