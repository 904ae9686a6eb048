/** The expressions of GetPartitions: read, checked against the partition keys, and written as SQL. */
@NullMarked
package dev.mastic.catalog.partition.filter;

import org.jspecify.annotations.NullMarked;
