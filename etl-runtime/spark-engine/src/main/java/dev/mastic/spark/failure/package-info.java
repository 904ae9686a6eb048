/** Why a run fails, in words for the person who reads {@code JobRun.ErrorMessage}. */
@NullMarked
package dev.mastic.spark.failure;

import org.jspecify.annotations.NullMarked;
