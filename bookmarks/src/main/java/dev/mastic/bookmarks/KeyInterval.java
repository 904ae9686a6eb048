package dev.mastic.bookmarks;

import org.jspecify.annotations.Nullable;

/**
 * Rows behind one bound, up to and with another.
 *
 * @param after the keys of the row before; null for the begin of the table
 * @param upTo the keys of the last row
 */
public record KeyInterval(@Nullable String after, String upTo) {}
