/** Runs: the queue, the life of an attempt, what its driver may say, and the publishing of what it committed. */
@NullMarked
package dev.mastic.orchestration.run;

import org.jspecify.annotations.NullMarked;
