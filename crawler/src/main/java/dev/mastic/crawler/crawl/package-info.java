/** Crawlers as the Glue API has them, their runs, and the writing of what a run found into the catalog. */
@NullMarked
package dev.mastic.crawler.crawl;

import org.jspecify.annotations.NullMarked;
