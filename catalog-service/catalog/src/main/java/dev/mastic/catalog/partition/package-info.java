/** Partitions: the operations of Glue on them, and their store. */
@NullMarked
package dev.mastic.catalog.partition;

import org.jspecify.annotations.NullMarked;
