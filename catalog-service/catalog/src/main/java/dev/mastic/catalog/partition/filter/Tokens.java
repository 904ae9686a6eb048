package dev.mastic.catalog.partition.filter;

import dev.mastic.catalog.partition.filter.Token.Kind;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

import java.util.ArrayList;
import java.util.List;

/** Cuts an expression into words. */
final class Tokens {
    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Tokens(String text) {
        this.text = text;
    }

    static List<Token> of(String text) {
        Tokens tokens = new Tokens(text);
        tokens.read();
        return tokens.tokens;
    }

    private void read() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '\'') {
                quoted(Kind.TEXT, c);
            } else if (c == '"' || c == '`') {
                quoted(Kind.QUOTED_NAME, c);
            } else if (c == '(') {
                add(Kind.OPEN, at + 1);
            } else if (c == ')') {
                add(Kind.CLOSE, at + 1);
            } else if (c == ',') {
                add(Kind.COMMA, at + 1);
            } else if ("=<>!".indexOf(c) >= 0) {
                operator();
            } else if (isNumberStart(c)) {
                number();
            } else if (Character.isLetter(c) || c == '_') {
                word();
            } else {
                throw error(at + 1, "unexpected character '" + c + "'");
            }
        }
        tokens.add(new Token(Kind.END, "", text.length() + 1));
    }

    private boolean isNumberStart(char c) {
        boolean signed = (c == '-' || c == '+' || c == '.') && at + 1 < text.length();
        return isDigit(c) || signed && (isDigit(text.charAt(at + 1)) || text.charAt(at + 1) == '.');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private void add(Kind kind, int end) {
        tokens.add(new Token(kind, text.substring(at, end), at + 1));
        at = end;
    }

    private void operator() {
        String two = text.substring(at, Math.min(at + 2, text.length()));
        if (List.of("<=", ">=", "<>", "!=").contains(two)) {
            add(Kind.OPERATOR, at + 2);
        } else if (text.charAt(at) == '!') {
            throw error(at + 1, "unexpected character '!'");
        } else {
            add(Kind.OPERATOR, at + 1);
        }
    }

    private void number() {
        int end = at + 1;
        while (end < text.length() && (isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        if (end < text.length() && (Character.isLetter(text.charAt(end)) || text.charAt(end) == '_')) {
            // Column names may begin with a digit.
            word();
        } else {
            add(Kind.NUMBER, end);
        }
    }

    private void word() {
        int end = at + 1;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        add(Kind.WORD, end);
    }

    private void quoted(Kind kind, char quote) {
        StringBuilder value = new StringBuilder();
        int end = at + 1;
        while (true) {
            if (end >= text.length()) {
                throw error(at + 1, "the quote " + quote + " is not closed");
            }
            char c = text.charAt(end);
            if (c == quote && end + 1 < text.length() && text.charAt(end + 1) == quote) {
                value.append(quote);
                end += 2;
            } else if (c == quote) {
                break;
            } else {
                value.append(c);
                end++;
            }
        }
        tokens.add(new Token(kind, value.toString(), at + 1));
        at = end + 1;
    }

    static InvalidInputException error(int position, String reason) {
        return InvalidInputException.builder()
                .message("Expression is not valid at position " + position + ": " + reason)
                .build();
    }
}
