/** What is kept of each folder from crawl to crawl, so that folders that did not change are not read again. */
@NullMarked
package dev.mastic.crawler.folder;

import org.jspecify.annotations.NullMarked;
