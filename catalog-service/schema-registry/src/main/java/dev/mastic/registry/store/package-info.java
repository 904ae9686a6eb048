/** Registries, schemas, versions and their metadata in PostgreSQL. */
@NullMarked
package dev.mastic.registry.store;

import org.jspecify.annotations.NullMarked;
