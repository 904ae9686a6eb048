package dev.mastic.job;

import java.util.List;

/** Where a write step puts its rows. Immutable. */
public sealed interface Target permits FileOutput, JdbcOutput, DynamoDbOutput {

    /**
     * What is written to, in one spelling: {@code s3://lake/orders/} for instance. Two steps of a job never have the
     * same.
     */
    String place();

    /** The columns that the target speaks of by name, partition keys for instance; the rows must have them. */
    List<String> namedColumns();

    /** The calls that make this target; they leave out what stands without them. */
    Calls calls();

    /** What is written, for people: {@code Parquet s3://lake/orders/ by year}. */
    String describe();
}
