package dev.mastic.bookmarks.driver;

import dev.mastic.bookmarks.ObjectVersion;

import java.util.List;

/**
 * The body of {@code POST .../driver/claims}; the answer is a {@link dev.mastic.bookmarks.Claim}.
 *
 * @param source name of the read step
 */
public record ClaimRequest(String source, List<ObjectVersion> candidates) {
    public ClaimRequest {
        candidates = List.copyOf(candidates);
    }
}
