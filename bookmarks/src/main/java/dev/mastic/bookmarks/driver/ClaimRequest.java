package dev.mastic.bookmarks.driver;

import dev.mastic.bookmarks.ClaimTerms;
import dev.mastic.bookmarks.ObjectVersion;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * The body of {@code POST .../driver/claims}; the answer is a {@link dev.mastic.bookmarks.Claim}.
 *
 * @param source name of the read step
 * @param terms null for {@link ClaimTerms#ALL}
 */
public record ClaimRequest(
        String source,
        List<ObjectVersion> candidates,
        @Nullable ClaimTerms terms) {
    public ClaimRequest {
        candidates = List.copyOf(candidates);
    }

    /** As told, or everything that is new. */
    public ClaimTerms termsOrAll() {
        return terms == null ? ClaimTerms.ALL : terms;
    }
}
