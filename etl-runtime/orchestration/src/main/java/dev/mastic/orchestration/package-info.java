/** Jobs, runs, triggers and bucket events, composed. */
@NullMarked
package dev.mastic.orchestration;

import org.jspecify.annotations.NullMarked;
