/** From what is known of the files of each folder to tables and their partitions, with the reasons. No input or output. */
@NullMarked
package dev.mastic.crawler.partition;

import org.jspecify.annotations.NullMarked;
