package dev.mastic.bookmarks;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * The ledger's answer to a claim of rows by keys.
 *
 * @param known the newest bound that any run has claimed; null when none has. When it is not the one that the caller
 *     knew, nothing was granted: the caller looks for newer rows once more and asks again.
 * @param granted what this run may read; held for this run alone until it ends
 */
public record KeyClaim(@Nullable String known, List<KeyInterval> granted) {
    public KeyClaim {
        granted = List.copyOf(granted);
    }
}
