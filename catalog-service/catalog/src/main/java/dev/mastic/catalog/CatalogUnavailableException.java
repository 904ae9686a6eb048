package dev.mastic.catalog;

import dev.mastic.catalog.store.Outcome;

/**
 * The PostgreSQL of the catalog does not answer. The catalog connects again by itself, so the request can be sent again;
 * the cause is what the driver said.
 */
public final class CatalogUnavailableException extends RuntimeException {
    private static final String AGAIN = "Mastic connects again by itself: send the request again. ";

    private final Outcome outcome;

    CatalogUnavailableException(String address, Outcome outcome, Throwable cause) {
        super("The catalog's PostgreSQL at " + address + " does not answer. " + AGAIN + describe(outcome), cause);
        this.outcome = outcome;
    }

    /** Whether the request's change was made before PostgreSQL was gone. */
    public Outcome outcome() {
        return outcome;
    }

    private static String describe(Outcome outcome) {
        return switch (outcome) {
            case NOTHING_CHANGED -> "Nothing was changed.";
            case UNKNOWN -> "Whether its change was made is not known: read before you repeat it.";
        };
    }
}
