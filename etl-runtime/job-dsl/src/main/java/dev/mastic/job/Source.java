package dev.mastic.job;

/** Where a read step takes its rows from. Immutable. */
public sealed interface Source permits Csv, Json, Parquet, Orc, Avro, Xml, TextLines, CatalogTable, Jdbc, DynamoDb {

    /**
     * Whether the read takes part in the job's bookmark: with {@code --job-bookmark-option job-bookmark-enable} it sees
     * only files that no committed run has read.
     */
    boolean onlyNewFiles();

    /** The calls that make this source; they leave out what stands without them. */
    Calls calls();

    /** What the read is, for people: {@code CSV s3://landing/orders/, new files only}. */
    String describe();
}
