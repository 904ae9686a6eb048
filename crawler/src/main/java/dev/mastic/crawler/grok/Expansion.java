package dev.mastic.crawler.grok;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes a grok pattern out as one RE2 expression, in which field number n is the group {@code fn}. What other regular
 * expressions have beyond RE2 is written as RE2 where that means the same for a line that is either taken or not, and
 * refused otherwise.
 */
final class Expansion {
    /** Longer expressions are refused: names that stand for each other many times over grow without end. */
    private static final int LONGEST = 32 << 10;

    private static final int DEEPEST = 32;
    private static final Pattern REFERENCE =
            Pattern.compile("%\\{([A-Za-z0-9_]++)(?:[:;]([^:;{}]++))?(?:[:;]([^:;{}]++))?\\}");
    private static final Pattern NAMED_GROUP = Pattern.compile("\\(\\?P?<([A-Za-z][A-Za-z0-9_]*+)>");
    private static final Pattern COUNT = Pattern.compile("\\{\\d+(?:,\\d*)?}$");
    private static final String UNWANTED = "UNWANTED";

    private final GrokDictionary dictionary;
    private final StringBuilder out = new StringBuilder();
    private final List<GrokField> fields = new ArrayList<>();
    private final List<String> open = new ArrayList<>();

    Expansion(GrokDictionary dictionary) {
        this.dictionary = dictionary;
    }

    /** Writes an expression; {@code place} names it in messages. */
    Expansion write(String expression, String place) {
        int classStart = -1;
        for (int i = 0; i < expression.length(); ) {
            char c = expression.charAt(i);
            if (c == '\\') {
                i = escape(expression, i, place);
            } else if (classStart >= 0) {
                // A bracket that comes first in a class stands for itself.
                boolean first = i == classStart + 1 || (i == classStart + 2 && expression.charAt(i - 1) == '^');
                classStart = c == ']' && !first ? -1 : classStart;
                out.append(c);
                i++;
            } else if (c == '[') {
                classStart = i;
                out.append(c);
                i++;
            } else if (c == '%' && expression.startsWith("%{", i)) {
                i = reference(expression, i, place);
            } else if (c == '(') {
                i = group(expression, i, place);
            } else {
                i = possessive(expression, i);
            }
            if (out.length() > LONGEST) {
                throw new GrokSyntaxException(place + " is longer than " + LONGEST
                        + " characters with the patterns it names; use simpler ones");
            }
        }
        return this;
    }

    String regex() {
        return out.toString();
    }

    List<GrokField> fields() {
        return fields;
    }

    private int escape(String text, int at, String place) {
        if (at + 1 == text.length()) {
            throw error(place, text, at, "ends with a backslash; write two for the character itself");
        }
        char next = text.charAt(at + 1);
        if (next >= '1' && next <= '9' || next == 'k') {
            throw error(place, text, at, "refers back to a group, which is not supported; write the group out again");
        } else if (next == 'h') {
            out.append("[ \\t]");
        } else if (next == 'Z') {
            out.append("\\z");
        } else {
            out.append('\\').append(next);
        }
        return at + 2;
    }

    private int group(String text, int at, String place) {
        for (String look : List.of("(?=", "(?!", "(?<=", "(?<!")) {
            if (text.startsWith(look, at)) {
                throw error(
                        place,
                        text,
                        at,
                        "looks around by " + look + "...), which is not supported; write what stands there"
                                + " instead, or use \\b");
            }
        }
        if (text.startsWith("(?>", at)) {
            out.append("(?:");
            return at + 3;
        }
        Matcher named = NAMED_GROUP.matcher(text).region(at, text.length());
        if (named.lookingAt()) {
            field(named.group(1), "string");
            return named.end();
        }
        // A group of no name makes no column.
        boolean plain = !text.startsWith("(?", at);
        out.append(plain ? "(?:" : "(");
        return at + 1;
    }

    /** A quantifier that gives nothing back takes the same lines, or some more, as one that does. */
    private int possessive(String text, int at) {
        char c = text.charAt(at);
        out.append(c);
        boolean quantifier = c == '*'
                || c == '+'
                || c == '?'
                || (c == '}' && COUNT.matcher(out).find());
        boolean possessive = quantifier && at + 1 < text.length() && text.charAt(at + 1) == '+';
        return at + (possessive ? 2 : 1);
    }

    private int reference(String text, int at, String place) {
        Matcher matcher = REFERENCE.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            throw error(place, text, at, "has an open %{; write %{PATTERN}, %{PATTERN:field} or %{PATTERN:field:type}");
        }
        String name = matcher.group(1);
        GrokDictionary.Entry entry = dictionary.find(name);
        if (entry == null) {
            throw error(
                    place, text, at, "names the pattern " + name + ", which is not there; define it in CustomPatterns");
        } else if (open.contains(name) || open.size() == DEEPEST) {
            throw error(place, text, at, "names the pattern " + name + ", which leads back to itself: " + open);
        }
        @Nullable String field = matcher.group(2);
        if (field == null || field.strip().equals(UNWANTED)) {
            out.append("(?:");
        } else {
            field(field.strip(), type(matcher.group(3), text, at, place));
        }
        open.add(name);
        write(entry.expression(), entry.place());
        open.remove(open.size() - 1);
        out.append(')');
        return matcher.end();
    }

    private static String type(@Nullable String type, String text, int at, String place) {
        if (type == null) {
            return "string";
        }
        if (!GrokField.knows(type.strip())) {
            throw error(
                    place,
                    text,
                    at,
                    "has the type '" + type.strip()
                            + "'; use byte, boolean, double, short, int, long, float or string");
        }
        return type.strip();
    }

    private void field(String name, String type) {
        out.append("(?P<f").append(fields.size()).append('>');
        fields.add(GrokField.of(name, type));
    }

    private static GrokSyntaxException error(String place, String text, int at, String what) {
        return new GrokSyntaxException(place + " " + what + " (position " + (at + 1) + ", '"
                + GrokDictionary.shown(text.substring(at)) + "')");
    }
}
