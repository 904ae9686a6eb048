/** Bucket events: understanding notifications, storing each once, and what became of it. */
@NullMarked
package dev.mastic.orchestration.event;

import org.jspecify.annotations.NullMarked;
