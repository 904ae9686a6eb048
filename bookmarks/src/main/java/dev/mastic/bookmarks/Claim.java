package dev.mastic.bookmarks;

import java.util.List;

/**
 * The ledger's answer to a claim.
 *
 * @param granted the candidates that this run may read, in the order asked; held for this run alone until it ends
 * @param alreadyProcessed how many candidates an earlier run has committed
 * @param heldByOtherRuns how many candidates another active run of the same job is reading now
 */
public record Claim(List<ObjectVersion> granted, long alreadyProcessed, long heldByOtherRuns) {
    public Claim {
        granted = List.copyOf(granted);
    }
}
