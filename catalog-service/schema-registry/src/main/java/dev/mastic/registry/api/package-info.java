/** The operations of the Glue API on the Schema Registry, and what the REST API adds. */
@NullMarked
package dev.mastic.registry.api;

import org.jspecify.annotations.NullMarked;
