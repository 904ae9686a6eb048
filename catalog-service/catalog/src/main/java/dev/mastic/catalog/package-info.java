/** The Data Catalog in PostgreSQL, as parts that answer Glue operations. */
@NullMarked
package dev.mastic.catalog;

import org.jspecify.annotations.NullMarked;
