package dev.mastic.registry.api;

import dev.mastic.registry.RegistryLimits;
import dev.mastic.registry.api.Formats.Definition;
import dev.mastic.registry.compat.CompatibilityRule;
import dev.mastic.registry.compat.InvalidDefinitionException;
import dev.mastic.registry.store.SchemaName;
import dev.mastic.registry.store.SchemaRecord;
import dev.mastic.registry.store.SchemaStore;
import dev.mastic.registry.store.VersionRecord;
import dev.mastic.registry.store.VersionStore;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.glue.model.Compatibility;
import software.amazon.awssdk.services.glue.model.ResourceNumberLimitExceededException;
import software.amazon.awssdk.services.glue.model.SchemaVersionStatus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** How a definition becomes a version of a schema. Thread-safe. */
final class Registration {
    private static final Logger LOG = LoggerFactory.getLogger(Registration.class);
    private static final int LONGEST_FAILURE = 10_000;

    private final RegistryLimits limits;
    private final SchemaStore schemas = new SchemaStore();
    private final VersionStore versions = new VersionStore();

    Registration(RegistryLimits limits) {
        this.limits = limits;
    }

    /** What became of a definition. */
    record Registered(UUID id, long number, SchemaVersionStatus status) {}

    /**
     * Registers a definition within the caller's transaction, which must hold the schema's lock. The definition of an
     * available version answers that version. One that does not fit the compatibility mode becomes a version with the
     * status FAILURE, as on Glue; sent again while it still does not fit, it answers that version.
     *
     * @throws software.amazon.awssdk.services.glue.model.InvalidInputException when the mode is DISABLED and there is a
     *     version already
     * @throws ResourceNumberLimitExceededException when the registry is full
     */
    Registered register(Handle handle, SchemaRecord schema, String text, Definition<?> definition) {
        Optional<VersionRecord> known = versions.findByDefinition(handle, schema.id(), definition.canonical());
        if (known.isPresent() && known.get().status() == SchemaVersionStatus.AVAILABLE) {
            return registered(known.get());
        }
        if (schema.compatibility() == Compatibility.DISABLED && schema.latestVersion() != null) {
            throw Invalid.input("Compatibility DISABLED does not allow versioning. RegistryName: " + schema.registry()
                    + ", SchemaName: " + schema.name());
        }
        String failure = failure(handle, schema, definition);
        if (failure != null && known.isPresent()) {
            return registered(known.get());
        }
        if (versions.hasAtLeast(handle, limits.versions())) {
            throw ResourceNumberLimitExceededException.builder()
                    .message("More schema versions cannot be created. The maximum limit has been reached: "
                            + limits.versions() + ". The setting registry.max-versions raises it")
                    .build();
        }
        long number = schema.nextVersion();
        UUID id = versions.insert(handle, schema.id(), number, text, definition.canonical(), failure);
        boolean first = schema.checkpoint() == null && failure == null;
        schemas.advance(handle, schema.id(), number, first ? Long.valueOf(number) : schema.checkpoint());
        if (failure != null) {
            LOG.info(
                    "Version {} of schema {} in registry {} is not {}: {}",
                    number,
                    schema.name(),
                    schema.registry(),
                    schema.compatibility(),
                    failure);
        }
        return new Registered(
                id, number, failure == null ? SchemaVersionStatus.AVAILABLE : SchemaVersionStatus.FAILURE);
    }

    /** The lock that {@link #register} needs. */
    SchemaRecord lock(Handle handle, SchemaName name) {
        return schemas.lock(handle, name);
    }

    private static Registered registered(VersionRecord version) {
        return new Registered(version.id(), version.number(), version.status());
    }

    private @Nullable String failure(Handle handle, SchemaRecord schema, Definition<?> definition) {
        for (long number : compared(handle, schema)) {
            VersionRecord older = versions.find(handle, schema.id(), number)
                    .orElseThrow(() -> new IllegalStateException("Version " + number + " vanished under its lock"));
            List<String> violations;
            try {
                violations = definition.violations(schema.compatibility(), older.definition());
            } catch (InvalidDefinitionException e) {
                violations = List.of("its definition cannot be read any more: " + e.getMessage());
            }
            if (!violations.isEmpty()) {
                List<String> lines = new ArrayList<>();
                violations.forEach(violation -> lines.add("compared with version " + number + ", " + violation));
                String failure = String.join("\n", lines).replace('\0', ' ');
                return failure.length() <= LONGEST_FAILURE ? failure : failure.substring(0, LONGEST_FAILURE) + "...";
            }
        }
        return null;
    }

    private List<Long> compared(Handle handle, SchemaRecord schema) {
        Long latest = schema.latestVersion();
        Long checkpoint = schema.checkpoint();
        if (latest == null || checkpoint == null) {
            return List.of();
        }
        return switch (CompatibilityRule.scope(schema.compatibility())) {
            case NONE -> List.of();
            case LAST -> List.of(latest);
            case SINCE_CHECKPOINT -> versions.available(handle, schema.id(), checkpoint);
        };
    }
}
