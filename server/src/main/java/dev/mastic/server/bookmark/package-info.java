/** Bookmarks of jobs as the command line shows them. */
@NullMarked
package dev.mastic.server.bookmark;

import org.jspecify.annotations.NullMarked;
