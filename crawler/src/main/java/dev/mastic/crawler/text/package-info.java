/**
 * Delimited text of any make: finds encoding, delimiter, quotes, header and notes of a text, and reads its rows leniently. Knows
 * nothing else of Mastic, so that it can serve as a reader elsewhere; no input or output, and the same bytes always give the
 * same answer.
 */
@NullMarked
package dev.mastic.crawler.text;

import org.jspecify.annotations.NullMarked;
