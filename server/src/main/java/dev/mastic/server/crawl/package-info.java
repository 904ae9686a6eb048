/** Crawls and their plans as the command line shows them. */
@NullMarked
package dev.mastic.server.crawl;

import org.jspecify.annotations.NullMarked;
