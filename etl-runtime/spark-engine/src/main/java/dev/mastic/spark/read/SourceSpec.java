package dev.mastic.spark.read;

import dev.mastic.job.FileOptions;
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
 * @param reading what the job says of the files to read and of those that do not fit
 */
record SourceSpec(
        String step,
        String title,
        FileKind kind,
        S3Location location,
        Map<String, String> options,
        boolean header,
        @Nullable StructType columns,
        @Nullable StructType partitionKeys,
        FileOptions reading) {
    SourceSpec {
        options = Map.copyOf(options);
    }

    SourceSpec withPartitionKeys(StructType keys) {
        return new SourceSpec(step, title, kind, location, options, header, columns, keys, reading);
    }

    SourceSpec withColumns(StructType declared) {
        return new SourceSpec(step, title, kind, location, options, header, declared, partitionKeys, reading);
    }

    SourceSpec withReading(FileOptions otherReading) {
        return new SourceSpec(step, title, kind, location, options, header, columns, partitionKeys, otherReading);
    }

    /** Begin of a message about the step. */
    String place() {
        return "Read '" + step + "': ";
    }

    boolean isTable() {
        return title.startsWith("table ");
    }
}
