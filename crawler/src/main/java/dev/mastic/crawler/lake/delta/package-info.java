/** Delta Lake's transaction log: which files of it count, and the table's description in them. */
@NullMarked
package dev.mastic.crawler.lake.delta;

import org.jspecify.annotations.NullMarked;
