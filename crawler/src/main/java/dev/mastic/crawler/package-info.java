/** Crawlers as a part of a server: what opens them, and their schema in PostgreSQL. */
@NullMarked
package dev.mastic.crawler;

import org.jspecify.annotations.NullMarked;
