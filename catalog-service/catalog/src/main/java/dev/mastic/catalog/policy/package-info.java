/** The resource policy of the catalog: the operations of Glue on it, and its store. */
@NullMarked
package dev.mastic.catalog.policy;

import org.jspecify.annotations.NullMarked;
