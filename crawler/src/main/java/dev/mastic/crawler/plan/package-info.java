/** What a crawl would change in a catalog: tables that were found beside tables that are there. Writes nothing. */
@NullMarked
package dev.mastic.crawler.plan;

import org.jspecify.annotations.NullMarked;
