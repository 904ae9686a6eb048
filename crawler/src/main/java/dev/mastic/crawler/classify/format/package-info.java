/** One class for each format besides CSV and Parquet: from its bytes to its columns, and what speaks for them. */
@NullMarked
package dev.mastic.crawler.classify.format;

import org.jspecify.annotations.NullMarked;
