/** From a script's location in S3 to the graph that it defines. */
@NullMarked
package dev.mastic.spark.script;

import org.jspecify.annotations.NullMarked;
