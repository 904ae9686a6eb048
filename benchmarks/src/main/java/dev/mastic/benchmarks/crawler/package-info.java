/** A first crawl of many objects beside a bare listing of the same keys. */
@NullMarked
package dev.mastic.benchmarks.crawler;

import org.jspecify.annotations.NullMarked;
