package dev.mastic.catalog;

import dev.mastic.catalog.secret.SecretKeys;
import org.jspecify.annotations.Nullable;

/**
 * How a catalog is run.
 *
 * @param archivedVersions most archived versions that a table keeps beside the present one, the oldest go first; 0 keeps
 *     none
 * @param region AWS region in the names of resources
 * @param secretKeys keys for the secrets of connections; null takes no secrets
 */
public record CatalogSettings(
        int archivedVersions, String region, @Nullable SecretKeys secretKeys) {
    /** What a server has when nothing else is set. */
    public static final CatalogSettings DEFAULT = new CatalogSettings(1000, "us-east-1", null);

    /** Checks. */
    public CatalogSettings {
        if (archivedVersions < 0) {
            throw new IllegalArgumentException("archivedVersions is " + archivedVersions + "; use 0 or more");
        }
    }
}
