package dev.mastic.job;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/** Constants of expressions: from values of Java, and each in its one spelling. */
final class Constants {
    private Constants() {}

    static Expression of(Object value) {
        if (value instanceof Expression expression) {
            return expression;
        }
        if (value instanceof String || value instanceof Character) {
            return new Expression.Literal("string", value.toString());
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return new Expression.Literal("int", value.toString());
        }
        if (value instanceof Long) {
            return new Expression.Literal("bigint", value.toString());
        }
        if (value instanceof Double || value instanceof Float) {
            return new Expression.Literal("double", value.toString());
        }
        if (value instanceof Boolean) {
            return new Expression.Literal("boolean", value.toString());
        }
        if (value instanceof BigDecimal decimal) {
            return new Expression.Literal("decimal", decimal.toPlainString());
        }
        if (value instanceof LocalDate) {
            return new Expression.Literal("date", value.toString());
        }
        if (value instanceof Instant) {
            return new Expression.Literal("timestamp", value.toString());
        }
        throw new IllegalArgumentException("A " + value.getClass().getName()
                + " cannot be a constant; use a text, number, boolean, LocalDate, Instant or an expression");
    }

    static String canonical(String type, String text) {
        try {
            return switch (type) {
                case "void" -> "";
                case "string" -> text;
                case "int" -> Integer.valueOf(text).toString();
                case "bigint" -> Long.valueOf(text).toString();
                case "double" -> Double.valueOf(text).toString();
                case "boolean" -> truth(text);
                case "decimal" -> new BigDecimal(text).toPlainString();
                case "date" -> LocalDate.parse(text).toString();
                case "timestamp" -> Instant.parse(text).toString();
                default ->
                    throw new IllegalArgumentException("A constant cannot be of type '" + type
                            + "'; use string, int, bigint, double, boolean, decimal, date, timestamp or void");
            };
        } catch (NumberFormatException | DateTimeException e) {
            throw new IllegalArgumentException("'" + text + "' is no constant of type " + type + hint(type), e);
        }
    }

    private static String truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("'" + text + "' is no constant of type boolean; use true or false");
        }
        return text;
    }

    private static String hint(String type) {
        return switch (type) {
            case "date" -> "; write it like 2026-01-31";
            case "timestamp" -> "; write it like 2026-01-31T10:00:00Z";
            default -> "; write it in digits";
        };
    }
}
