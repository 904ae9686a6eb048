package dev.mastic.server.transfer;

/** Which column statistics are read from an endpoint. */
public enum Statistics {
    /** None. */
    NONE,
    /** Those of tables: one request for each table. */
    TABLES,
    /** Those of tables and of partitions: one request for each partition, which takes its time. */
    ALL
}
