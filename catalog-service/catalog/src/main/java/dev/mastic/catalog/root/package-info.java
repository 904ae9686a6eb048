/** The catalog itself, as Glue shows it among catalogs. */
@NullMarked
package dev.mastic.catalog.root;

import org.jspecify.annotations.NullMarked;
