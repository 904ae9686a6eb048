/** Paging of lists. */
@NullMarked
package dev.mastic.orchestration.paging;

import org.jspecify.annotations.NullMarked;
