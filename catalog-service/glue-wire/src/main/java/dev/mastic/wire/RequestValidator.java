package dev.mastic.wire;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Checks a request against the constraints of the API's published model and names every breach as Glue does: {@code 1
 * validation error detected: Value '' at 'databaseInput.name' failed to satisfy constraint: Member must have length
 * greater than or equal to 1}.
 */
final class RequestValidator {
    private static final int MOST_ERRORS_SHOWN = 10;
    private static final int LONGEST_VALUE_SHOWN = 100;

    private final GlueModel model = GlueModel.instance();

    /**
     * Checks a request.
     *
     * @throws WireException with {@code ValidationException} naming up to ten breaches
     */
    void validate(String operation, JsonNode request) {
        GlueModel.Shape input = model.input(operation);
        if (input == null) {
            return;
        }
        Breaches errors = new Breaches();
        structure(input, request, "", errors);
        if (errors.count > 0) {
            throw new WireException(
                    400,
                    "ValidationException",
                    errors.count
                            + (errors.count == 1 ? " validation error detected: " : " validation errors detected: ")
                            + String.join("; ", errors.shown));
        }
    }

    /** All are counted and few are kept: a request of some megabytes can have hundreds of thousands. */
    private static final class Breaches {
        private final List<String> shown = new ArrayList<>();
        private int count;

        void add(String breach) {
            count++;
            if (shown.size() < MOST_ERRORS_SHOWN) {
                shown.add(breach);
            }
        }
    }

    private void check(String shapeName, JsonNode value, String path, Breaches errors) {
        GlueModel.Shape shape = model.shape(shapeName);
        switch (shape.type()) {
            case "structure" -> {
                if (value.isObject()) {
                    structure(shape, value, path + ".", errors);
                }
            }
            case "list" -> {
                if (value.isArray()) {
                    length(shape, value.size(), value, path, errors);
                    String element = element(shape);
                    for (int i = 0; i < value.size(); i++) {
                        check(element, value.get(i), path + "." + (i + 1) + ".member", errors);
                    }
                }
            }
            case "map" -> {
                if (value.isObject()) {
                    length(shape, value.size(), value, path, errors);
                    map(shape, value, path, errors);
                }
            }
            case "string" -> {
                if (value.isTextual()) {
                    text(shape, value.textValue(), path, errors);
                }
            }
            case "blob" -> {}
            case "integer", "long", "double", "float" -> {
                if (value.isNumber()) {
                    range(shape, value.doubleValue(), path, errors);
                }
            }
            default -> {}
        }
    }

    private static String element(GlueModel.Shape shape) {
        String element = shape.element();
        if (element == null) {
            throw new IllegalStateException("A list or map of the model has no element shape");
        }
        return element;
    }

    private void structure(GlueModel.Shape shape, JsonNode value, String prefix, Breaches errors) {
        for (String name : shape.required()) {
            JsonNode member = value.get(name);
            if (member == null || member.isNull()) {
                errors.add("Value null at '" + prefix + lowerFirst(name)
                        + "' failed to satisfy constraint: Member must not be null");
            }
        }
        shape.members().forEach((name, memberShape) -> {
            JsonNode member = value.get(name);
            if (member != null && !member.isNull()) {
                check(memberShape, member, prefix + lowerFirst(name), errors);
            }
        });
    }

    private void map(GlueModel.Shape shape, JsonNode value, String path, Breaches errors) {
        String key = shape.key();
        String element = element(shape);
        value.properties().forEach(entry -> {
            if (key != null) {
                text(model.shape(key), entry.getKey(), path + "." + shown(entry.getKey()) + ".key", errors);
            }
            check(element, entry.getValue(), path + "." + shown(entry.getKey()) + ".member", errors);
        });
    }

    private static void text(GlueModel.Shape shape, String value, String path, Breaches errors) {
        int length = value.codePointCount(0, value.length());
        boolean tooLong = shape.max().isPresent() && length > shape.max().getAsDouble();
        if (shape.min().isPresent() && length < shape.min().getAsDouble()) {
            errors.add(breach(value, path) + "Member must have length greater than or equal to "
                    + (long) shape.min().getAsDouble());
        }
        if (tooLong) {
            errors.add(breach(value, path) + "Member must have length less than or equal to "
                    + (long) shape.max().getAsDouble());
        }
        if (!isText(value)) {
            errors.add(breach(value, path) + "Member must be Unicode text without the character U+0000");
        }
        if (!shape.enumeration().isEmpty() && !shape.enumeration().contains(value)) {
            errors.add(breach(value, path) + "Member must satisfy enum value set: " + shape.enumeration());
        }
        if (shape.pattern() != null && !tooLong && !matches(shape, value)) {
            errors.add(breach(value, path) + "Member must satisfy regular expression pattern: "
                    + shape.pattern().pattern());
        }
    }

    /** PostgreSQL keeps neither the character NUL nor half of a surrogate pair; most of the model's patterns say so too. */
    private static boolean isText(String value) {
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            if (character == 0) {
                return false;
            } else if (Character.isHighSurrogate(character)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(character)) {
                return false;
            }
        }
        return true;
    }

    /** The model's patterns are meant for the whole text, with or without anchors. */
    private static boolean matches(GlueModel.Shape shape, String value) {
        java.util.regex.Pattern pattern = shape.pattern();
        if (pattern == null) {
            return true;
        }
        try {
            return pattern.matcher(value).matches();
        } catch (StackOverflowError e) {
            // A pattern with a repeated group on a very long text: it cannot be said to match.
            return false;
        }
    }

    private static void length(GlueModel.Shape shape, int size, JsonNode value, String path, Breaches errors) {
        if (shape.min().isPresent() && size < shape.min().getAsDouble()) {
            errors.add(breach(value.toString(), path) + "Member must have length greater than or equal to "
                    + (long) shape.min().getAsDouble());
        }
        if (shape.max().isPresent() && size > shape.max().getAsDouble()) {
            errors.add(breach(value.toString(), path) + "Member must have length less than or equal to "
                    + (long) shape.max().getAsDouble());
        }
    }

    private static void range(GlueModel.Shape shape, double value, String path, Breaches errors) {
        if (shape.min().isPresent() && value < shape.min().getAsDouble()) {
            errors.add(breach(number(value), path) + "Member must have value greater than or equal to "
                    + number(shape.min().getAsDouble()));
        }
        if (shape.max().isPresent() && value > shape.max().getAsDouble()) {
            errors.add(breach(number(value), path) + "Member must have value less than or equal to "
                    + number(shape.max().getAsDouble()));
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static String breach(String value, String path) {
        return "Value '" + shown(value) + "' at '" + path + "' failed to satisfy constraint: ";
    }

    private static String shown(@Nullable String value) {
        String text = String.valueOf(value);
        return text.length() <= LONGEST_VALUE_SHOWN ? text : text.substring(0, LONGEST_VALUE_SHOWN) + "...";
    }

    private static String lowerFirst(String name) {
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }
}
