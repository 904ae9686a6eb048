/** What programs of others implement to be a step of a job. */
@NullMarked
package dev.mastic.spark.transform;

import org.jspecify.annotations.NullMarked;
