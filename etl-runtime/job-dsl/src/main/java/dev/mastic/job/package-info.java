/**
 * The language of a job. {@link dev.mastic.job.Job#define} describes reads, steps and writes; what comes out is a {@link
 * dev.mastic.job.JobGraph}, plain data that is printed, stored as JSON and run by an engine. Needs nothing but the JDK.
 */
@NullMarked
package dev.mastic.job;

import org.jspecify.annotations.NullMarked;
