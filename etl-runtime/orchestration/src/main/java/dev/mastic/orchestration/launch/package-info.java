/** Starting the process that runs an attempt, and the folder where it lives. */
@NullMarked
package dev.mastic.orchestration.launch;

import org.jspecify.annotations.NullMarked;
