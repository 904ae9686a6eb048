/** Security configurations and the encryption settings of the catalog: the operations of Glue on them, and their store. */
@NullMarked
package dev.mastic.catalog.security;

import org.jspecify.annotations.NullMarked;
