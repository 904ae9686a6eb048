/** The catalog at scale: through the API, by the bare SQL that answers the same, and beside Apache Hive Metastore. */
@NullMarked
package dev.mastic.benchmarks.catalog;

import org.jspecify.annotations.NullMarked;
