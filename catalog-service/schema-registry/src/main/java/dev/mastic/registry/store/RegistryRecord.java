package dev.mastic.registry.store;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** A registry as it is stored. */
public record RegistryRecord(
        long id, String name, @Nullable String description, Instant createdAt, Instant updatedAt) {}
