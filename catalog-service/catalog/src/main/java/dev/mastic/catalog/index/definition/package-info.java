/** What a partition index is: its keys, what their types say of values, and how it is stored. */
@NullMarked
package dev.mastic.catalog.index.definition;

import org.jspecify.annotations.NullMarked;
