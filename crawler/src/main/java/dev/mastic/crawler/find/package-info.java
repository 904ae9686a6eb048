/** What a crawl finds at its targets, whatever kind they are of: tables, evidence and what was left out. */
@NullMarked
package dev.mastic.crawler.find;

import org.jspecify.annotations.NullMarked;
