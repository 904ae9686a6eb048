package dev.mastic.crawler.plan;

/** What a new crawl may do to the columns of a table that is there. */
public enum ColumnUpdates {
    /** Append new columns and widen types. */
    UPDATE,
    /** Append new columns alone ({@code MergeNewColumns}). */
    MERGE_NEW
}
