/** Bookmarks in people's hands: what a job has read, what it would read, and changes of both. */
@NullMarked
package dev.mastic.orchestration.bookmark;

import org.jspecify.annotations.NullMarked;
