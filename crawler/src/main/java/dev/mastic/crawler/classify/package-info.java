/** From the first bytes of a file, or its footer, to its format, its columns and what speaks for them. No input or output: the same bytes always give the same answer. */
@NullMarked
package dev.mastic.crawler.classify;

import org.jspecify.annotations.NullMarked;
