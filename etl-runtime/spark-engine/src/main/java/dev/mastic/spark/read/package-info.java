/** Read steps: which files there are, which of them this run may read, and their rows as data frames. */
@NullMarked
package dev.mastic.spark.read;

import org.jspecify.annotations.NullMarked;
