/** How databases differ: statements, bulk writing, and what their errors mean. */
@NullMarked
package dev.mastic.warehouse.dialect;

import org.jspecify.annotations.NullMarked;
