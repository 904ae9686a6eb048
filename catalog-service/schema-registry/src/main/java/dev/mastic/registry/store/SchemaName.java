package dev.mastic.registry.store;

/** A schema's name within its registry. */
public record SchemaName(String registry, String schema) {}
