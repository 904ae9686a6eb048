/** What a driver and the server say to each other over HTTP: the bodies of {@code /api/v1/runs/{runId}/driver/...}. */
@NullMarked
package dev.mastic.bookmarks.driver;

import org.jspecify.annotations.NullMarked;
