/** User-defined functions: what engines keep of functions by name; none is run here. */
@NullMarked
package dev.mastic.catalog.function;

import org.jspecify.annotations.NullMarked;
