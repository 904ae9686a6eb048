package dev.mastic.registry.store;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.DataFormat;
import software.amazon.awssdk.services.glue.model.SchemaVersionStatus;

import java.time.Instant;
import java.util.UUID;

/**
 * A version of a schema as it is stored.
 *
 * @param status AVAILABLE or FAILURE
 * @param failure why it did not fit the schema's compatibility; null unless it failed
 */
public record VersionRecord(
        UUID id,
        String registry,
        String schema,
        DataFormat dataFormat,
        long number,
        SchemaVersionStatus status,
        String definition,
        @Nullable String failure,
        Instant createdAt) {}
