/** Graphs as the Java source of a job. */
@NullMarked
package dev.mastic.job.code;

import org.jspecify.annotations.NullMarked;
