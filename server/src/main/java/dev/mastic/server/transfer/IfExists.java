package dev.mastic.server.transfer;

/** What an import does with what is there already. */
public enum IfExists {
    /** Leaves it, with all that is in it, and counts it as failed. */
    FAIL,
    /** Leaves it, and adds what is missing in it. */
    SKIP,
    /** Gives it the definition of the import; what the import does not have stays. */
    REPLACE
}
