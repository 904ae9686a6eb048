/** What the stores of all entities share: sessions, retries, paging tokens and errors. */
@NullMarked
package dev.mastic.catalog.store;

import org.jspecify.annotations.NullMarked;
