/** Tests of jobs on a few rows in memory: {@link dev.mastic.jobtest.JobTest}. */
@NullMarked
package dev.mastic.jobtest;

import org.jspecify.annotations.NullMarked;
