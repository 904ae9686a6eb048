package dev.mastic.catalog.store;

/** What is known of a transaction whose connection was lost. */
public enum Outcome {
    /** It was lost before the commit was asked for, so PostgreSQL has rolled back. */
    NOTHING_CHANGED,
    /** It was lost while the commit was under way. */
    UNKNOWN
}
