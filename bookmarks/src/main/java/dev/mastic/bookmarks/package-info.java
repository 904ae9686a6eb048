/**
 * The ledger of what a job has processed, and the commit protocol of a run: claim, stage, commit, publish. A driver sees
 * {@link dev.mastic.bookmarks.Ledger}; the server keeps it in PostgreSQL and publishes what was committed.
 */
@NullMarked
package dev.mastic.bookmarks;

import org.jspecify.annotations.NullMarked;
