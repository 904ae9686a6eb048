package dev.mastic.spark.read;

import dev.mastic.spark.s3.S3Location;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * What a read step reads, resolved: from its own words or from the catalog.
 *
 * @param step the read step's name
 * @param title for messages: a location or {@code table database.name}
 * @param options of Spark's reader for the kind of file
 * @param header whether CSV files name their columns
 * @param columns the declared columns without partition keys; null to infer them from the files
 * @param partitionKeys names and types of the columns that come from folders; null to take the names from {@code
 *     key=value} folders, as texts
 */
record SourceSpec(
        String step,
        String title,
        FileKind kind,
        S3Location location,
        Map<String, String> options,
        boolean header,
        @Nullable StructType columns,
        @Nullable StructType partitionKeys) {
    SourceSpec {
        options = Map.copyOf(options);
    }
}
