/** The words of tables. */
@NullMarked
package dev.mastic.catalog.search.text;

import org.jspecify.annotations.NullMarked;
