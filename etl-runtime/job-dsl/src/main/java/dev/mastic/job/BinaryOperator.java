package dev.mastic.job;

/** What joins the two sides of an {@link Expression.Binary}. */
public enum BinaryOperator {
    EQUAL("="),
    NULL_SAFE_EQUAL("<=>"),
    NOT_EQUAL("<>"),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    AND("and"),
    OR("or"),
    PLUS("+"),
    MINUS("-"),
    TIMES("*"),
    DIVIDED_BY("/"),
    MODULO("%");

    private final String symbol;

    BinaryOperator(String symbol) {
        this.symbol = symbol;
    }

    /** The operator in SQL. */
    public String symbol() {
        return symbol;
    }
}
