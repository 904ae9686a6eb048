/** SearchTables: tables by what their definitions say. */
@NullMarked
package dev.mastic.catalog.search;

import org.jspecify.annotations.NullMarked;
