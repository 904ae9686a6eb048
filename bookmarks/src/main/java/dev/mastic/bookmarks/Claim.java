package dev.mastic.bookmarks;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * The ledger's answer to a claim.
 *
 * @param granted the candidates that this run may read, in the order asked; held for this run alone until it ends
 * @param alreadyProcessed how many candidates an earlier run has committed
 * @param heldByOtherRuns how many candidates another active run of the same job is reading now
 * @param changed candidates that were not granted because an earlier version of them was processed, when that was asked
 * @param left how many candidates are beyond the bounds of the claim; some of them may not be new
 */
public record Claim(
        List<ObjectVersion> granted,
        long alreadyProcessed,
        long heldByOtherRuns,
        @Nullable List<ObjectVersion> changed,
        long left) {
    public Claim {
        granted = List.copyOf(granted);
        changed = changed == null ? List.of() : List.copyOf(changed);
    }

    /** An answer to a claim of everything that is new. */
    public Claim(List<ObjectVersion> granted, long alreadyProcessed, long heldByOtherRuns) {
        this(granted, alreadyProcessed, heldByOtherRuns, List.of(), 0);
    }

    /** As told; never null. */
    public List<ObjectVersion> changedObjects() {
        return changed == null ? List.of() : changed;
    }
}
