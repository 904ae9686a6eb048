/** Databases as sources of tables: by a JDBC driver and a connection of the catalog. */
@NullMarked
package dev.mastic.crawler.jdbc;

import org.jspecify.annotations.NullMarked;
