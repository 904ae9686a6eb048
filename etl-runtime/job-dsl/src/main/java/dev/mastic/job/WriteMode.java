package dev.mastic.job;

/** What a write does with the files that are at its target. */
public enum WriteMode {
    /** Adds files; those that are there stay. */
    APPEND,
    /** Removes all files that are there, once the new ones are visible. */
    OVERWRITE,
    /** Removes the files of those partitions that the run writes to, once the new ones are visible. */
    OVERWRITE_PARTITIONS
}
