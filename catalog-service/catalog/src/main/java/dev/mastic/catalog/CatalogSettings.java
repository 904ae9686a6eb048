package dev.mastic.catalog;

/**
 * How a catalog is run.
 *
 * @param archivedVersions most archived versions that a table keeps beside the present one, the oldest go first; 0 keeps
 *     none
 * @param region AWS region in the names of resources
 */
public record CatalogSettings(int archivedVersions, String region) {
    /** What a server has when nothing else is set. */
    public static final CatalogSettings DEFAULT = new CatalogSettings(1000, "us-east-1");

    /** Checks. */
    public CatalogSettings {
        if (archivedVersions < 0) {
            throw new IllegalArgumentException("archivedVersions is " + archivedVersions + "; use 0 or more");
        }
    }
}
