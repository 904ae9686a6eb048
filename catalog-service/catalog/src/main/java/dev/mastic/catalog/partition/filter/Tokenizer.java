package dev.mastic.catalog.partition.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static dev.mastic.catalog.partition.filter.PartitionFilter.invalid;

/** Splits an expression into tokens. */
final class Tokenizer {
    private static final Pattern NUMBER = Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");
    private static final Pattern SYMBOL = Pattern.compile("<>|!=|<=|>=|[=<>(),]");

    private final String expression;
    private int position;

    Tokenizer(String expression) {
        this.expression = expression;
    }

    /** All tokens; the last is the end. */
    List<Token> tokens() {
        List<Token> tokens = new ArrayList<>();
        Matcher number = NUMBER.matcher(expression);
        Matcher symbol = SYMBOL.matcher(expression);
        while (position < expression.length()) {
            int start = position;
            int character = expression.codePointAt(position);
            if (Character.isWhitespace(character)) {
                position += Character.charCount(character);
            } else if (character == '\'') {
                tokens.add(new Token(Token.Kind.STRING, quoted('\''), start));
            } else if (character == '"' || character == '`') {
                tokens.add(new Token(Token.Kind.QUOTED_NAME, quoted((char) character), start));
            } else if (startsHere(number)) {
                position = number.end();
                if (position < expression.length() && isWordPart(expression.codePointAt(position))) {
                    throw invalid(
                            start,
                            "'" + number.group() + word() + "' is not a number; quote a value with '' and a name"
                                    + " with \"\"");
                }
                tokens.add(new Token(Token.Kind.NUMBER, number.group(), start));
            } else if (startsHere(symbol)) {
                position = symbol.end();
                tokens.add(new Token(Token.Kind.SYMBOL, symbol.group(), start));
            } else if (isWordPart(character)) {
                tokens.add(new Token(Token.Kind.WORD, word(), start));
            } else {
                throw invalid(start, "Character '" + Character.toString(character) + "' is not expected");
            }
        }
        tokens.add(new Token(Token.Kind.END, "", position));
        return tokens;
    }

    private boolean startsHere(Matcher matcher) {
        return matcher.region(position, expression.length()).lookingAt();
    }

    private String word() {
        int start = position;
        while (position < expression.length() && isWordPart(expression.codePointAt(position))) {
            position += Character.charCount(expression.codePointAt(position));
        }
        return expression.substring(start, position);
    }

    private static boolean isWordPart(int character) {
        return Character.isLetterOrDigit(character) || character == '_' || character == '$';
    }

    private String quoted(char quote) {
        int start = position;
        StringBuilder text = new StringBuilder();
        position++;
        while (position < expression.length()) {
            char character = expression.charAt(position);
            if (character == quote) {
                position++;
                if (position == expression.length() || expression.charAt(position) != quote) {
                    return text.toString();
                }
            } else if (!isStorable(position)) {
                throw invalid(position, "The character is not valid text");
            }
            text.append(character);
            position++;
        }
        throw invalid(start, "The quote is not closed; a quote inside a value is written twice: ''");
    }

    /** PostgreSQL takes neither the null character nor half of a surrogate pair. */
    private boolean isStorable(int index) {
        char character = expression.charAt(index);
        if (Character.isHighSurrogate(character)) {
            return index + 1 < expression.length() && Character.isLowSurrogate(expression.charAt(index + 1));
        }
        if (Character.isLowSurrogate(character)) {
            return Character.isHighSurrogate(expression.charAt(index - 1));
        }
        return character != 0;
    }
}
