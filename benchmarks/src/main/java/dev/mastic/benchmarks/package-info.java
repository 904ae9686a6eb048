/** Programs that print what Mastic takes beside what the bare parts take, in one run on one machine. */
@NullMarked
package dev.mastic.benchmarks;

import org.jspecify.annotations.NullMarked;
