package dev.mastic.warehouse.dialect;

/** What a column of a job's rows holds. */
public enum ColumnKind {
    BOOLEAN,
    /** 8 to 16 bits. */
    SMALLINT,
    INTEGER,
    BIGINT,
    DECIMAL,
    FLOAT,
    DOUBLE,
    TEXT,
    DATE,
    /** An instant. */
    TIMESTAMP,
    /** A time that a wall clock shows. */
    LOCAL_TIMESTAMP,
    BINARY,
    /** Nested values as JSON text. */
    JSON
}
