package dev.mastic.crawler.plan;

/** Parameters by which crawls know again what they wrote. */
public final class Marks {
    /** Table parameter: the crawler that made the table. */
    public static final String UPDATED_BY = "UPDATED_BY_CRAWLER";
    /** Table and partition parameter: milliseconds since 1970 when the files were found to be gone. */
    public static final String DEPRECATED = "DEPRECATED_BY_CRAWLER";
    /** Table parameter: the crawl that wrote the table last. */
    public static final String RUN_ID = "CRAWL_RUN_ID";
    /** Column parameter: the type that the crawler gave; another type in the column was given by a person. */
    public static final String INFERRED_TYPE = "mastic.inferred-type";
    /** Partition parameter: a hash of the table's columns that the partition was written with. */
    public static final String COLUMNS_HASH = "mastic.columns-hash";
    /** Table parameter: how many files the schema was read from. */
    public static final String FILES_SAMPLED = "mastic.files-sampled";
    /** Table parameter: how sure the crawler is that this is the table its owner means, from 0 to 1. */
    public static final String CONFIDENCE = "mastic.confidence";

    private Marks() {}
}
