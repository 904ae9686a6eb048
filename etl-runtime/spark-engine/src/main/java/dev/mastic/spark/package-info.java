/** The driver: the process that runs one attempt of one job run on Spark, from its assignment to its commit. */
@NullMarked
package dev.mastic.spark;

import org.jspecify.annotations.NullMarked;
