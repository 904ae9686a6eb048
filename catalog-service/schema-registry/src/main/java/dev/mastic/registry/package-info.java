/** The Schema Registry as a part of a server: what opens it, its limits, and its schema in PostgreSQL. */
@NullMarked
package dev.mastic.registry;

import org.jspecify.annotations.NullMarked;
