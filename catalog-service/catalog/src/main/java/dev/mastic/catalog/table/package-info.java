/** Tables and their versions: the operations of Glue on them, and their store. */
@NullMarked
package dev.mastic.catalog.table;

import org.jspecify.annotations.NullMarked;
