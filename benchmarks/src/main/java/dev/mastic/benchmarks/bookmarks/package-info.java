/** What bookmarks cost when a job has read very many objects. */
@NullMarked
package dev.mastic.benchmarks.bookmarks;

import org.jspecify.annotations.NullMarked;
