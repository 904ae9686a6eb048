package dev.mastic.catalog.store;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;

/** The one catalog that a server has: its id is the account's, and the default of every request. */
public record CatalogId(String value) {

    /**
     * Refuses requests for other catalogs.
     *
     * @param requested {@code CatalogId} of the request
     * @throws EntityNotFoundException when it names another catalog
     */
    public void check(@Nullable String requested) {
        if (requested != null && !requested.equals(value)) {
            throw EntityNotFoundException.builder()
                    .message("Catalog " + requested + " not found; this server has the catalog " + value)
                    .build();
        }
    }
}
