package dev.mastic.registry.store;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Compatibility;
import software.amazon.awssdk.services.glue.model.DataFormat;

import java.time.Instant;

/**
 * A schema as it is stored.
 *
 * @param nextVersion the number that the next version gets; numbers are never given twice
 * @param checkpoint number of a version; null as long as there is none
 * @param latestVersion the highest number of an available version; null when there is none
 */
public record SchemaRecord(
        long id,
        String registry,
        String name,
        DataFormat dataFormat,
        Compatibility compatibility,
        @Nullable String description,
        long nextVersion,
        @Nullable Long checkpoint,
        @Nullable Long latestVersion,
        Instant createdAt,
        Instant updatedAt) {}
