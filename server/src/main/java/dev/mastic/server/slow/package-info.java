/** The log of slow queries: which statement took long, for whom, and by which plan. */
@NullMarked
package dev.mastic.server.slow;

import org.jspecify.annotations.NullMarked;
