/** Job definitions: storing them, checking them, and what arguments a run of a job gets. */
@NullMarked
package dev.mastic.orchestration.job;

import org.jspecify.annotations.NullMarked;
