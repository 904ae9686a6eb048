/** Grok patterns: lines of text taken apart by named expressions, as Glue's classifiers and GrokSerDe understand them. Matching takes time in proportion to the length of the line, whatever the pattern. */
@NullMarked
package dev.mastic.crawler.grok;

import org.jspecify.annotations.NullMarked;
