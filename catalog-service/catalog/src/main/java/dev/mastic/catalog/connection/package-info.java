/** Connections: the operations of Glue on them, their store, and which parts of them are secret. */
@NullMarked
package dev.mastic.catalog.connection;

import org.jspecify.annotations.NullMarked;
