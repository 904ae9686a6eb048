/** Databases: the operations of Glue on them, and their store. */
@NullMarked
package dev.mastic.catalog.database;

import org.jspecify.annotations.NullMarked;
