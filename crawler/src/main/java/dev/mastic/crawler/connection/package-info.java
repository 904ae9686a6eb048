/** Connections of the catalog as crawls use them: their properties, and how their secrets are kept out of messages. */
@NullMarked
package dev.mastic.crawler.connection;

import org.jspecify.annotations.NullMarked;
