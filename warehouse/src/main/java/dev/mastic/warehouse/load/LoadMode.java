package dev.mastic.warehouse.load;

/** What becomes of a table's rows when others are loaded. */
public enum LoadMode {
    /** They stay. */
    APPEND,
    /** Those with the keys of a loaded row become that row. */
    MERGE,
    /** They go. */
    REPLACE
}
