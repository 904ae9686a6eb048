/** The server's side of the ledger: claims, bookmarks and publications in PostgreSQL's schema {@code bookmarks}. */
@NullMarked
package dev.mastic.bookmarks.postgres;

import org.jspecify.annotations.NullMarked;
