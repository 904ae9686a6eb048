/** Loads of tables: staged where nobody reads, checked, and made visible exactly once. */
@NullMarked
package dev.mastic.warehouse.load;

import org.jspecify.annotations.NullMarked;
