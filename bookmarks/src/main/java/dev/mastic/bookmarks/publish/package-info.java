/** Makes visible what a run committed, and takes away what a run left that did not commit. */
@NullMarked
package dev.mastic.bookmarks.publish;

import org.jspecify.annotations.NullMarked;
