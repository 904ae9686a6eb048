package dev.mastic.crawler.source;

import software.amazon.awssdk.services.glue.model.InvalidInputException;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * An exclusion pattern of an S3 target, matched against a key relative to the target's path: {@code *} within one
 * component, {@code **} across components, {@code ?}, {@code [a-z]}, {@code [!a]}, <code>{a,b}</code> without nesting, and
 * a backslash before a character that stands for itself.
 *
 * @param text the pattern as given
 */
public record Glob(String text, Pattern pattern) {

    /**
     * Compiles a pattern.
     *
     * @throws InvalidInputException when a bracket or brace is not closed, or braces are nested
     */
    public static Glob compile(String glob) {
        StringBuilder regex = new StringBuilder();
        boolean inBraces = false;
        int i = 0;
        while (i < glob.length()) {
            char c = glob.charAt(i++);
            switch (c) {
                case '*' -> {
                    boolean across = i < glob.length() && glob.charAt(i) == '*';
                    regex.append(across ? ".*" : "[^/]*");
                    i += across ? 1 : 0;
                }
                case '?' -> regex.append("[^/]");
                case '[' -> {
                    int end = glob.indexOf(']', i + 1);
                    if (end < 0) {
                        throw invalid(glob, "a [ is not closed");
                    }
                    regex.append(characters(glob.substring(i, end)));
                    i = end + 1;
                }
                case '{' -> {
                    if (inBraces) {
                        throw invalid(glob, "braces cannot be nested");
                    }
                    inBraces = true;
                    regex.append("(?:");
                }
                case '}' -> {
                    regex.append(inBraces ? ")" : "\\}");
                    inBraces = false;
                }
                case ',' -> regex.append(inBraces ? "|" : ",");
                case '\\' -> {
                    if (i == glob.length()) {
                        throw invalid(glob, "it ends with a backslash");
                    }
                    regex.append(Pattern.quote(String.valueOf(glob.charAt(i++))));
                }
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        if (inBraces) {
            throw invalid(glob, "a { is not closed");
        }
        try {
            return new Glob(glob, Pattern.compile(regex.toString(), Pattern.DOTALL));
        } catch (PatternSyntaxException e) {
            throw invalid(glob, e.getDescription());
        }
    }

    /** Whether a key, relative to the target's path, is excluded. */
    public boolean matches(String relativeKey) {
        return pattern.matcher(relativeKey).matches();
    }

    private static String characters(String inner) {
        boolean negated = inner.startsWith("!");
        String set = (negated ? inner.substring(1) : inner)
                .replace("\\", "\\\\")
                .replace("[", "\\[")
                .replace("^", "\\^")
                .replace("&&", "&\\&");
        return negated ? "[^/" + set + "]" : "[" + set + "]";
    }

    private static InvalidInputException invalid(String glob, String reason) {
        return InvalidInputException.builder()
                .message("Exclusion '" + glob + "' is not a valid pattern: " + reason)
                .build();
    }
}
