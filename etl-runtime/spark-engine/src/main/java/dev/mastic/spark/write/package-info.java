/** Write steps: Parquet files that no reader sees until the run has committed. */
@NullMarked
package dev.mastic.spark.write;

import org.jspecify.annotations.NullMarked;
