package dev.mastic.bookmarks;

import org.jspecify.annotations.Nullable;

/**
 * Asks for the rows of a source up to a bound.
 *
 * @param source name of the read step
 * @param identity what is read, and by which keys; a bookmark of another identity is of no use
 * @param known the newest bound that the caller knows of; null when it knows none
 * @param upTo the keys of the newest row that may be read, as the caller writes them; null to ask what is known alone
 */
public record KeyClaimRequest(
        String source,
        String identity,
        @Nullable String known,
        @Nullable String upTo) {}
