/** Tables that keep a log of their own (Iceberg, Delta, Hudi): told by their metadata, registered as what they are. */
@NullMarked
package dev.mastic.crawler.lake;

import org.jspecify.annotations.NullMarked;
