package dev.mastic.job;

/** Which rows a join keeps. */
public enum JoinKind {
    /** Rows with a match on both sides. */
    INNER("join"),
    /** All rows of the left side; columns of the right side are null where there is no match. */
    LEFT("enrich"),
    /** All rows of the right side; columns of the left side are null where there is no match. */
    RIGHT("rightJoin"),
    /** All rows of both sides. */
    FULL("fullJoin"),
    /** Rows of the left side that have a match, with the left side's columns. */
    SEMI("semiJoin"),
    /** Rows of the left side that have no match, with the left side's columns. */
    ANTI("antiJoin"),
    /** Each row of the left side with each of the right side. */
    CROSS("crossJoin");

    private final String word;

    JoinKind(String word) {
        this.word = word;
    }

    /** The method of {@link Frame}. */
    public String word() {
        return word;
    }
}
