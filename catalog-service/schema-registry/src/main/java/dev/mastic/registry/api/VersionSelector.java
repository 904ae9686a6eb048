package dev.mastic.registry.api;

import dev.mastic.registry.store.SchemaName;
import dev.mastic.registry.store.SchemaRecord;
import dev.mastic.registry.store.SchemaStore;
import dev.mastic.registry.store.VersionRecord;
import dev.mastic.registry.store.VersionStore;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.SchemaId;
import software.amazon.awssdk.services.glue.model.SchemaVersionNumber;
import software.amazon.awssdk.services.glue.model.SchemaVersionStatus;

import java.util.Optional;
import java.util.UUID;

/**
 * Which version of a schema a request means.
 *
 * @param number null for the latest available one
 */
record VersionSelector(@Nullable Long number) {
    /** @throws software.amazon.awssdk.services.glue.model.InvalidInputException unless it says just one thing */
    static VersionSelector of(@Nullable SchemaVersionNumber request) {
        boolean latest = request != null && Boolean.TRUE.equals(request.latestVersion());
        if (request == null || (!latest && request.versionNumber() == null)) {
            throw Invalid.input("One of version number (or) latest version is required.");
        }
        if (latest && request.versionNumber() != null) {
            throw Invalid.input("Only one of VersionNumber or LatestVersion is required.");
        }
        return new VersionSelector(latest ? null : request.versionNumber());
    }

    /** @throws EntityNotFoundException when the schema has no such version */
    VersionRecord load(Handle handle, VersionStore versions, SchemaRecord schema) {
        Long wanted = number == null ? schema.latestVersion() : number;
        Optional<VersionRecord> found = wanted == null ? Optional.empty() : versions.find(handle, schema.id(), wanted);
        return found.orElseThrow(() -> EntityNotFoundException.builder()
                .message("Schema version is not found. RegistryName: " + schema.registry() + ", SchemaName: "
                        + schema.name() + ", VersionNumber: " + number + ", isLatestVersion: " + (number == null))
                .build());
    }

    /**
     * As {@link #load}, but of available versions alone.
     *
     * @throws software.amazon.awssdk.services.glue.model.InvalidInputException when the version failed its check
     */
    VersionRecord available(Handle handle, VersionStore versions, SchemaRecord schema) {
        VersionRecord version = load(handle, versions, schema);
        if (version.status() != SchemaVersionStatus.AVAILABLE) {
            throw Invalid.input("Version " + version.number() + " of schema " + schema.name() + " is in status "
                    + version.status() + "; a checkpoint must be AVAILABLE");
        }
        return version;
    }

    /**
     * The version that a request means by its id, or by a schema and a number.
     *
     * @throws software.amazon.awssdk.services.glue.model.InvalidInputException when it says neither or both
     * @throws EntityNotFoundException when there is no such version
     */
    static VersionRecord load(
            Handle handle,
            Names names,
            @Nullable String versionId,
            @Nullable SchemaId schemaId,
            @Nullable SchemaVersionNumber number) {
        VersionStore versions = new VersionStore();
        if (versionId == null) {
            SchemaName name = names.schema(schemaId);
            VersionSelector selector = of(number);
            return selector.load(handle, versions, new SchemaStore().load(handle, name));
        }
        if (schemaId != null || number != null) {
            throw Invalid.input("No other input parameters can be specified when fetching by SchemaVersionId.");
        }
        return versions.find(handle, id(versionId)).orElseThrow(() -> notFound(versionId));
    }

    /** The error for an id that no version has. */
    static EntityNotFoundException notFound(String versionId) {
        return EntityNotFoundException.builder()
                .message("Schema version is not found. SchemaVersionId: " + versionId)
                .build();
    }

    private static UUID id(String versionId) {
        try {
            return UUID.fromString(versionId);
        } catch (IllegalArgumentException e) {
            throw Invalid.input("SchemaVersionId " + versionId + " is not a UUID");
        }
    }
}
