/** Triggers, and the firing of those that wait for bucket events. */
@NullMarked
package dev.mastic.orchestration.trigger;

import org.jspecify.annotations.NullMarked;
