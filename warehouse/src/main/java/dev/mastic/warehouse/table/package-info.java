/** Tables of a warehouse as they are, the columns of a job's rows, and whether the one fits the other. */
@NullMarked
package dev.mastic.warehouse.table;

import org.jspecify.annotations.NullMarked;
