/** From a job graph to Spark's data frames. */
@NullMarked
package dev.mastic.spark.plan;

import org.jspecify.annotations.NullMarked;
