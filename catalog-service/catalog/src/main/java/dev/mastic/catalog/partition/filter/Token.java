package dev.mastic.catalog.partition.filter;

/**
 * A word of an expression.
 *
 * @param text without quotes
 * @param position counted from 0
 */
record Token(Kind kind, String text, int position) {
    enum Kind {
        WORD,
        QUOTED_NAME,
        NUMBER,
        STRING,
        SYMBOL,
        END
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    /** For messages. */
    String shown() {
        return switch (kind) {
            case END -> "the end";
            case STRING -> "'" + text + "'";
            case WORD, QUOTED_NAME, NUMBER, SYMBOL -> text;
        };
    }
}
