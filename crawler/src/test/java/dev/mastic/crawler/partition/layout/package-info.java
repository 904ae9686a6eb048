/** A benchmark of grouping: generated layouts of buckets whose tables and partitions are known, and a score. */
@NullMarked
package dev.mastic.crawler.partition.layout;

import org.jspecify.annotations.NullMarked;
