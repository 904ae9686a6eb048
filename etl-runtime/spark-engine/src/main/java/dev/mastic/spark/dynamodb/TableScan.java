package dev.mastic.spark.dynamodb;

import org.apache.spark.sql.types.StructType;

import java.io.Serializable;

/**
 * How the segments of a table are read; what tasks are given.
 *
 * @param strict whether attributes that are no columns fail the read
 * @param budget names the budget that all segments share
 * @param units read capacity units a second
 */
record TableScan(
        DynamoDbSettings settings,
        String table,
        int segments,
        boolean consistent,
        StructType schema,
        boolean strict,
        String budget,
        double units)
        implements Serializable {}
