/** Work that a server does again and again in the background. */
@NullMarked
package dev.mastic.orchestration.loop;

import org.jspecify.annotations.NullMarked;
