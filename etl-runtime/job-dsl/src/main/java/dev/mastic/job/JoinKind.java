package dev.mastic.job;

/** Which rows a join keeps. */
public enum JoinKind {
    /** Rows with a match on both sides. */
    INNER,
    /** All rows of the left side; columns of the right side are null where there is no match. */
    LEFT
}
