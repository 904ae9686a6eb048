/** Glue's operations on partition indexes. */
@NullMarked
package dev.mastic.catalog.index;

import org.jspecify.annotations.NullMarked;
