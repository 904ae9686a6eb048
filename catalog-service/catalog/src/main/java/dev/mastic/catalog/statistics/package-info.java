/** Column statistics of tables and partitions, as engines have computed them. */
@NullMarked
package dev.mastic.catalog.statistics;

import org.jspecify.annotations.NullMarked;
